"""The code around a finding: marked where it stands, never more than a rule lets be seen, and honest when the file changed."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from readiness.collect.source_file import SourceFile
from readiness.facts.sorts import FileKind
from readiness.finding import Confidence, Finding, Location, Severity, Stage
from readiness.judge.report import Report
from readiness.report._text import visible
from readiness.report.html.excerpts import AROUND, Excerpts, Line

CODE = [f"value_{number} = read({number})" for number in range(1, 21)]


def finding(
    line: int, *own: str, end_line: int = 0, columns: tuple[int, int] = (1, 6), cell: int | None = None
) -> Finding:
    place = Location("a.py" if cell is None else "a.ipynb", line, columns[0], end_line or line, columns[1], cell)
    return Finding(
        "a-rule", "security", Severity.ERROR, Confidence.HIGH, Stage.CANDIDATE, place, "Look.", source_lines=own
    )  # fmt: skip


def excerpts(text: str, *findings: Finding) -> Excerpts:
    kind = FileKind.NOTEBOOK if text.startswith("{") else FileKind.PYTHON
    path = findings[0].location.path
    return Excerpts(Report(findings=findings, files={path: SourceFile(path, kind, data=text.encode())}))


def shown(lines: list[Line]) -> dict[int, str]:
    return {line.number: line.before + line.marked + line.after for line in lines}


@given(st.integers(1, 20), st.integers(0, 5), st.integers(1, 15), st.integers(1, 15), st.sampled_from(["\n", "\r\n"]))
def test_the_lines_around_are_those_of_the_file(line: int, more: int, start: int, end: int, newline: str) -> None:
    last = min(20, line + more)
    found = finding(line, *CODE[line - 1 : last], end_line=last, columns=(start, end))
    lines = excerpts(newline.join(CODE), found).of(found)
    assert list(shown(lines)) == list(range(max(1, line - AROUND), min(20, last + AROUND) + 1))
    assert all(text == CODE[number - 1] for number, text in shown(lines).items())
    assert [one.number for one in lines if one.marked] == list(range(line, last + 1))


def test_the_mark_covers_what_the_finding_is_about() -> None:
    found = finding(2, CODE[1], columns=(11, 18))
    assert [line for line in excerpts("\n".join(CODE), found).of(found) if line.marked] == [
        Line(2, "value_2 = ", "read(2)", "")
    ]


def test_a_long_statement_is_cut() -> None:
    found = finding(1, *CODE[:8], end_line=20)
    assert list(shown(excerpts("\n".join(CODE), found).of(found)))[-1] == 12 + AROUND


def test_a_cell_is_shown_by_its_own_lines() -> None:
    cells = [{"cell_type": "markdown", "metadata": {}, "source": ["# Title"]}]
    cells += [
        {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": 1, "source": ["x = 1\n", "y = 2"]}
    ]
    notebook = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})
    found = finding(2, "y = 2", cell=1)
    assert shown(excerpts(notebook, found).of(found)) == {1: "x = 1", 2: "y = 2"}


def test_a_file_that_changed_since_is_not_shown() -> None:
    found = finding(2, "value_2 = gone()")
    assert shown(excerpts("\n".join(CODE), found).of(found)) == {2: "value_2 = gone()"}


def test_without_files_a_finding_shows_its_own_lines() -> None:
    found = finding(2, CODE[1])
    assert shown(Excerpts(Report(findings=(found,))).of(found)) == {2: CODE[1]}
    assert Excerpts(Report()).of(replace(found, source_lines=())) == []


def test_a_secret_stays_hidden_around_other_findings() -> None:
    text = 'a = 1\nkey = """s3cr3t\nmore s3cr3t"""\nb = read()'
    secret, other = finding(2, 'key = """****', end_line=3), finding(4, "b = read()")
    lines = excerpts(text, secret, other).of(other)
    assert shown(lines) == {1: "a = 1", 2: 'key = """****', 3: "****", 4: "b = read()"}


def test_characters_that_deceive_are_shown_as_escapes() -> None:
    line = "x = '\u202e'\t# \x1b[31m"
    found = finding(1, line, columns=(5, 8))
    assert shown(excerpts(line, found).of(found)) == {1: visible(line)}
