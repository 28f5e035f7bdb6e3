"""What calls do with the rows of their receiver and their arguments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from readiness.flow.access import Op
from readiness.flow.row_results import FUNCTIONS, METHODS, Given, first_argument, keyword, origin, whole
from readiness.flow.rows import NO_ROWS, Piece, Rows, limited

if TYPE_CHECKING:
    from readiness.flow.lineage import Held, Lineage
    from readiness.source.tree import Node

_WRAPPED = frozenset({"Keyword", "Starred", "DoubleStarred"})


def call(lineage: Lineage, node: int, code: Node) -> Held:
    """The rows of what a call returns."""
    steps = lineage.arriving[node]
    if lineage.is_object(node):
        return lineage.merged(steps)
    returned = [step for step in steps if step.op is not Op.USE and _is_elsewhere(lineage.code_of(step), code)]
    if returned:
        return lineage.merged(returned)
    given = _given(lineage, node, code)
    if _is_without_rows(lineage, given):
        return {}
    return _method(lineage, given) if _is_of_rows(lineage, given) else _function(lineage, given)


def _is_without_rows(lineage: Lineage, given: Given) -> bool:
    known, code = lineage.knowledge, given.code
    if given.name in known.without:
        return keyword(lineage, code, "axis") not in (1, "columns")
    return given.name in known.builtin_without and code.fields[0].kind == "Name"


def _is_elsewhere(code: Node | None, call_code: Node) -> bool:
    """What a followed function returns is not written in its call."""
    return code is not None and not (call_code.enter < code.enter and code.leave <= call_code.leave)


def _given(lineage: Lineage, node: int, code: Node) -> Given:
    func, arguments = code.fields
    dotted = lineage.source.resolve(func)
    receiver: Rows = NO_ROWS
    if dotted is None and func.kind == "Attribute":
        receiver = lineage.rows(lineage.evaluations(node, func.fields[0]))
    positional: list[int] = []
    named: list[int] = []
    for argument in arguments:
        evaluated = lineage.evaluations(node, _value(argument))[:1]
        (named if argument.kind == "Keyword" else positional).extend(evaluated)
    return Given(node, code, dotted or _last_name(func), receiver, tuple(positional), tuple(named))


def _value(argument: Node) -> Node:
    value: Node = argument.fields[-1] if argument.kind in _WRAPPED else argument
    return value


def given_to(code: Node) -> Iterator[Node]:
    """The receiver and the arguments of a call."""
    func, arguments = code.fields
    if func.kind == "Attribute":
        yield func.fields[0]
    yield from map(_value, arguments)


def _is_of_rows(lineage: Lineage, given: Given) -> bool:
    """A method of a table; not one of a model, nor a function of a module that was imported with a star."""
    if not given.receiver or given.name in lineage.knowledge.readers:
        return False
    is_of_table = given.name not in lineage.knowledge.of_arguments and any(piece.defined for piece in given.receiver)
    return is_of_table or not any(map(lineage.whole, given.positional))


def _last_name(func: Node) -> str:
    if func.kind == "Attribute":
        return str(func.fields[1].fields[0])
    return str(func.fields[0]) if func.kind == "Name" else ""


def _method(lineage: Lineage, given: Given) -> Held:
    """Of what has rows."""
    first = lineage.whole(given.positional[0]) if given.positional else NO_ROWS
    for names, result in METHODS:
        if given.is_in(names(lineage.knowledge)):
            return result(lineage, given, given.receiver, first)
    return whole(given.receiver)


def _function(lineage: Lineage, given: Given) -> Held:
    """A function, or a method of what has no rows."""
    for names, result in FUNCTIONS:
        if given.is_in(names(lineage.knowledge)):
            return result(lineage, given)
    moved = [step for step in lineage.arriving[given.node] if step.op is not Op.USE and lineage.code_of(step) is None]
    if moved:  # what is known to move parts, such as `enumerate`
        return lineage.merged(moved)
    if given.name[:1].isupper() and given.name not in lineage.knowledge.containers:
        return {}  # an object that works on rows holds none
    return _of_arguments(lineage, given)


def _of_arguments(lineage: Lineage, given: Given) -> Held:
    """The rows of the first argument that has some: all, or those that a function of this name chooses."""
    first = first_argument(lineage, given)
    if not first:
        returns_receiver = any(step.op is Op.KEEP for step in lineage.arriving[given.node])
        return {} if returns_receiver else origin(lineage, given)  # `model.to(device)` is no data
    for names, result in METHODS:
        if given.is_in(names(lineage.knowledge)):
            return result(lineage, given, first, first)
    if given.code.fields[0].kind == "Name":  # what an unknown function returns may be several things
        first = limited(Piece(piece.origin, piece.sides, parted=True) for piece in first)
    return whole(first)
