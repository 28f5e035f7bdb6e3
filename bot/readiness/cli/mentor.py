"""`readiness mentor`: what a senior colleague would say of a project or a change."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from readiness.cli._options import EXISTING, Options, no_cache

if TYPE_CHECKING:
    from readiness.settings import Settings
    from readiness.watcher import Watcher

FORMATS = ("terminal", "markdown", "json", "html")


@click.command(short_help="Report as a mentor would: what works, what to mend first, what to learn.")
@click.argument("path", type=EXISTING, default=Path())
@click.option("--diff", metavar="BASE", help="Only what the work tree introduces since it left this git revision.")
@click.option(
    "--since", metavar="DATE|REF", help="What the history since then teaches: a date, `6 months`, or a revision."
)
@click.option("--format", "form", type=click.Choice(FORMATS), default="terminal", show_default=True)
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes.")
@no_cache
@click.option("--no-color", is_flag=True, help="No colours.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
def command(
    path: Path,
    diff: str | None,
    since: str | None,
    form: str,
    jobs: int | None,
    no_cache: bool,
    no_color: bool,
    quiet: bool,
) -> None:
    """Say of the project at PATH (default: the current folder), or of a change, what a senior colleague would.

    What works and where, what to mend first, which questions to expect, the state of the model card, the ML Test Score,
    and one concept to learn. With --since it says of the branch which concepts come back, which were learned and what to
    learn next. It is never a gate: the exit code is 0 whatever it says.
    """
    from readiness.cli._outputs import wants_colour
    from readiness.cli._progress import progress
    from readiness.cli._settings import settings_of
    from readiness.errors import UsageError

    if since is not None and diff is not None:
        raise UsageError("a change has no history", where="--since", advice="Give either --since or --diff.")
    settings = settings_of(Options(paths=(path,), diff=diff, jobs=jobs, no_cache=no_cache), Path.cwd())
    with progress(quiet=quiet) as watcher:
        text = _of_now(settings, form, watcher) if since is None else _of_history(settings, since, form, watcher)
    click.echo(text, nl=False, color=not no_color and wants_colour())


def _of_now(settings: Settings, form: str, watcher: Watcher) -> str:
    from readiness.mentor.run import mentor

    render: Callable[..., str] = import_module(f"readiness.mentor.formats.{form}").render
    return render(mentor(settings, watcher))


def _of_history(settings: Settings, since: str, form: str, watcher: Watcher) -> str:
    """A page has the findings of now below what the history says."""
    from readiness.check import analyse
    from readiness.mentor.history.run import learned

    render: Callable[..., str] = import_module(f"readiness.mentor.history.formats.{form}").render
    told = learned(settings, since, watcher)
    return render(told, analyse(settings).report()) if form == "html" else render(told)
