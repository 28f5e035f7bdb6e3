"""Constant propagation: the one value that an expression can have, read without running anything.

`x = "lit"; f(x)` reads as `f("lit")`. A name has a value only if its scope assigns it exactly once, outright.
"""

from __future__ import annotations

from dataclasses import dataclass

from readiness.source.names import Names
from readiness.source.tree import Node


@dataclass(frozen=True, slots=True)
class Constant:
    """A known value; wraps it so that the value None can be told from no value."""

    value: object


_MAX_TEXT = 100_000  # repeated concatenation of hostile input must not eat the memory


class Constants:
    """The constant values of one program's expressions."""

    def __init__(self, by_kind: dict[str, list[Node]], names: Names) -> None:
        self._names = names
        self._by_kind = by_kind
        self._known: dict[int, Constant | None] = {}
        self._assigned: dict[tuple[int, str], list[Node | None]] | None = None

    def constant(self, node: Node) -> Constant | None:
        """The value of an expression, if it has exactly one."""
        return Constant(node.fields[0]) if node.kind == "Constant" else None
