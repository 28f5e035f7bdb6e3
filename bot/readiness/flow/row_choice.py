"""Which rows a subscript chooses: a slice, a mask, the numbers of the rows of one side of a split."""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.flow.rows import KIND, NO_ROWS, Chosen, Range, Rows, Side, at_seam, is_named_part, is_part, narrowed
from readiness.pattern.find import index_of
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.flow.row_knowledge import RowKnowledge
    from readiness.source.python import PythonSource

_INDEXERS = frozenset({"loc", "iloc", "ix"})
_NULL = {"isnull": True, "isna": True, "notnull": False, "notna": False}
_NOT = ("~", "not")


@dataclass(frozen=True, slots=True)
class Place:
    """Where rows are chosen: in one run of a function, whose variables are others than those of the next run."""

    source: PythonSource
    knowledge: RowKnowledge
    context: int

    def number(self, code: Node | None) -> float | None:
        """A bound that is known and counts from the beginning."""
        known = self.source.constant(code) if code is not None else None
        value = known.value if known is not None else None
        return value if isinstance(value, int | float) and value >= 0 else None

    def shape(self, code: Node) -> Hashable:
        """The same for the same code with the same variables."""
        name = (self.context,) if code.kind == "Name" else ()
        return (code.kind, *name, *(self._field(value) for value in code.fields))

    def _field(self, value: Hashable) -> Hashable:
        if isinstance(value, Node):
            return self.shape(value)
        return tuple(map(self._field, value)) if isinstance(value, tuple) else value


def chosen(place: Place, rows: Rows, base: Node, index: tuple[Node, ...], given: Rows) -> Rows:
    """The rows that `base[index]` takes; `given` are rows that are mentioned in the index."""
    index = index[0].fields[0] if len(index) == 1 and index[0].kind == "Tuple" else index
    if not rows or not index:
        return rows
    first = index[0]
    by_row = base.kind == "Attribute" and base.fields[1].fields[0] in _INDEXERS
    if first.kind == "Slice":
        if first.fields[:2] == (None, None):
            return _by_column(place, rows, index[1:])
        return _slice(place, rows, first)
    known = place.source.constant(first)
    if known is not None:
        return _named(rows, known.value, by_row, alone=len(index) == 1)
    if first.kind in ("List", "Tuple"):
        return narrowed(rows, mask(place, first)) if by_row else rows
    return _picked(place, rows, first, given, by_row=by_row)


def _named(rows: Rows, value: object, by_row: bool, alone: bool) -> Rows:
    """One row, the rows with one label, or a column."""
    if isinstance(value, int) and not isinstance(value, bool):
        return NO_ROWS if by_row or alone else rows
    return narrowed(rows, Side("label", value, Chosen.SELECTED)) if by_row and isinstance(value, str) else rows


def _slice(place: Place, rows: Rows, code: Node) -> Rows:
    start, stop, _ = code.fields
    if start is not None and place.number(start) == 0:
        start = None
    if (start is None) != (stop is None):
        kept = at_seam(rows, first=stop is not None)
        if kept is not None:
            return kept
    bounds = [place.number(bound) for bound in (start, stop)]
    if (start is None or bounds[0] is not None) and (stop is None or bounds[1] is not None):
        return narrowed(rows, Side("range", Range(*bounds), Chosen.SELECTED))
    for bound, part in ((stop, "before"), (start, "after")):
        if bound is not None:
            rows = narrowed(rows, Side(("bound", place.shape(bound)), part, Chosen.SELECTED))
    return rows


def _by_column(place: Place, rows: Rows, others: tuple[Node, ...]) -> Rows:
    """Columns of a transposed table are its rows: `table[:, :train]` and `table[:, train:]`."""
    for code in others[:1]:
        if code.kind != "Slice":
            continue
        start, stop, _ = code.fields
        for bound, part in ((stop, "before"), (start, "after")):
            if bound is not None and place.source.constant(bound) is None:
                rows = narrowed(rows, Side(("column", place.shape(bound)), part, Chosen.DRAWN))
    return rows


