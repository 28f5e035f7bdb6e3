"""`readiness lesson`: what a person at a terminal reads and gets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

from readiness.mentor.lessons import concepts

Run = Callable[..., "CompletedProcess[str]"]


def test_all_lessons_are_listed_with_their_titles(readiness: Run) -> None:
    done = readiness("lesson")
    assert done.returncode == 0
    listed = [line.split()[0] for line in done.stdout.splitlines() if line.startswith("  ")]
    assert sorted(listed) == list(concepts())
    assert "Randomness that can be repeated" in done.stdout


def test_a_lesson_is_shown_wrapped_and_without_colour_when_piped(readiness: Run) -> None:
    done = readiness("lesson", "randomness", COLUMNS="60")
    assert "\x1b" not in done.stdout
    prose = [line for line in done.stdout.splitlines() if "http" not in line]
    assert max(map(len, prose)) <= 60
    assert done.stdout.startswith("Randomness that can be repeated\n")


def test_a_lesson_names_its_rules_and_the_way_to_practise(readiness: Run) -> None:
    shown = " ".join(readiness("lesson", "order").stdout.split())
    assert "unsorted-file-listing" in shown
    assert "readiness lesson order --exercise" in shown


def test_links_are_written_out(readiness: Run) -> None:
    assert "https://doi.org/10.1021/acs.orglett.9b03216" in readiness("lesson", "order").stdout


def test_a_person_sees_colours_unless_they_are_not_wanted(readiness: Run) -> None:
    assert "\x1b[" in readiness("lesson", "order", FORCE_COLOR="1").stdout
    assert "\x1b" not in readiness("lesson", "order", "--no-color", FORCE_COLOR="1").stdout


def test_an_exercise_fails_the_check_until_it_is_mended(readiness: Run, tmp_path: Path) -> None:
    done = readiness("lesson", "configuration", "--exercise")
    assert done.returncode == 0
    assert "readiness-configuration" in done.stdout
    folder = tmp_path / "readiness-configuration"
    assert readiness("check", folder, "--jobs", "1").returncode == 1
    (folder / "train.py").write_text('"""Nothing."""\n')
    assert readiness("check", folder, "--jobs", "1").returncode == 0


def test_an_exercise_goes_where_it_is_wanted_and_overwrites_nothing(readiness: Run, tmp_path: Path) -> None:
    assert readiness("lesson", "order", "--exercise", "try {concept}").returncode == 0
    assert (tmp_path / "try {concept}" / "collect.py").is_file()
    again = readiness("lesson", "order", "--exercise", "try {concept}")
    assert again.returncode == 2
    assert "nothing is overwritten" in again.stderr


def test_an_exercise_without_a_lesson_is_a_clear_error(readiness: Run) -> None:
    done = readiness("lesson", "--exercise")
    assert done.returncode == 2
    assert "readiness lesson CONCEPT --exercise" in done.stderr
