"""What calls, subscripts and operators do with rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeAlias

from readiness.flow.access import WHOLE
from readiness.flow.row_calls import call, given_to
from readiness.flow.row_choice import chosen, is_member_test
from readiness.flow.rows import Rows, is_fold, limited

if TYPE_CHECKING:
    from readiness.flow.lineage import Arriving, Held, Lineage
    from readiness.source.tree import Node

RowStep: TypeAlias = Callable[["Lineage", int, "Node"], "Held"]


def _is_in(code: Node | None, around: Node) -> bool:
    return code is not None and around.enter <= code.enter and code.leave <= around.leave


def _operation(lineage: Lineage, node: int, code: Node) -> Held:
    """The rows of the left operand; of the right one, if the left one has none."""
    if code.kind == "BinOp" and code.fields[1] == "/" and lineage.source.constant_type(code.fields[2]) is str:
        return {}  # a path: `folder / "stays.pkl"`
    steps = lineage.arriving[node]
    left = [step for step in steps if _is_in(lineage.code_of(step), code.fields[0])]
    rows = lineage.rows(step.source for step in left) or lineage.rows(step.source for step in steps)
    return {WHOLE: rows} if rows else {}


def _subscript(lineage: Lineage, node: int, code: Node) -> Held:
    base_code, index = code.fields
    inside: list[Arriving] = []
    base: list[Arriving] = []
    for step in lineage.arriving[node]:
        (inside if any(_is_in(lineage.code_of(step), part) for part in index) else base).append(step)
    steps = _of_table(lineage, node, base, base_code)
    held = lineage.merged(steps)
    if any(_is_element(lineage, step) for step in steps):
        return held
    given = lineage.rows(step.source for step in inside) | _members(lineage, node, code)
    place = lineage.place(node)
    return {path: chosen(place, rows, base_code, index, given) for path, rows in held.items()}


def _is_element(lineage: Lineage, step: Arriving) -> bool:
    """What a list holds at a known place, which is no choice of rows: `tables[0]`."""
    return isinstance(step.key, int) and any(path[:1] == (step.key,) for path in lineage.held(step.source))


def _of_table(lineage: Lineage, node: int, steps: list[Arriving], code: Node) -> list[Arriving]:
    """Whatever was put into a column of a table is of the rows that the table has: the steps from the table itself."""
    own = [step for step in steps if _is_in(lineage.code_of(step), code)]
    return own if len(own) < len(steps) and lineage.is_table(node, lineage.merged(own)) else steps


def put_in_place(lineage: Lineage, node: int, code: Node) -> Held:
    """What a loop over folds puts where the rows of each test part are, `table[test] = ...`, is of all rows in the end."""
    indexes = [lineage.rows(lineage.evaluations(node, part)) for part in code.fields[1]]
    folds = {side for rows in indexes for piece in rows for side in piece.sides if is_fold(side)}
    held = lineage.merged(lineage.arriving[node])
    return {path: limited(piece.off(folds) for piece in rows) for path, rows in held.items()} if folds else held


def _members(lineage: Lineage, node: int, code: Node) -> Rows:
    """The rows that a test for membership names: `~table.index.isin(train.index)`."""
    return lineage.rows(number for part in _tested(code) for number in lineage.evaluations(node, part))


def _tested(code: Node) -> tuple[Node, ...]:
    """What the index of a subscript tests for membership."""
    index = code.fields[1]
    test = index[0].fields[1] if index and index[0].kind == "UnaryOp" else index[0] if index else None
    return test.fields[1] if test is not None and is_member_test(test) else ()


def _looked_up(code: Node) -> tuple[Node, ...]:
    """What chooses the rows of a subscript."""
    return (*code.fields[1], *_tested(code))


def _none(lineage: Lineage, node: int, code: Node) -> Held:
    return {}


ROW_STEPS: dict[str, RowStep] = {
    "Call": call,
    "Subscript": _subscript,
    "BinOp": _operation,
    "Compare": _operation,
    "Constant": _none,
    "JoinedStr": _none,
}

LOOKED_UP: dict[str, Callable[[Node], Iterable[Node]]] = {"Call": given_to, "Subscript": _looked_up}
"""The code in its own whose values a row step asks for, wherever the steps that lead to it come from."""
