"""Reports in files, and colours only where a person sees them."""

from __future__ import annotations

from pathlib import Path

import pytest

from readiness.cli._outputs import Output, parse_outputs, print_report, write_outputs
from readiness.errors import UsageError
from readiness.judge.report import Report


def test_the_format_of_a_file_is_named_or_told_by_its_suffix(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    given = ("a.sarif", "json=b.txt", "b.jsonl", "x=y.md", "github=annotations")
    assert [(output.format, str(output.file)) for output in parse_outputs(given)] == [
        ("sarif", "a.sarif"),
        ("json", "b.txt"),
        ("jsonl", "b.jsonl"),
        ("markdown", "x=y.md"),
        ("github", "annotations"),
    ]


def test_a_file_without_a_known_suffix_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="the format of results cannot be told") as caught:
        parse_outputs(("results",))
    assert "--output FORMAT=results" in caught.value.advice


def test_a_folder_that_does_not_exist_is_told_before_the_run(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no folder"):
        parse_outputs((f"{tmp_path}/missing/a.json",))


def test_files_are_written_without_colours(tmp_path: Path) -> None:
    write_outputs(Report(analysed=3), [Output("terminal", tmp_path / "a.txt"), Output("json", tmp_path / "a.json")])
    assert (tmp_path / "a.txt").read_text() == "Nothing found. 3 files checked with 0 rules in 0.0 s.\n"
    assert (tmp_path / "a.json").read_text().startswith("{")


def test_a_file_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot write"):
        write_outputs(Report(), [Output("json", tmp_path)])


@pytest.mark.parametrize(
    ("environment", "no_color", "coloured"),
    [
        ({}, False, False),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False, False),
        ({"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_colours_appear_only_where_they_are_wanted(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    environment: dict[str, str],
    no_color: bool,
    coloured: bool,
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    print_report(Report(), "terminal", no_color=no_color)
    assert ("\x1b[" in capsys.readouterr().out) is coloured
