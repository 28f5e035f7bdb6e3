"""The exercises of the lessons: small broken projects in `rules/lessons/exercises/<concept>.yaml`, each with its mended form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml
from pydantic import Field

from readiness.config import YAML_NAME
from readiness.errors import UsageError
from readiness.mentor.lessons import Lesson
from readiness.rulebook.builtin import builtin_rules
from readiness.rulebook.examples import notebook_text
from readiness.rulebook.files import LESSONS
from readiness.rulebook.marks import load
from readiness.rulebook.operators import Strict
from readiness.rulebook.parts import CellsExample, Word

FOLDER = "exercises"
TASK = "EXERCISE.md"


class Exercise(Strict):
    """A project that breaks some rules, and the files that are different once it is mended."""

    rules: tuple[Word, ...] = Field(min_length=1)
    files: dict[str, str | CellsExample] = Field(min_length=1)
    solution: dict[str, str | CellsExample | None] = Field(min_length=1)
    """None for a file that the mended project has not."""


def find_exercise(concept: str) -> Exercise:
    """The exercise of a full lesson."""
    file = builtin_rules().joinpath(LESSONS, FOLDER, f"{concept}.yaml")
    if not file.is_file():
        advice = "`readiness lesson` lists those that have one."
        raise UsageError(f"the lesson `{concept}` is a short one without an exercise", advice=advice)
    return Exercise.model_validate(load(file.read_text(encoding="utf-8"), file.name).value)


def broken(exercise: Exercise, lesson: Lesson) -> dict[str, str]:
    """Path -> text of the project as it is handed out: the task, the settings and the files to mend.

    Task and settings name what is missing, which must not count as evidence that it is there.
    """
    settings = {"stage": "production", "fail_on": "note", "select": list(exercise.rules), "exclude": [TASK, YAML_NAME]}
    return {
        TASK: "\n".join(_task(exercise, lesson)),
        YAML_NAME: yaml.safe_dump(settings, sort_keys=False),
        **{path: _text(content) for path, content in exercise.files.items()},
    }


def mended(exercise: Exercise, lesson: Lesson) -> dict[str, str]:
    """Path -> text of the project as it could be in the end."""
    changed = {path: content for path, content in exercise.solution.items() if content is not None}
    kept = {path: text for path, text in broken(exercise, lesson).items() if path not in exercise.solution}
    return kept | {path: _text(content) for path, content in changed.items()}


def write(files: Mapping[str, str], folder: Path) -> None:
    """Write a project into a folder that is new or empty."""
    _must_be_free(folder)
    try:
        for path, text in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {error.filename or folder}: {error.strerror or error}") from error


def _must_be_free(folder: Path) -> None:
    advice = "Name a folder that does not exist yet: --exercise FOLDER."
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file", advice=advice)
    try:
        taken = folder.is_dir() and any(folder.iterdir())
    except OSError as error:
        raise UsageError(f"{folder} cannot be read: {error.strerror or error}", advice=advice) from error
    if taken:
        raise UsageError(f"{folder} is not empty, and nothing is overwritten", advice=advice)


def _task(exercise: Exercise, lesson: Lesson) -> Iterator[str]:
    yield f"# {lesson.title}\n"
    yield f"{lesson.section('Exercise').text}\n"
    yield "`readiness check` in this folder names what is left to do, and is silent once the project is mended. Its rules:\n"
    yield from (f"- `readiness explain {rule}`" for rule in exercise.rules)
    yield f"\n`readiness lesson {lesson.concept}` shows the whole lesson.\n"


def _text(content: str | CellsExample) -> str:
    return content if isinstance(content, str) else notebook_text(content.cells) + "\n"
