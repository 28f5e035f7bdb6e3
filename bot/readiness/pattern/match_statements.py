"""Statements: what each kind demands, and what it lets pass unmentioned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.pattern.bindings import Bindings, Matches
from readiness.pattern.match_blocks import body
from readiness.pattern.match_expressions import within_statement
from readiness.pattern.nodes import ASSIGNMENTS, DEEP, DOTS, METAVARIABLE
from readiness.pattern.sequences import in_any_order, in_order
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.pattern.match import Matcher


def statement(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """A statement of a block; an expression alone also matches where a statement uses its value at once."""
    if pattern.kind != "Expr":
        yield from m.root(pattern, target, bindings)
        return
    wanted = pattern.fields[0]
    if wanted.kind == METAVARIABLE:
        yield from m.bind(wanted.fields[0], (target,), bindings)
    elif wanted.kind == DEEP:
        for used in _header(target):
            yield from m.root(wanted, used, bindings)
    else:
        yield from _expression(m, wanted, target, bindings)


def _expression(m: Matcher, wanted: Node, target: Node, bindings: Bindings) -> Matches:
    match target.kind:
        case "Expr":
            yield from within_statement(m, wanted, target.fields[0], bindings)
        case "Assign":
            yield from within_statement(m, wanted, target.fields[1], bindings)
        case "AugAssign":
            yield from within_statement(m, wanted, target.fields[2], bindings)
        case "AnnAssign" if target.fields[2] is not None:
            yield from _anywhere(m, wanted, target.fields[2], bindings)
        case "Return" if target.fields[0] is not None:
            yield from _anywhere(m, wanted, target.fields[0], bindings)


def _anywhere(m: Matcher, wanted: Node, target: Node, bindings: Bindings) -> Matches:
    for inside in m.index.expressions_in(target):
        yield from m.root(wanted, inside, bindings)


def _header(target: Node) -> tuple[Node, ...]:
    """The expressions that a statement evaluates itself, without the statements nested in it."""
    match target.kind:
        case "Expr" | "Return":
            parts = target.fields[:1]
        case "Assign":
            parts = (*target.fields[0], target.fields[1])
        case "AugAssign" | "AnnAssign":
            parts = (target.fields[0], target.fields[2])
        case "If" | "While" | "Assert" | "Raise":
            parts = target.fields[:1]
        case "For":
            parts = target.fields[1:2]
        case "With":
            parts = tuple(item.fields[0] for item in target.fields[0])
        case "Delete":
            parts = target.fields[0]
        case _:
            parts = ()
    return tuple(part for part in parts if part is not None)


def assignment(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`target = value`, with or without an annotation; also each pair of `a, b = 1, 2` and each name of `a = b = 1`."""
    if target.kind not in ASSIGNMENTS:
        return
    for one, value in _assigned(target):
        for bound in _targets(m, pattern, one, bindings):
            yield from m.node(pattern.fields[1], value, bound)