def _picked(place: Place, rows: Rows, index: Node, given: Rows, *, by_row: bool) -> Rows:
    new = {side for piece in given for side in piece.sides} - {side for piece in rows for side in piece.sides}
    parts = {side.division for piece in rows for side in piece.sides if is_part(side)}
    new = {side for side in new if side.chosen is not Chosen.PLACED and side.division not in parts}
    is_drawn = any(side.chosen is Chosen.DRAWN for side in new)
    if new and not is_drawn and not by_row and _names_columns(place, index):
        return rows  # the columns of another table: `a[[name for name in b]]`
    if new and index.kind in ("Name", "Attribute", "Call", "Subscript"):
        picked = rows
        for side in new:
            picked = narrowed(picked, side)
        return picked or rows  # names of columns may come from other rows
    if new and index.kind == "UnaryOp" and index.fields[0] in _NOT and is_member_test(index.fields[1]):
        return others(rows, new)
    if not by_row and _names_columns(place, index) and (not given or _lists_elements(place, index)):
        return rows
    return narrowed(rows, mask(place, index))


def _names_columns(place: Place, index: Node) -> bool:
    """A variable between brackets holds names of columns, unless it is named like numbers of rows."""
    name = index if index.kind == "Name" else index.fields[1] if index.kind == "Attribute" else None
    return name is not None and not re.search(place.knowledge.row_numbers, name.fields[0])


def _lists_elements(place: Place, index: Node) -> bool:
    """What is taken out of a table one by one, `[name for name in table]`, are the names of its columns."""
    listed = index_of(place.source).assigned(index)
    if listed is None or listed.kind != "ListComp":
        return False
    element, (generator, *_) = listed.fields
    return bool(element.kind == "Name" and element.fields == generator.fields[0].fields)


def others(rows: Rows, sides: set[Side]) -> Rows:
    """The rows that are not on these sides: `table.drop(train.index)`."""
    for side in sides:
        rows = narrowed(rows, Side(side.division, ("not", side.part), side.chosen))
    return rows


def is_member_test(code: Node) -> bool:
    """`table.index.isin(...)`."""
    return code.kind == "Call" and code.fields[0].kind == "Attribute" and code.fields[0].fields[1].fields[0] == "isin"


def mask(place: Place, code: Node) -> Side:
    """The side of a division by a condition."""
    if code.kind == "UnaryOp" and code.fields[0] in _NOT:
        side = mask(place, code.fields[1])
        return Side(side.division, ("not", side.part), side.chosen)
    if code.kind == "Compare" and len(code.fields[1]) == 1:
        left, (operator,), (right,) = code.fields
        division = KIND if operator in ("==", "!=") and _is_of_kind(place, right) else "compared"
        return Side((division, place.shape(left)), _bounds(place, operator, right), Chosen.SELECTED)
    if code.kind == "Call" and code.fields[0].kind == "Attribute":
        receiver, method = code.fields[0].fields[0], code.fields[0].fields[1].fields[0]
        if method in _NULL:
            return Side(("null", place.shape(receiver)), "true" if _NULL[method] else ("not", "true"), Chosen.SELECTED)
        if method == "isin":
            return Side((method, place.shape(receiver)), tuple(map(place.shape, code.fields[1])), Chosen.SELECTED)
    return Side(("mask", place.shape(code)), "true", Chosen.SELECTED)


def _is_of_kind(place: Place, right: Node) -> bool:
    """`table.ward == "B"`, but not `table.part == "test"`."""
    known = place.source.constant(right)
    return known is not None and not (isinstance(known.value, str) and is_named_part(known.value))


def _bounds(place: Place, operator: str, right: Node) -> Hashable:
    """The range that a comparison with a number leaves; for any other comparison, what it says."""
    bound = place.number(right)
    if bound is not None and operator in ("<", "<="):
        return Range(None, bound)
    if bound is not None and operator in (">", ">="):
        return Range(bound, None)
    return operator, place.shape(right)
