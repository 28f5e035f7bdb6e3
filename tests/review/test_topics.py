"""Comments stand on lines that the diff shows, in one hunk, or on the file."""

from __future__ import annotations

from readiness.finding import Severity
from readiness.review.analysis import Suggestion
from readiness.review.model import PullFile
from readiness.review.topics import Anchor, anchor_of, topics


def test_one_line_has_no_start(finding, pull):
    assert anchor_of(finding(line=10), pull()) == Anchor("a.py", 10)


def test_several_lines_end_with_the_anchor(finding, pull):
    assert anchor_of(finding(line=10, end_line=12), pull()) == Anchor("a.py", 12, 10)


def test_a_range_ends_with_its_hunk(finding, pull):
    assert anchor_of(finding(line=49, end_line=60), pull()) == Anchor("a.py", 50, 49)


def test_a_range_that_begins_above_the_hunk_begins_with_it(finding, pull):
    files = {"a.py": PullFile("a.py", hunks=(range(20, 30),))}
    assert anchor_of(finding(line=15, end_line=22), pull(files=files)) == Anchor("a.py", 22, 20)


def test_lines_outside_the_diff_give_a_comment_on_the_file(finding, pull):
    assert anchor_of(finding(line=70), pull()) == Anchor("a.py")


def test_a_file_without_a_patch_gets_a_comment_on_the_file(finding, pull):
    assert anchor_of(finding(), pull(files={"a.py": PullFile("a.py", hunks=None)})) == Anchor("a.py")


def test_a_notebook_cell_is_anchored_on_one_line(finding, pull):
    assert anchor_of(finding(path="n.ipynb", line=10, end_line=12, cell=1), pull()) == Anchor("n.ipynb", 10)


def test_the_anchor_of_a_suggestion_is_what_it_replaces(finding, pull):
    one = finding(line=10)
    (topic,) = topics([one], pull(), {one.fingerprint: Suggestion("a.py", 9, 11, ("x",))})
    assert topic.anchor == Anchor("a.py", 11, 9)


def test_a_suggestion_outside_the_diff_is_not_offered(finding, pull):
    one = finding(line=50)
    (topic,) = topics([one], pull(), {one.fingerprint: Suggestion("a.py", 50, 51, ("x",))})
    assert (topic.anchor, topic.suggestion) == (Anchor("a.py", 50), None)


def test_a_suggestion_for_another_file_of_the_change_stands_there(finding, pull):
    one, files = finding(line=10), {"a.py": PullFile("a.py", hunks=(range(5, 20),))}
    suggestions = {one.fingerprint: Suggestion("CARD.md", 3, 3, ("x",))}
    (topic,) = topics([one], pull(files=files | {"CARD.md": PullFile("CARD.md", hunks=(range(1, 9),))}), suggestions)
    assert topic.anchor == Anchor("CARD.md", 3)


def test_a_suggestion_for_a_file_outside_of_the_change_is_not_offered(finding, pull):
    one = finding(line=10)
    (topic,) = topics([one], pull(), {one.fingerprint: Suggestion("CARD.md", 3, 3, ("x",))})
    assert (topic.anchor, topic.suggestion) == (Anchor("a.py", 10), None)


def test_the_main_finding_is_one_that_the_diff_shows(finding, pull):
    (topic,) = topics([finding(line=70), finding(line=20)], pull(), {})
    assert topic.main.location.line == 20


def test_the_most_severe_rule_comes_first(finding, pull):
    found = topics([finding("a-note", severity=Severity.NOTE), finding("z-error", severity=Severity.ERROR)], pull(), {})
    assert [topic.main.rule for topic in found] == ["z-error", "a-note"]


def test_findings_in_files_that_are_not_listed_get_no_comment(finding, pull):
    assert topics([finding(path="far.py")], pull(), {}) == []
