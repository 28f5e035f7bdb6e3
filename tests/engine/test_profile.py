"""The time of each rule is counted, from workers too, and only if somebody asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from readiness.check import Analysed, analyse
from readiness.config import Config
from readiness.engine.profile import READING, Clock, Profile
from readiness.settings import Settings

RULES = ("unseeded-split", "project-without-tests")


def analysed(project: Path, *, profile: bool = True, jobs: int = 2) -> Analysed:
    for name in ("a.py", "b.py"):
        text = "from sklearn.model_selection import train_test_split\na, b = train_test_split(rows)\n"
        (project / name).write_text(text)
    (project / "c.py").write_text("x = 1\n")
    return analyse(Settings(project, (project,), Config(jobs=jobs, select=RULES), profile=profile))


def test_workers_bring_back_what_each_rule_took_in_each_file(tmp_path: Path) -> None:
    profile = analysed(tmp_path).profile()
    assert profile.files == {READING: 3, "unseeded-split": 2}
    assert all(seconds > 0 for seconds in profile.seconds.values())


def test_what_a_rule_takes_over_all_files_counts_without_files(tmp_path: Path) -> None:
    done = analysed(tmp_path)
    done.report()
    profile = done.profile()
    assert "project-without-tests" in profile.seconds
    assert "project-without-tests" not in profile.files


def test_nothing_is_counted_if_nobody_asks(tmp_path: Path) -> None:
    done = analysed(tmp_path, profile=False, jobs=1)
    done.report()
    assert done.profile() == Profile()


def test_work_that_fails_is_counted_and_its_error_goes_on() -> None:
    clock = Clock()
    with pytest.raises(ValueError, match="invalid literal"):
        clock.run("failing", int, "one")
    assert clock.seconds["failing"] >= 0
