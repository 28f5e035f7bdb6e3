"""The mentoring report as a page, in headless Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from chromium import NoBrowser, browser, visit
from readiness.cli.mentor import command

SHOW_ALL = {
    "evaluate": "document.querySelectorAll('.rule, article').forEach(one => one.style.contentVisibility = 'visible')"
}
HEADINGS = {"evaluate": "[...document.querySelectorAll('h2')].map(one => one.textContent)"}
BARS = {"evaluate": "[...document.querySelectorAll('#score ~ table td.number')].map(one => Number(one.textContent))"}


@pytest.mark.parametrize("dark", [False, True])
def test_the_page_is_led_by_what_a_mentor_says_and_axe_finds_no_violation(
    unchanged_project: Path, tmp_path: Path, dark: bool
) -> None:
    try:
        browser()
    except NoBrowser as missing:
        pytest.skip(str(missing))
    page = tmp_path / "page.html"
    options = [str(unchanged_project), "--jobs", "1", "--quiet", "--format", "html"]
    page.write_text(CliRunner().invoke(command, options, catch_exceptions=False).output, encoding="utf-8")
    seen = visit(page, SHOW_ALL, {"axe": None}, HEADINGS, BARS, dark=dark)
    assert (seen.complaints, seen.results[1]) == ([], [])
    headings, bars = seen.results[2:]
    assert headings[:6] == [
        "Mend first", "What works", "Begin here", "Questions that a senior reviewer will ask", "Model card", "ML Test Score",
    ]  # fmt: skip
    assert headings[-2:] == ["Findings by pillar", "Findings"]
    assert bars == sorted(bars)
