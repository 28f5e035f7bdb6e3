"""The report at a terminal: the marker stands under the code, and nothing of the code acts on the terminal."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

import click
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from readiness.finding import Confidence, Finding, Location, Severity, Skipped, Stage, Step, StepRole
from readiness.judge.report import Report
from readiness.report.terminal import render

ANYTHING = st.text(st.characters(exclude_characters="\n"))
FINDING = Finding(
    "a-rule", "security", Severity.ERROR, Confidence.HIGH, Stage.EXPLORATION, Location("a.py"), "Message."
)


def has_controls(text: str) -> bool:
    return any(unicodedata.category(character)[0] == "C" for character in text)


def shown(line: str, column: int, end_column: int) -> list[str]:
    """The lines printed for a finding in one line of code."""
    finding = replace(FINDING, location=Location("a.py", 1, column, 1, end_column), source_lines=(line,))
    return click.unstyle(render(Report(findings=(finding,)))).split("\n")


def test_the_marker_stands_under_what_is_meant() -> None:
    code, marker = shown("x = load('/home/a')", 10, 19)[1:3]
    assert code == "  1 │ x = load('/home/a')"
    assert marker == "    │ " + " " * 9 + "^" * 9


def test_tabs_and_wide_characters_move_the_marker_with_the_code() -> None:
    code, marker = shown("\tx = '界界' + y", 13, 14)[1:3]
    assert cell_len(code[: code.index("y")]) == marker.index("^")


def test_a_long_line_is_cut_around_the_marker() -> None:
    code, marker = shown("a" * 400 + "TARGET" + "b" * 400, 401, 407)[1:3]
    assert cell_len(code) <= 100
    assert code[marker.index("^") :].startswith("TARGET")
    assert marker.count("^") == len("TARGET")


@given(ANYTHING, st.integers(1, 200), st.integers(1, 200))
def test_any_line_of_code_is_printed_without_control_characters(line: str, column: int, end_column: int) -> None:
    assert not has_controls("".join(shown(line, column, end_column)))


@given(ANYTHING, ANYTHING)
def test_any_message_and_path_are_printed_without_control_characters(message: str, path: str) -> None:
    report = Report(findings=(replace(FINDING, message=message, location=Location(path)),))
    assert not has_controls(click.unstyle(render(report)).replace("\n", ""))


def test_a_sketch_stands_indented_under_the_next_step() -> None:
    finding = replace(FINDING, next_step="Count them.", sketch="for group in groups:\n    print(group)")
    lines = click.unstyle(render(Report(findings=(finding,)))).split("\n")
    start = lines.index("  → Count them.")
    assert lines[start + 1 : start + 3] == ["      for group in groups:", "          print(group)"]


def test_only_our_own_colours_reach_the_terminal() -> None:
    report = Report(findings=(replace(FINDING, message="\x1b[2J\x1b]0;title\x07[red]no markup[/red]"),))
    assert r"\x1b[2J\x1b]0;title\x07[red]no markup[/red]" in click.unstyle(render(report))


def test_paths_are_written_as_in_the_current_folder() -> None:
    findings = tuple(replace(FINDING, location=Location(path)) for path in ("team/a/x.py", "other/y.py"))
    text = click.unstyle(render(Report(findings=findings, skipped=(Skipped("team/z.py", "?"),), shown_from="team")))
    assert [line.split()[0] for line in text.splitlines() if ".py" in line] == ["a/x.py", "../other/y.py", "z.py:"]


def test_a_clean_run_says_what_was_checked() -> None:
    text = click.unstyle(render(Report(analysed=3, seconds=0.21)))
    assert text == "Nothing found. 3 files checked with 0 rules in 0.2 s.\n"


def test_a_long_list_of_files_that_were_not_analysed_is_cut_and_says_so() -> None:
    text = click.unstyle(render(Report(skipped=tuple(Skipped(f"{n}.py", "Python 2") for n in range(25)))))
    assert text.count("Python 2") == 20
    assert "… and 5 more; `--format json` lists all." in text


def test_an_expected_omission_does_not_make_the_run_incomplete() -> None:
    text = click.unstyle(render(Report(skipped=(Skipped("a.pyi", "stub", expected=True),))))
    assert "a.pyi: stub" in text
    assert "incomplete" not in text


def test_line_numbers_are_as_wide_as_the_last_one_shown() -> None:
    finding = replace(FINDING, location=Location("a.py", 9, 1, 9, 2), source_lines=("x",))
    assert "\n  9 │ x\n    │ ^\n" in click.unstyle(render(Report(findings=(finding,))))
    finding = replace(FINDING, location=Location("a.py", 9, 1, 10, 2), source_lines=("x", "y"))
    assert "\n   9 │ x\n     │ ^\n  10 │ y\n" in click.unstyle(render(Report(findings=(finding,))))


def test_advice_that_was_given_three_times_is_not_repeated() -> None:
    places = [replace(FINDING, location=Location(f"{name}.py"), next_step="Mend it.") for name in "abcde"]
    way = replace(
        FINDING, location=Location("f.py"), next_step="Mend it.", steps=(Step(StepRole.SOURCE, Location("f.py"), "x"),)
    )
    text = click.unstyle(render(Report(findings=(*places, way))))
    assert text.count("Message.") == 6
    assert text.count("→ Mend it.") == 4
    assert "d.py" in text
    assert "Advice that was given three times is left out" in text


def test_nothing_is_left_out_of_three_findings() -> None:
    text = click.unstyle(render(Report(findings=(replace(FINDING, next_step="Mend it."),) * 3)))
    assert text.count("→ Mend it.") == 3
    assert "left out" not in text
