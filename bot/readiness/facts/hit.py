"""A place in a file, kept when its tree is gone."""

from __future__ import annotations

from dataclasses import dataclass, field

from readiness.finding import Fix, Location


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a rule's pattern matched, kept so that a project rule can be concluded without the tree."""

    location: Location
    symbol: str = ""
    anchor: str = ""
    scope_key: str = ""
    source_lines: tuple[str, ...] = ()
    bindings: dict[str, str] = field(default_factory=dict)
    fix: Fix | None = None
