"""`readiness mentor`: what a senior colleague would say of a project or a change."""

from __future__ import annotations

from pathlib import Path

import click

from readiness.cli._options import EXISTING, Options, no_cache

FORMATS = ("terminal", "markdown", "json", "html")


@click.command(short_help="Report as a mentor would: what works, what to mend first, what to learn.")
@click.argument("path", type=EXISTING, default=Path())
@click.option("--diff", metavar="BASE", help="Only what the work tree introduces since it left this git revision.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="terminal", show_default=True)
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes.")
@no_cache
@click.option("--no-color", is_flag=True, help="No colours.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
def command(
    path: Path, diff: str | None, form: str, jobs: int | None, no_cache: bool, no_color: bool, quiet: bool
) -> None:
    """Say of the project at PATH (default: the current folder), or of a change, what a senior colleague would.

    What works and where, what to mend first, which questions to expect, the state of the model card, the ML Test Score,
    and one concept to learn. It is never a gate: the exit code is 0 whatever it says.
    """
    from importlib import import_module

    from readiness.cli._outputs import wants_colour
    from readiness.cli._progress import progress
    from readiness.cli._settings import settings_of
    from readiness.mentor.run import mentor

    settings = settings_of(Options(paths=(path,), diff=diff, jobs=jobs, no_cache=no_cache), Path.cwd())
    with progress(quiet=quiet) as watcher:
        told = mentor(settings, watcher)
    text = import_module(f"readiness.mentor.formats.{form}").render(told)
    click.echo(text, nl=False, color=not no_color and wants_colour())
