"""Every exercise fails as it is handed out and passes as it is meant to end; writing one overwrites nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from readiness.cli._options import Options
from readiness.cli._settings import settings_of
from readiness.errors import ExitCode, UsageError
from readiness.judge.report import Report
from readiness.mentor.exercises import TASK, Exercise, broken, find_exercise, mended, write
from readiness.mentor.lessons import Lesson, concepts, find_lesson, read_lesson
from readiness.recheck import check
from readiness.rulebook.loader import load_rulebook

LESSONS = {rule.id: rule.lesson for rule in load_rulebook().rules}
FULL = [concept for concept in concepts() if find_lesson(concept).full]
LESSON = read_lesson("doors", "# Doors\n\n## Exercise\n\nClose the door.\n")


def checked(files: dict[str, str], folder: Path) -> Report:
    """What `readiness check` says in a folder with these files."""
    write(files, folder)
    return check(settings_of(Options(jobs=1), folder))


@pytest.mark.parametrize("concept", FULL)
def test_a_broken_project_is_found_by_rules_of_its_lesson(concept: str, tmp_path: Path) -> None:
    report = checked(broken(find_exercise(concept), find_lesson(concept)), tmp_path)
    assert report.exit_code is ExitCode.FINDINGS
    assert concept in {LESSONS[finding.rule] for finding in report.findings}


@pytest.mark.parametrize("concept", FULL)
def test_a_mended_project_is_silent(concept: str, tmp_path: Path) -> None:
    report = checked(mended(find_exercise(concept), find_lesson(concept)), tmp_path)
    assert (report.findings, report.skipped) == ((), tuple(skip for skip in report.skipped if skip.expected))
    assert report.exit_code is ExitCode.CLEAN


@pytest.mark.parametrize("concept", FULL)
def test_an_exercise_is_about_known_rules_and_mends_what_it_hands_out(concept: str) -> None:
    exercise, lesson = find_exercise(concept), find_lesson(concept)
    assert set(exercise.rules) <= LESSONS.keys()
    assert broken(exercise, lesson) != mended(exercise, lesson)


def doors() -> Exercise:
    return Exercise(rules=("nan-comparison",), files={"a.py": "a", "b.py": "b"}, solution={"a.py": None, "c/d.py": "d"})


def test_the_task_tells_what_to_do_and_how_it_is_checked() -> None:
    task = broken(doors(), LESSON)[TASK]
    assert "Close the door." in task
    assert "`readiness check`" in task
    assert "`readiness explain nan-comparison`" in task


def test_a_solution_adds_changes_and_removes_files() -> None:
    assert [path for path in mended(doors(), LESSON) if path.endswith(".py")] == ["b.py", "c/d.py"]


def test_an_exercise_is_written_with_its_folders(tmp_path: Path) -> None:
    write(mended(doors(), LESSON), tmp_path / "new" / "folder")
    assert (tmp_path / "new/folder/c/d.py").read_text() == "d"


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("mine")
    with pytest.raises(UsageError, match="nothing is overwritten"):
        write(broken(doors(), LESSON), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.py"]


def test_a_file_is_no_folder_to_write_into(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text("mine")
    with pytest.raises(UsageError, match="is a file"):
        write(broken(doors(), LESSON), tmp_path / "mine.py")


def test_a_short_lesson_has_no_exercise() -> None:
    short: Lesson = find_lesson("time-zones")
    with pytest.raises(UsageError, match="a short one"):
        find_exercise(short.concept)
