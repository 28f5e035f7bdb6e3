"""`readiness score`: how ready a system is by the 28 tests of the ML Test Score, as far as files can tell."""

from __future__ import annotations

from pathlib import Path

import click

from readiness.cli._options import Options, no_cache

FORMATS = ("terminal", "json", "markdown")


@click.command(short_help="Score a project by the 28 tests of the ML Test Score.")
@click.argument("path", type=click.Path(path_type=Path), default=Path())
@click.option("--format", "form", type=click.Choice(FORMATS), default="terminal", show_default=True)
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes.")
@no_cache
@click.option("--no-color", is_flag=True, help="No colours.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
def command(path: Path, form: str, jobs: int | None, no_cache: bool, no_color: bool, quiet: bool) -> None:
    """Score the project at PATH (default: the current folder) by the 28 tests of the ML Test Score.

    Each test is worth half a point for what a person has to do by hand, and one for what runs by itself; the weakest of the
    four sections is the score. It is never a gate: the exit code is 0 whatever the score is.
    """
    from importlib import import_module

    from readiness.cli._outputs import wants_colour
    from readiness.cli._progress import progress
    from readiness.cli._settings import settings_of
    from readiness.score.run import score

    project = path.resolve()  # evidence is told by its place in the project, wherever the command is run
    settings = settings_of(Options(paths=(project,), jobs=jobs, no_cache=no_cache), project)
    with progress(quiet=quiet) as watcher:
        found = score(settings, watcher)
    text = import_module(f"readiness.score.formats.{form}").render(found)
    click.echo(text, nl=False, color=not no_color and wants_colour())