def _targets(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    targets = pattern.fields[0] if pattern.kind == "Assign" else pattern.fields[:1]
    if len(targets) == 1:
        yield from m.node(targets[0], target, bindings)


def _assigned(target: Node) -> list[tuple[Node, Node]]:
    """Everything that the statement gives a value: (target, value)."""
    if target.kind != "Assign":
        value = target.fields[-1]
        return [] if value is None else [(target.fields[0], value)]
    targets, value = target.fields
    pairs = [(one, value) for one in targets]
    if len(targets) == 1 and targets[0].kind == value.kind == "Tuple" and _same_length(targets[0], value):
        pairs += list(zip(targets[0].fields[0], value.fields[0], strict=True))
    return pairs


def _same_length(one: Node, other: Node) -> bool:
    return len(one.fields[0]) == len(other.fields[0])


def returned(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`return value`; a bare `return` is only a bare `return`."""
    if target.kind == "Return":
        yield from m.value(pattern.fields[0], target.fields[0], bindings)


def conditional(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`if` and `while`; an `else` may go unmentioned."""
    if pattern.kind != target.kind:
        return
    for tested in m.node(pattern.fields[0], target.fields[0], bindings):
        for bound in body(m, pattern.fields[1], target.fields[1], tested):
            yield from _otherwise(m, pattern.fields[2], target.fields[2], bound)


def _otherwise(m: Matcher, pattern: tuple[Node, ...], target: tuple[Node, ...], bindings: Bindings) -> Matches:
    if not pattern:
        yield bindings
    elif target:
        yield from body(m, pattern, target, bindings)


def loop(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`for`; an `else` and `async` may go unmentioned."""
    if target.kind != "For" or (pattern.get("is_async") and not target.get("is_async")):
        return
    for each in m.node(pattern.fields[0], target.fields[0], bindings):
        for over in m.node(pattern.fields[1], target.fields[1], each):
            for bound in body(m, pattern.fields[2], target.fields[2], over):
                yield from _otherwise(m, pattern.fields[3], target.fields[3], bound)


def with_(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`with`: the items of the pattern stand next to each other somewhere among those of the target."""
    if target.kind != "With" or (pattern.get("is_async") and not target.get("is_async")):
        return
    wanted, items = pattern.fields[0], target.fields[0]
    for start in range(len(items) - len(wanted) + 1):
        for bound in in_order(m, wanted, items[start : start + len(wanted)], bindings):
            yield from body(m, pattern.fields[1], target.fields[1], bound)


def try_(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`try`: handlers in any order, others may be there; `else` and `finally` are there if the pattern has them."""
    if target.kind != "Try":
        return
    for tried in body(m, pattern.fields[0], target.fields[0], bindings):
        for handled in in_any_order(pattern.fields[1], target.fields[1], tried, m.node, open_end=True):
            for otherwise in _clause(m, pattern.fields[2], target.fields[2], handled):
                yield from _clause(m, pattern.fields[3], target.fields[3], otherwise)


def _clause(m: Matcher, pattern: tuple[Node, ...], target: tuple[Node, ...], bindings: Bindings) -> Matches:
    if bool(pattern) == bool(target):
        yield from body(m, pattern, target, bindings)


def handler(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`except`: `except ...` is any; `except A` is a handler of `A` alone that gives the exception no name."""
    if target.kind != "ExceptHandler":
        return
    wanted, name, statements = pattern.fields
    if wanted is not None and wanted.kind == DOTS and name is None:
        yield from body(m, statements, target.fields[2], bindings)
        return
    for caught in _caught(m, wanted, target.fields[0], bindings):
        for bound in m.value(name, target.fields[1], caught):
            yield from body(m, statements, target.fields[2], bound)


def _caught(m: Matcher, wanted: Node | None, target: Node | None, bindings: Bindings) -> Matches:
    """`(..., A, ...)` also catches `A` alone."""
    if wanted is not None and target is not None and wanted.kind == "Tuple" and target.kind != "Tuple":
        yield from in_order(m, wanted.fields[0], (target,), bindings)
    else:
        yield from m.value(wanted, target, bindings)


def raised(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`raise`: the cause may go unmentioned."""
    if target.kind == "Raise":
        for bound in m.value(pattern.fields[0], target.fields[0], bindings):
            yield from m.optional(pattern.fields[1], target.fields[1], bound)


def asserted(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`assert test, message`; `assert ...` is any."""
    if target.kind == "Assert":
        wanted, found = ([part for part in node.fields if part is not None] for node in (pattern, target))
        yield from in_order(m, wanted, found, bindings)


def clause(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """An `else` or `finally` clause alone."""
    field, statements = pattern.fields
    found = target.get(field) if target.kind in ("If", "For", "While", "Try") and _has(target, field) else ()
    if found:
        yield from body(m, statements, found, bindings)


def _has(target: Node, field: str) -> bool:
    return field == "orelse" or target.kind == "Try"


HANDLERS = {
    "Assign": assignment,
    "NamedExpr": assignment,
    "Return": returned,
    "If": conditional,
    "While": conditional,
    "For": loop,
    "With": with_,
    "Try": try_,
    "ExceptHandler": handler,
    "Raise": raised,
    "Assert": asserted,
    "Clause": clause,
}
