"""The elements of what is iterated over: each one by itself where a program lists them, one for all otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from readiness.flow.access import ANY, Op
from readiness.flow.build import Value
from readiness.flow.targets import element, put_part
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.flow.build import Builder

MAX_ITEMS = 12
"""A loop over more elements is walked once for all of them."""
MAX_TURNS = 64
"""How often one piece of code is walked at most because of the loops around it."""


def element_of(b: Builder, iterated: Value) -> Value:
    """One element of what is iterated over, whichever it is."""
    node = b.join_node()
    b.graph.step(iterated.node, node, Op.GET, ANY)
    return b.as_object(Value(node))


def items_of(b: Builder, code: Node, iterated: Value) -> list[Value] | None:
    """The elements one by one, if the program lists them and they are few."""
    if not b.options.native or len(b.graph) > b.follow_limit:
        return None
    items = _listed(b, iterated) if code.kind != "Call" else _rearranged(b, code)
    return items if items is not None and len(items) * b.turns <= MAX_TURNS else None


def _listed(b: Builder, iterated: Value) -> list[Value] | None:
    if len(iterated.objects) != 1:
        return None
    length = b.lengths.get(iterated.objects[0])
    if length is None or not 0 < length <= MAX_ITEMS:
        return None
    return [_named(b, iterated, index) for index in range(length)]


def _named(b: Builder, iterated: Value, index: int) -> Value:
    """An element; a text or number that the list writes out is known by what it is."""
    taken = element(b, iterated, index)
    written = b.elements.get(iterated.objects[0])
    known = b.source.constant(written[index]) if written is not None else None
    if known is not None and len(taken.objects) == 1:
        b.names[taken.objects[0]] = known.value
    return taken


def _rearranged(b: Builder, call: Node) -> list[Value] | None:
    """The elements of `enumerate([...])`, `zip([...], [...])` and the like."""
    func, arguments = call.fields
    name = func.fields[0] if func.kind == "Name" else ""
    if name not in ("enumerate", "zip", "reversed", "list", "tuple") or not arguments:
        return None
    columns = [items_of(b, argument, _known_value(b, argument)) for argument in arguments]
    if name == "zip":
        listed = [column for column in columns if column is not None]
        return [_tuple(b, row) for row in zip(*listed, strict=False)] if len(listed) == len(columns) else None
    items = columns[0]
    if items is None or name in ("list", "tuple"):
        return items
    return [_tuple(b, [Value(), item]) for item in items] if name == "enumerate" else items[::-1]


def _known_value(b: Builder, code: Node) -> Value:
    """The value of an expression that was evaluated last."""
    if code.kind == "Name":
        found = b.variable(code.fields[0])
        if found is None:
            return Value()
        node = b.join_node()
        for held in b.state.nodes_of(found[1]):
            b.graph.step(held, node)
        return Value(node, found[1].objects)
    made = b.displays.get(code.enter)
    return Value() if made is None else made


def _tuple(b: Builder, items: Sequence[Value]) -> Value:
    made = b.as_object(Value(b.join_node()))
    for index, item in enumerate(items):
        b.graph.step(item.node, made.node, Op.PUT, index)
        put_part(b, made, index, item)
    return made
