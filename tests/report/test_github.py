"""Workflow commands: one line each, and no text can end its own field or start a command."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from readiness.finding import Confidence, Finding, Location, Severity, Skipped, Stage
from readiness.judge.report import Report
from readiness.report.github import render

ANYTHING = st.text(st.characters(exclude_categories=("Cs",)))
FINDING = Finding("a-rule", "security", Severity.ERROR, Confidence.HIGH, Stage.EXPLORATION, Location("a.py"), "x")


def unescaped(text: str) -> str:
    """As the runner reads it."""
    for written, meant in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(written, meant)
    return text


@given(ANYTHING, ANYTHING)
def test_a_finding_is_one_line_whose_fields_come_back(path: str, message: str) -> None:
    finding = replace(FINDING, location=Location(path), message=message)
    (line,) = render(Report(findings=(finding,))).removesuffix("\n").split("\n")
    assert "\r" not in line
    command, _, text = line.removeprefix("::").partition("::")
    properties = dict(field.split("=", 1) for field in command.removeprefix("error ").split(","))
    assert unescaped(properties["file"]) == path
    assert "::" not in command
    assert "\x1b" not in unescaped(text)


def test_the_most_severe_finding_comes_first() -> None:
    note = replace(FINDING, severity=Severity.NOTE, location=Location("A.py"))
    assert render(Report(findings=(note, FINDING))).startswith("::error file=a.py")


def test_a_notebook_finding_stands_on_the_line_of_the_stored_file_without_columns() -> None:
    place = Location("a.ipynb", 2, 5, 2, 9, cell=3, file_line=41, file_end_line=41)
    text = render(Report(findings=(replace(FINDING, location=place),)))
    assert text.startswith("::error file=a.ipynb,line=41,endLine=41,title=a-rule::")


def test_what_could_not_be_analysed_is_a_warning_unless_it_was_expected() -> None:
    skipped = (Skipped("a.py", "Python 2", line=3), Skipped("b.pyi", "stub", expected=True))
    assert render(Report(skipped=skipped)) == "::warning file=a.py,line=3,title=not analysed::Python 2\n"
