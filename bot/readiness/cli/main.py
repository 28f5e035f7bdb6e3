"""The command `readiness`: finds its subcommands by the names of the modules beside this one, and loads only the one used."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import click

from readiness import __version__

PACKAGE = "readiness.cli"


class Commands(click.Group):
    """Each module here without an underscore in its name is a subcommand; its attribute `command` is run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the subcommands."""
        modules = pkgutil.iter_modules([str(Path(__file__).parent)])
        return sorted(module.name for module in modules if "_" not in module.name and module.name != "main")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand with this name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{PACKAGE}.{cmd_name}")
        found = module.command
        return found if isinstance(found, click.Command) else None


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog='Completion in the shell: eval "$(_READINESS_COMPLETE=bash_source readiness)" in ~/.bashrc; zsh_source and '
    "fish_source do the same for zsh and fish.",
)
@click.version_option(__version__, prog_name="readiness", message="%(prog)s %(version)s")
def command() -> None:
    """Review data-science and machine-learning code the way a careful senior colleague would."""
