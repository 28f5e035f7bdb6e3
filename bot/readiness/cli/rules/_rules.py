"""The rules that a command line names: by id, or by a rule file or folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readiness.rulebook.schema import Rule


def named_rules(name: str) -> tuple[Rule, ...]:
    """The rules of a file or folder if there is one of this name, else the built-in rule with this id."""
    from readiness.rulebook.loader import load_rulebook

    path = Path(name)
    if path.exists():
        return load_rulebook([path], builtin=False).rules
    return (load_rulebook().get(name),)
