"""`readiness init`: set a project up to be reviewed, after showing what will be written."""

from __future__ import annotations

from pathlib import Path

import click

from readiness.collect.root import git_top
from readiness.errors import ExitCode
from readiness.report._text import visible
from readiness.review.setup.files import REPOSITORY, TAG, wanted


@click.command("init")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option(
    "--action",
    default=f"{REPOSITORY}@{TAG}",
    show_default=True,
    help="The action as the workflows name it; pin a commit.",
)
def command(yes: bool, action: str) -> ExitCode:
    """Write the workflows, readiness.yaml and the pre-commit entry that this project lacks.

    Everything is shown first, and nothing that exists is overwritten.
    """
    root = git_top(Path.cwd()) or Path.cwd()
    missing = list(wanted(root, action))
    if not missing:
        click.echo("Nothing to write: this project is set up.")
        return ExitCode.CLEAN
    for file in missing:
        click.secho(f"{visible(str(file.path.relative_to(root)))}", bold=True)
        click.echo("".join(f"  {line}\n" for line in file.added.splitlines()))
    if not yes:
        click.confirm(f"Write these {len(missing)} files in {visible(str(root))}?", abort=True)
    for file in missing:
        file.path.parent.mkdir(parents=True, exist_ok=True)
        file.path.write_text(file.text, encoding="utf-8")
    click.echo("Written. Commit them, and the next pull request is reviewed.")
    return ExitCode.CLEAN
