"""Operators, containers, comprehensions, subscripts, and expressions somewhere inside others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from readiness.pattern.bindings import Bindings, Matches
from readiness.pattern.match_definitions import parameters
from readiness.pattern.nodes import DEEP, DOTS, METAVARIABLE, TYPED
from readiness.pattern.sequences import in_any_order, in_order, without_dots
from readiness.pattern.types import has_type
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.pattern.match import Matcher

_ANY_ORDER = frozenset({"|", "&", "^"})
_MANY_OPERANDS = _ANY_ORDER | {"and", "or"}
_FEW, _MANY = 3, 40
"""How many operands may be tried in every order, and be split in every way."""
_COMPREHENSION_OF = {"List": "ListComp", "Set": "SetComp", "Dict": "DictComp", "Tuple": "GeneratorExp"}


def deep(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`<... e ...>`: the expression, or one inside it."""
    for inside in m.index.expressions_in(target):
        yield from m.root(pattern.fields[0], inside, bindings)


def typed(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`($X: T)`."""
    name, wanted = pattern.fields
    for bound in has_type(m, wanted, target, bindings):
        yield from m.bind(name, (target,), bound)


def within_statement(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """An expression that stands as a statement in a pattern: the expression, or where its value is used at once."""
    yield from m.root(pattern, target, bindings)
    for inside in _used_at_once(target):
        yield from within_statement(m, pattern, inside, bindings)


def _used_at_once(node: Node) -> Iterator[Node]:
    fields = node.fields
    match node.kind:
        case "Call":
            yield fields[0]
            yield from (arg.fields[1] if arg.kind == "Keyword" else arg for arg in fields[1])
        case "NamedExpr" | "UnaryOp":
            yield fields[1]
        case "BinOp" | "BoolOp":
            yield from (fields[0], fields[2])
        case "Compare" if len(fields[1]) == 1:
            yield from (fields[0], *fields[2])
        case "JoinedStr":
            yield from (part.fields[0] if part.kind == "FormattedValue" else part for part in fields[0])
        case "Await" | "Yield" | "Attribute" | "Starred" | "DoubleStarred" if fields[0] is not None:
            yield fields[0]
        case "List" | "Tuple" | "Set":
            yield from fields[0]
        case "Dict":
            yield from (value for item in fields[0] for value in item.fields)


def operation(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`a + b`; operators that can be regrouped match operand by operand, however the program groups them."""
    if target.kind != pattern.kind or target.fields[1] != pattern.fields[1]:
        return
    operator = pattern.fields[1]
    if operator in _ANY_ORDER:
        yield from _commutative(m, _operands(pattern), _operands(target), bindings)
    elif operator in _MANY_OPERANDS:
        yield from _associative(m, _operands(pattern), _operands(target), bindings)
    elif pattern.fields[2].kind == DOTS:
        yield from _open_operation(m, pattern, target, bindings)
    else:
        yield from m.fields(pattern, target, bindings)


def _operands(node: Node) -> list[Node]:
    """The operands of a chain of one operator, from left to right."""
    kind, operator = node.kind, node.fields[1]
    found: list[Node] = []
    stack = [node]
    while stack:
        part = stack.pop()
        if part.kind == kind and part.fields[1] == operator:
            stack += [part.fields[2], part.fields[0]]
        else:
            found.append(part)
    return found


def _open_operation(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`1 + 2 + ...`: any number of operands may follow."""
    found = False
    for bound in m.node(pattern.fields[0], target.fields[0], bindings):
        found = True
        yield bound
    if not found:
        yield from m.node(pattern, target.fields[0], bindings)


def _associative(m: Matcher, patterns: list[Node], targets: list[Node], bindings: Bindings) -> Matches:
    """Operands in order; a metavariable may stand for several neighbours, in a long operation only if it is the last."""
    if not patterns:
        if not targets:
            yield bindings
        return
    head, rest = patterns[0], patterns[1:]
    if head.kind == METAVARIABLE:
        for end in _ends(len(targets), is_last=not rest):
            for bound in m.bind(head.fields[0], tuple(targets[:end]), bindings):
                yield from _associative(m, rest, targets[end:], bound)
    elif head.kind == DOTS:
        for end in range(len(targets) + 1):
            yield from _associative(m, rest, targets[end:], bindings)
    elif targets:
        for bound in m.node(head, targets[0], bindings):
            yield from _associative(m, rest, targets[1:], bound)


def _ends(length: int, *, is_last: bool) -> range:
    if is_last:
        return range(max(length, 1), length + 1)
    return range(1, 2 if length > _MANY else length + 1)


def _commutative(m: Matcher, patterns: list[Node], targets: list[Node], bindings: Bindings) -> Matches:
    """Operands in any order; operands that the pattern does not mention may be left.

    With many operands the metavariables keep their order: all orders of them would be too many to try.
    """
    fixed = [p for p in patterns if p.kind not in (DOTS, METAVARIABLE)]
    holes = [p for p in patterns if p.kind == METAVARIABLE]
    if len(targets) - len(fixed) <= _FEW:
        yield from in_any_order([*fixed, *holes], targets, bindings, m.node, open_end=True)
        return
    for bound in in_any_order(fixed, targets, bindings, m.node, open_end=True):
        yield from in_order(m, holes, targets, bound, open_end=True)


def ordered_container(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """A list or tuple; `[...]` is also any list comprehension."""
    if pattern.kind == target.kind:
        yield from in_order(m, pattern.fields[0], target.fields[0], bindings)
    elif _is_open(pattern) and target.kind == _COMPREHENSION_OF[pattern.kind]:
        yield bindings


def unordered_container(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """A set or dictionary: items in any order; `{...}` is either of them."""
    if _is_open(pattern) and target.kind in ("Set", "Dict", _COMPREHENSION_OF[pattern.kind]):
        yield bindings
    elif pattern.kind == target.kind:
        items = without_dots(pattern.fields[0])
        open_end = len(items) < len(pattern.fields[0])
        yield from in_any_order(items, target.fields[0], bindings, m.node, open_end=open_end)


def _is_open(pattern: Node) -> bool:
    items = pattern.fields[0]
    return len(items) == 1 and items[0].kind == DOTS


def list_comprehension(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`[e for x in xs]`, and the same as the only argument of a call."""
    if target.kind == "ListComp" or (target.kind == "GeneratorExp" and target.parent and target.parent.kind == "Call"):
        yield from m.fields(pattern, target, bindings)


def subscript(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`value[slice]`."""
    if target.kind == "Subscript":
        for bound in m.node(pattern.fields[0], target.fields[0], bindings):
            yield from in_order(m, pattern.fields[1], target.fields[1], bound)


def function(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`lambda params: body`."""
    if target.kind == "Lambda":
        for bound in parameters(m, pattern.fields[0], target.fields[0], bindings):
            yield from m.node(pattern.fields[1], target.fields[1], bound)


HANDLERS = {
    DEEP: deep,
    TYPED: typed,
    "BinOp": operation,
    "BoolOp": operation,
    "List": ordered_container,
    "Tuple": ordered_container,
    "Set": unordered_container,
    "Dict": unordered_container,
    "ListComp": list_comprehension,
    "Subscript": subscript,
    "Lambda": function,
}
