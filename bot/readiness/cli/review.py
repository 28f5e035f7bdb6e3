"""`readiness review`: review a pull request, or a local branch as its pull request would be reviewed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, TextIO

import click

from readiness.cli._options import no_cache
from readiness.errors import ExitCode
from readiness.mentor.levels import LEVELS, Level

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("review")
@click.argument("pull", required=False, metavar="[OWNER/REPO#N | URL | OWNER/REPO]")
@click.option("--base", metavar="REV", help="Review the local branch since it left this revision; asks no platform.")
@click.option(
    "--description",
    type=click.File(encoding="utf-8"),
    metavar="FILE",
    help="With --base: what the pull request is going to say of itself; `-` reads it from the input.",
)
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
@click.option("--report", type=_FILE, metavar="FILE", help="Write all findings as JSON too.")
@click.option("--sarif", type=_FILE, metavar="FILE", help="Write all findings as SARIF too.")
@click.option("--upload-sarif", is_flag=True, help="Send the SARIF to code scanning; takes `security-events: write`.")
@click.option(
    "--handover",
    type=_FILE,
    metavar="FILE",
    help="Write what the second stage for forks needs, if this run may not comment.",
)
@click.option(
    "--level", type=click.Choice(LEVELS), help="For whom comments are written. [default: as configured, else senior]"
)
@click.option(
    "--stats", is_flag=True, help="What became of the comments of each rule in OWNER/REPO; reads, and writes nothing."
)
@click.option(
    "--last", type=click.IntRange(min=1), default=100, show_default=True, help="Pull requests that --stats reads."
)
@click.option("--bot", default="github-actions", show_default=True, help="Whose comments --stats counts.")
@no_cache
def command(
    pull: str | None,
    base: str | None,
    description: TextIO | None,
    level: Level | None,
    stats: bool,
    last: int,
    bot: str,
    no_cache: bool,
    **wishes: Any,
) -> ExitCode:
    """Review a pull request: comments on what it introduces, one summary, and an exit code as gate.

    In GitHub Actions the pull request is told by the event. Elsewhere name it, or review a local branch with --base.

    \b
    Exit codes:
      0  nothing blocks the merge
      1  something does
      2  wrong use or configuration
      3  the run is incomplete: a file or rule could not be handled
    """  # noqa: D301 - click reads the backspace
    if stats:
        from readiness.cli._review_stats import review_stats

        return review_stats(pull, bot, last=last, environment=os.environ)
    if base is not None:
        from readiness.cli._review_local import review_local

        told = description.read() if description else ""
        return review_local(Path.cwd(), base, description=told, level=level, cache=not no_cache)
    from readiness.cli._review_pull import review_pull
    from readiness.cli._review_tell import Wishes
    from readiness.review.github.connection import ENTERPRISE_TOKENS, TOKENS

    environment = dict(os.environ)
    for name in (*TOKENS, *ENTERPRISE_TOKENS):  # the workers that parse hostile files are not to inherit them
        os.environ.pop(name, None)
    return review_pull(pull, Wishes(**wishes, level=level, cache=not no_cache), environment)
