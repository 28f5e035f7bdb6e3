"""Conditions on rows: `overlap(STATISTIC, $T) and not within(STATISTIC, TRAINED)`.

A label stands for the rows that its source remembered, a metavariable for the rows of the value at the sink.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from readiness.errors import PatternError
from readiness.flow.rows import NO_ROWS, Rows, apart, exceeds, overlap, siblings, within

_Test: TypeAlias = Callable[[Mapping[str, Rows]], bool]
_RELATIONS: dict[str, Callable[[Rows, Rows], bool]] = {
    "overlap": overlap,
    "apart": apart,
    "within": within,
    "siblings": siblings,
    "exceeds": exceeds,
}
_DOLLAR = "metavariable_"


@dataclass(frozen=True, slots=True)
class RowCondition:
    """A condition on rows, and the names in it."""

    text: str
    holds: _Test
    labels: frozenset[str]
    metavariables: frozenset[str]

    @property
    def parts(self) -> list[RowCondition]:
        """Its relations, each with the `not` before it."""
        return [parse_rows(found.group()) for found in _RELATION.finditer(self.text)]


_RELATION = re.compile(r"(?:not\s+)?\w+\([^()]*\)")


@cache
def parse_rows(text: str) -> RowCondition:
    """The condition that is written as relations with `and`, `or`, `not` and parentheses."""
    try:
        tree = ast.parse(text.replace("$", _DOLLAR).strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError) as error:
        raise _wrong(text) from error
    names: set[str] = set()
    holds = _test(tree, text, names)
    metavariables = frozenset(name for name in names if name.startswith("$"))
    return RowCondition(text, holds, frozenset(names) - metavariables, metavariables)


def _test(node: ast.expr, text: str, names: set[str]) -> _Test:
    match node:
        case ast.Call(func=ast.Name(id=relation), args=[ast.Name(id=one), ast.Name(id=other)], keywords=[]):
            return _relation(relation, _name(one), _name(other), text, names)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            inner = _test(operand, text, names)
            return lambda rows: not inner(rows)
        case ast.BoolOp(op=operator, values=values):
            parts = [_test(value, text, names) for value in values]
            combine = all if isinstance(operator, ast.And) else any
            return lambda rows: combine(part(rows) for part in parts)
    raise _wrong(text)


def _relation(relation: str, one: str, other: str, text: str, names: set[str]) -> _Test:
    compare = _RELATIONS.get(relation)
    if compare is None:
        raise _wrong(text)
    names.update((one, other))
    return lambda rows: compare(rows.get(one, NO_ROWS), rows.get(other, NO_ROWS))


def _name(written: str) -> str:
    return "$" + written.removeprefix(_DOLLAR) if written.startswith(_DOLLAR) else written


def _wrong(text: str) -> PatternError:
    relations = ", ".join(f"`{name}(A, $X)`" for name in _RELATIONS)
    return PatternError(f"`{text}` is no condition on rows", advice=f"Write {relations} with `and`, `or`, `not`.")
