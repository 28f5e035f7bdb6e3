"""`readiness lesson`: lists the lessons, shows one, and writes its exercise."""

from __future__ import annotations

from pathlib import Path

import click

from readiness.errors import UsageError

DEFAULT_FOLDER = "readiness-{concept}"


@click.command(short_help="Read a lesson, or practise it on a small broken project.")
@click.argument("concept", required=False)
@click.option(
    "--exercise",
    "folder",
    is_flag=False,
    flag_value=DEFAULT_FOLDER,
    metavar="[FOLDER]",
    help="Write the exercise into a new folder. [default: readiness-CONCEPT]",
)
@click.option("--no-color", is_flag=True, help="No colours.")
def command(concept: str | None, folder: str | None, no_color: bool) -> None:
    """Show the lesson about CONCEPT: a story, the idea, code before and after, an exercise, and where to read on.

    Without CONCEPT all lessons are listed. Each rule names its lesson: `readiness explain RULE`.
    """
    if folder is not None:
        _exercise(concept, folder)
    elif concept is None:
        _list()
    else:
        _show(concept, no_color=no_color)


def _list() -> None:
    from readiness.mentor.lessons import concepts, find_lesson

    lessons = [find_lesson(concept) for concept in concepts()]
    width = max(len(lesson.concept) for lesson in lessons)
    for title, full in (("With a story and an exercise", True), ("In short", False)):
        click.secho(title, bold=True)
        for lesson in lessons:
            if lesson.full is full:
                click.echo(f"  {lesson.concept:{width}}  {lesson.title}")
        click.echo()
    click.echo("`readiness lesson CONCEPT` shows one, `readiness lesson CONCEPT --exercise` writes its exercise.")


def _show(concept: str, *, no_color: bool) -> None:
    from readiness.cli._lesson_page import rendered
    from readiness.cli._outputs import wants_colour
    from readiness.mentor.lessons import find_lesson
    from readiness.rulebook.loader import load_rulebook

    lesson = find_lesson(concept)
    rules = [f"`{rule.id}`" for rule in load_rulebook().rules if rule.lesson == concept]
    ways = [f"Its rules: {', '.join(rules)}. `readiness explain RULE` shows one."]
    if lesson.full:
        ways.append(f"`readiness lesson {concept} --exercise` writes the exercise.")
    page = rendered("\n\n".join([lesson.text, "---", *ways]), colour=wants_colour() and not no_color)
    click.echo(page, color=True)


def _exercise(concept: str | None, folder: str) -> None:
    from readiness.mentor.exercises import broken, find_exercise, write
    from readiness.mentor.lessons import find_lesson
    from readiness.report._text import visible

    if concept is None:
        advice = "Name it before the option: `readiness lesson CONCEPT --exercise`."
        raise UsageError("an exercise belongs to a lesson, and none is named", where="--exercise", advice=advice)
    lesson = find_lesson(concept)
    files = broken(find_exercise(concept), lesson)
    target = Path(folder.format(concept=concept) if folder == DEFAULT_FOLDER else folder)
    write(files, target)
    click.echo(f"Written to {visible(str(target))}: {', '.join(files)}.")
    click.echo(f"Next: cd {visible(str(target))}, read EXERCISE.md, and run `readiness check` until it is silent.")
