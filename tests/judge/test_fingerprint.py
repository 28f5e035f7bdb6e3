"""Fingerprints stay when lines move, and tell equal findings apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from readiness.finding import Confidence, Finding, Location, Severity, Stage
from readiness.judge.fingerprint import LENGTH, fingerprinted

Make = Callable[..., Finding]


def prints(*findings: Finding) -> list[str]:
    return [finding.fingerprint for finding in fingerprinted(findings)]


def test_a_fingerprint_is_sixteen_hexadecimal_digits(found: Make) -> None:
    (fingerprint,) = prints(found())
    assert len(fingerprint) == LENGTH == 16
    assert int(fingerprint, 16) >= 0


def test_edits_elsewhere_in_the_file_change_nothing(found: Make) -> None:
    assert prints(found(line=3)) == prints(found(line=300, cell=None, message="Said otherwise."))


def test_other_white_space_changes_nothing(found: Make) -> None:
    assert prints(found(anchor="x =  f(1,\n   2)")) == prints(found(anchor="x = f(1, 2)"))


def test_rule_path_symbol_and_statement_are_part_of_it(found: Make) -> None:
    changed = [found(rule="seed"), found(path="b.py"), found(scope_key="f"), found(anchor="x = 2"), found()]
    assert len({prints(finding)[0] for finding in changed}) == len(changed)


def test_equal_findings_are_told_apart_in_the_order_of_their_lines(found: Make) -> None:
    first, second = found(line=1), found(line=9)
    assert prints(second, first) == prints(first, second)
    assert len(set(prints(first, second))) == 2
    assert prints(first, second)[0] == prints(first)[0]


def test_findings_come_in_the_order_of_their_places(found: Make) -> None:
    places = [("b.py", 1, None), ("a.ipynb", 1, 2), ("a.ipynb", 5, 0), ("a.ipynb", 1, None), ("a.py", 2, None)]
    ordered = fingerprinted(found(path=path, line=line, cell=cell) for path, line, cell in places)
    assert [(f.location.path, f.location.cell, f.location.line) for f in ordered] == [
        ("a.ipynb", None, 1),
        ("a.ipynb", 0, 5),
        ("a.ipynb", 2, 1),
        ("a.py", None, 2),
        ("b.py", None, 1),
    ]


@given(st.lists(st.text(st.characters(exclude_categories=())), min_size=2, max_size=2))
def test_no_text_can_pass_for_another_field(parts: list[str]) -> None:
    finding = Finding("r", "p", Severity.NOTE, Confidence.HIGH, Stage.CANDIDATE, Location("a.py"), "m")
    one = replace(finding, scope_key=parts[0], anchor=parts[1])
    other = replace(finding, scope_key=parts[0] + parts[1], anchor="")
    assert (prints(one) == prints(other)) == (not parts[1])
