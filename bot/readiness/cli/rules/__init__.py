"""`readiness rules`: lists the rules; its subcommands, one module each, help to write them."""

from __future__ import annotations

import importlib
import pkgutil

import click

from readiness.cli.rules._listing import FORMATS, Filter, listing
from readiness.finding import Severity, Stage


class RuleCommands(click.Group):
    """Each module of this package without a leading underscore is a subcommand; a trailing one avoids a keyword."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the subcommands."""
        return sorted(m.name.rstrip("_") for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand with this name."""
        modules = {m.name.rstrip("_"): m.name for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_")}
        if cmd_name not in modules:
            return None
        found = importlib.import_module(f"{__name__}.{modules[cmd_name]}").command
        return found if isinstance(found, click.Command) else None


@click.group(cls=RuleCommands, invoke_without_command=True, short_help="List the rules; write and test rules.")
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
