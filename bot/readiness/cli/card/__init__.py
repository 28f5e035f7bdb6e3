"""`readiness card`: work on model cards; its subcommands are one module each."""

from __future__ import annotations

import click

from readiness.cli._group import ModuleGroup


@click.group(cls=ModuleGroup, package=__name__, short_help="Work on model cards.")
def command() -> None:
    """Work on the model cards of a project."""
