"""What a change introduced."""

from __future__ import annotations

from collections.abc import Callable

from readiness.collect.git import ChangedFile, Changes
from readiness.finding import Finding
from readiness.judge.changed import introduced
from readiness.judge.fingerprint import fingerprinted

Make = Callable[..., Finding]
CHANGES = Changes(
    "base", {"a.py": ChangedFile("a.py", "a.py", "0" * 40, (range(5, 8),)), "new.py": ChangedFile("new.py")}
)


def new(head: list[Finding], before: list[Finding]) -> list[tuple[str, int]]:
    kept = introduced(fingerprinted(head), fingerprinted(before), CHANGES)
    return [(finding.location.path, finding.location.line) for finding in kept]


def test_a_finding_that_the_base_had_is_not_told_again(found: Make) -> None:
    assert new([found(line=30), found(line=6, anchor="y = 2")], [found(line=3)]) == [("a.py", 6)]


def test_a_second_equal_finding_is_told(found: Make) -> None:
    assert new([found(line=3), found(line=6)], [found(line=3)]) == [("a.py", 6)]


def test_files_that_did_not_change_are_not_mentioned(found: Make) -> None:
    assert new([found(path="b.py")], []) == []


def test_a_project_finding_counts_if_the_change_touches_its_trigger(found: Make) -> None:
    head = [found(path=path, line=line, project=True) for path, line in (("a.py", 3), ("a.py", 6), ("new.py", 1))]
    assert new(head, head) == [("a.py", 6), ("new.py", 1)]


def test_what_is_about_the_change_itself_is_new_wherever_it_stands(found: Make) -> None:
    head = [found(path="b.py", line=3, project=True, change=True)]
    assert new(head, head) == [("b.py", 3)]
