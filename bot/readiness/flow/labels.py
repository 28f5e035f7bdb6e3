"""Which labels a place asks for: `TEST and not TRAIN`, as a condition on a set of labels."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import TypeAlias

from readiness.errors import PatternError

_Test: TypeAlias = Callable[[Collection[str]], bool]


@dataclass(frozen=True, slots=True)
class Requires:
    """A condition on labels."""

    text: str
    holds: _Test
    wanted: frozenset[str]
    """The labels that speak for it; a flow is shown by these."""
    excluded: frozenset[str]
    """The labels that speak against it."""

    def may_hold(self, labels: Collection[str]) -> bool:
        """Whether some of these labels would meet the condition."""
        asked = sorted(self.wanted | self.excluded)
        known = [label for label in asked if label in labels]
        if not asked:
            return self.holds(labels)
        return any(self.holds(some) for size in range(len(known) + 1) for some in combinations(known, size))


ANY_LABEL = Requires("", bool, frozenset(), frozenset())
"""What a place asks for that names no labels: that something arrives at all."""


@cache
def parse_requires(text: str) -> Requires:
    """The condition that is written as labels with `and`, `or`, `not` and parentheses."""
    try:
        tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError) as error:
        raise _wrong(text) from error
    wanted: set[str] = set()
    excluded: set[str] = set()
    holds = _test(tree, text, wanted, excluded)
    return Requires(text, holds, frozenset(wanted), frozenset(excluded))


def _test(node: ast.expr, text: str, wanted: set[str], excluded: set[str]) -> _Test:
    match node:
        case ast.Name(id=label):
            wanted.add(label)
            return lambda labels: label in labels
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            inner = _test(operand, text, excluded, wanted)
            return lambda labels: not inner(labels)
        case ast.BoolOp(op=operator, values=values):
            parts = [_test(value, text, wanted, excluded) for value in values]
            combine = all if isinstance(operator, ast.And) else any
            return lambda labels: combine(part(labels) for part in parts)
    raise _wrong(text)


def _wrong(text: str) -> PatternError:
    return PatternError(
        f"`{text}` is no condition on labels", advice="Write labels with `and`, `or` and `not`: `TEST and not TRAIN`."
    )
