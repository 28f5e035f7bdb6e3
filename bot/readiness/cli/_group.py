"""A command whose subcommands are the modules of a package: found by their names, loaded when they are used."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import click


class ModuleGroup(click.Group):
    """Each module without a leading underscore is a subcommand, its attribute `command`.

    A trailing underscore is not part of the name; it avoids a keyword.
    """

    def __init__(self, *arguments: Any, package: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._package = package

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the subcommands."""
        return sorted(self._modules())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand with this name."""
        module = self._modules().get(cmd_name)
        found = importlib.import_module(f"{self._package}.{module}").command if module else None
        return found if isinstance(found, click.Command) else None

    def _modules(self) -> dict[str, str]:
        """Subcommand -> module."""
        modules = pkgutil.iter_modules(importlib.import_module(self._package).__path__)
        return {module.name.rstrip("_"): module.name for module in modules if not module.name.startswith("_")}
