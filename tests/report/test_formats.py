"""Every format says the same report; what it prints is saved beside these tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click
import pytest

from readiness.judge.report import Report
from readiness.report._formats import by_suffix, names, renderer

SAVED = Path(__file__).parent / "saved"


def test_formats_are_the_modules_of_the_package() -> None:
    assert names() == ["github", "html", "json", "jsonl", "markdown", "sarif", "terminal"]


def test_the_suffix_of_a_file_tells_its_format() -> None:
    assert by_suffix()[".sarif"] == "sarif"
    assert by_suffix()[".md"] == "markdown"


@pytest.mark.parametrize("name", names())
def test_a_format_prints_what_is_saved(name: str, report: Report, same_as_saved: Callable[[Path, str], None]) -> None:
    same_as_saved(SAVED / f"report.{name}.txt", click.unstyle(renderer(name)(report)))


@pytest.mark.parametrize("name", names())
def test_a_clean_report_is_a_text_that_ends_its_line(name: str) -> None:
    text = renderer(name)(Report(analysed=3))
    assert text == "" or text.endswith("\n")
