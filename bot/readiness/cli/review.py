"""`readiness review`: review a pull request, or a local branch as its pull request would be reviewed."""

from __future__ import annotations

from pathlib import Path

import click

from readiness.errors import ExitCode


@click.command("review")
@click.argument("pull", required=False, metavar="[OWNER/REPO#N | URL]")
@click.option("--base", metavar="REV", help="Review the local branch since it left this revision; asks no platform.")
@click.option("--dry-run", is_flag=True, help="Print what would be written, and write nothing.")
def command(pull: str | None, base: str | None, dry_run: bool) -> ExitCode:
    """Review a pull request: comments on what it introduces, one summary, and an exit code as gate.

    In GitHub Actions the pull request is told by the event. Elsewhere name it, or review a local branch with --base.

    \b
    Exit codes:
      0  nothing blocks the merge
      1  something does
      2  wrong use or configuration
      3  the run is incomplete: a file or rule could not be handled
    """  # noqa: D301 - click reads the backspace
    from readiness.cli.review_local import review_local
    from readiness.cli.review_pull import review_pull

    if base is not None:
        return review_local(Path.cwd(), base)
    return review_pull(pull, dry_run=dry_run)
