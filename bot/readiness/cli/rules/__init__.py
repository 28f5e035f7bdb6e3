"""`readiness rules`: lists the rules; its subcommands, one module each, help to write them."""

from __future__ import annotations

import click

from readiness.cli._group import ModuleGroup
from readiness.cli.rules._listing import FORMATS, Filter, listing
from readiness.finding import Severity, Stage


@click.group(
    cls=ModuleGroup, package=__name__, invoke_without_command=True, short_help="List the rules; write and test rules."
)
@click.option("--pillar", help="Only rules of this pillar.")
@click.option("--kind", help="Only rules of this kind.")
@click.option(
    "--stage", type=click.Choice([stage.label for stage in Stage]), help="Only rules that speak at this stage."
)
@click.option("--severity", type=click.Choice([s.label for s in Severity]), help="Only rules of this severity.")
@click.option("--rules", "rule_paths", multiple=True, type=click.Path(), help="Rules of the team as well.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.pass_context
def command(
    ctx: click.Context,
    pillar: str | None,
    kind: str | None,
    stage: str | None,
    severity: str | None,
    rule_paths: tuple[str, ...],
    form: str,
) -> None:
    """List the rules, or run one of the commands for people who write rules."""
    if ctx.invoked_subcommand is None:
        click.echo(listing(Filter(pillar, kind, stage, severity), rule_paths, form), nl=False)
