"""Where the rules live that come with the tool."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from readiness.errors import RulesNotFound

SOURCE_ROOT = "bot"


def builtin_rules() -> Traversable:
    """The folder of built-in rules: of the installed package, else of the checkout that this file belongs to.

    The name of the source root is checked so that a copy of the package vendored in a reviewed repository can never take
    that repository's `rules/` for ours.
    """
    packaged = resources.files("readiness").joinpath("rules")
    if packaged.is_dir():
        return packaged
    source_root = Path(__file__).resolve().parents[2]
    checkout = source_root.parent / "rules"
    if source_root.name == SOURCE_ROOT and checkout.is_dir():
        return checkout
    raise RulesNotFound("the built-in rules are missing", advice="Install the package readiness-bot again.")
