"""`readiness mentor --since` on a real history: every version once, every claim with its commits, no name of a person."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from chromium import NoBrowser, browser, visit
from readiness.__main__ import run
from readiness.cli.mentor import command
from readiness.collect.history import History
from readiness.config import Config
from readiness.mentor.history.versions import judged
from readiness.settings import Settings
from readiness.watcher import Watcher

Write = Callable[..., str]
FORMATS = ("terminal", "markdown", "json", "html")
SPLIT = "from sklearn.model_selection import train_test_split\n"
UNSEEDED = f"{SPLIT}a, b = train_test_split(rows)\n"
SEEDED = f"{SPLIT}a, b = train_test_split(rows, random_state=7)\n"


def said(project: Path, *options: str) -> str:
    arguments = [str(project), "--jobs", "1", "--quiet", *options]
    done = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    return click.unstyle(done.output)


@pytest.fixture
def project(tmp_path: Path, commit: Write) -> Path:
    """Two splits get their seed a day and two days later; a third is still without one."""
    commit(a__py="x = 1\n", b__py="x = 1\n")
    commit(a__py=UNSEEDED, b__py=UNSEEDED)
    commit(a__py=SEEDED)
    commit(b__py=SEEDED)
    return tmp_path


def test_a_concept_that_was_mended_everywhere_was_learned(project: Path) -> None:
    record = json.loads(said(project, "--since", "2025-12-31", "--format", "json"))
    (one,) = record["concepts"]
    assert (one["concept"], one["came"], one["commits"], one["mended"], one["open"], one["days"]) == (
        "randomness", 2, 1, 2, 0, 1.5,
    )  # fmt: skip
    assert (record["learned"], record["recurring"], record["next"]) == (["randomness"], [], [])
    assert [point["warning"] for point in record["trend"]] == [0, 2, 1, 0]


def test_a_revision_is_a_beginning_too(project: Path, commit: Write) -> None:
    after = commit(c__py="y = 2\n")
    commit(c__py=UNSEEDED)
    (one,) = json.loads(said(project, "--since", after, "--format", "json"))["concepts"]
    assert (one["came"], one["mended"], one["open"]) == (1, 0, 1)
    assert one["findings"][0]["path"] == "c.py"


def test_no_format_names_a_person(project: Path) -> None:
    for form in FORMATS:
        text = said(project, "--since", "2025-12-31", "--format", form)
        assert "randomness" in text
        assert "Ada" not in text
        assert "Lovelace" not in text


def test_each_version_of_a_file_is_analysed_once(project: Path, commit: Write) -> None:
    commit(a__py=UNSEEDED)
    commit(a__py=SEEDED)
    counted: list[int] = []
    past = History(project).since("2025-12-31")
    settings = Settings(project, (project,), Config(jobs=1))
    versions = judged(settings, past, Watcher(on_start=counted.append))
    assert counted == [len(versions.seen)] == [6]


def test_a_file_that_moves_and_one_that_is_removed_mend_nothing(project: Path, commit: Write) -> None:
    commit(a__py=UNSEEDED, b__py=UNSEEDED)
    commit(a__py=None, moved__py=UNSEEDED)
    commit(b__py=None)
    record = json.loads(said(project, "--since", "2025-12-31", "--format", "json"))
    lives = [(one["path"], one["ended"] is None, one["mended"]) for one in record["concepts"][0]["findings"]]
    assert sorted(lives) == [
        ("a.py", False, True),
        ("b.py", False, False),
        ("b.py", False, True),
        ("moved.py", True, False),
    ]


@pytest.mark.parametrize("since", ["yesterdayish", "--all", "9999-99-99", "2090-01-01"])
def test_a_time_that_is_none_or_empty_is_explained(
    project: Path, since: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["mentor", str(project), "--since", since, "--quiet"]) == 2
    assert "--since" in capsys.readouterr().err


def test_a_change_has_no_history(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["mentor", str(project), "--since", "2025-12-31", "--diff", "main"]) == 2
    assert "Give either --since or --diff" in capsys.readouterr().err


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1000, 390])
def test_the_page_draws_the_trend_and_axe_finds_no_violation(
    project: Path, tmp_path_factory: pytest.TempPathFactory, dark: bool, width: int
) -> None:
    try:
        browser()
    except NoBrowser as missing:
        pytest.skip(str(missing))
    page = tmp_path_factory.mktemp("page") / "page.html"
    page.write_text(said(project, "--since", "2025-12-31", "--format", "html"), encoding="utf-8")
    drawn = {"evaluate": "[...document.querySelectorAll('polyline')].map(one => one.getAttribute('class'))"}
    overflow = {"evaluate": "document.documentElement.scrollWidth"}
    seen = visit(page, {"axe": None}, drawn, overflow, dark=dark, width=width)
    assert (seen.complaints, seen.results) == ([], [[], ["warning"], width])
