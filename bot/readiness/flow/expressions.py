"""What each kind of expression does with the values in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from readiness.flow.access import ANY, Op
from readiness.flow.build import Value
from readiness.flow.calls import call
from readiness.flow.functions import lambda_value
from readiness.flow.items import element_of, items_of
from readiness.flow.targets import ROWS, assign, is_one, is_view, key_of, part, put_part
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.flow.build import Builder


def _name(b: Builder, node: Node) -> Value:
    return b.read(node)


def _constant(b: Builder, node: Node) -> Value:
    return Value(b.new(node))


def _attribute(b: Builder, node: Node) -> Value:
    base = b.evaluate(node.fields[0])
    attr: str = node.fields[1].fields[0]
    if attr in b.knowledge.silent_attributes:
        return Value(b.new(node))
    if attr in b.knowledge.views:
        return Value(b.made(node, base, op=Op.KEEP).node, base.objects)
    return part(b, node, base, attr)


def _subscript(b: Builder, node: Node) -> Value:
    base = b.evaluate(node.fields[0])
    index = [b.evaluate(element) for element in node.fields[1]]
    key = key_of(b, node) if b.options.native else ROWS
    if not b.options.native and any(element.kind == "Slice" for element in node.fields[1]):
        return b.as_object(Value(b.new(node)))
    if is_one(key) and _is_of_all_rows(b, node):
        taken = part(b, node, base, key)
    elif is_one(key):
        taken = b.as_object(Value(b.new(node)))
        b.graph.step(base.node, taken.node, Op.GET, key)
    elif isinstance(key, frozenset):
        taken = b.as_object(Value(b.new(node)))
        b.graph.step(base.node, taken.node, Op.AMONG, key)
    else:
        taken = b.derived(node, base, op=Op.KEEP if key is ROWS else Op.USE)
    if not b.options.assume_safe_indexes:
        for value in index:
            b.carry(value, taken.node)
    return taken


def _is_of_all_rows(b: Builder, node: Node) -> bool:
    """Not a copy of some rows: `frame.loc[chosen, "name"]`."""
    if not is_view(b, node.fields[0]):
        return True
    index = node.fields[1]
    rows = index[0].fields[0][0] if len(index) == 1 and index[0].kind == "Tuple" else index[0]
    return bool(rows.kind == "Slice" and rows.fields[:2] == (None, None))


def _slice(b: Builder, node: Node) -> Value:
    return b.made(node, *(b.evaluate(bound) for bound in node.fields if bound is not None))


def _operation(b: Builder, node: Node) -> Value:
    left, right = b.evaluate(node.fields[0]), b.evaluate(node.fields[2])
    if b.options.assume_safe_numbers and (_is_number(b, node.fields[0]) or _is_number(b, node.fields[2])):
        return b.made(node)
    return b.made(node, left, right)


def _is_number(b: Builder, node: Node) -> bool:
    return b.source.constant_type(node) in (int, float)


def _choice_of_operands(b: Builder, node: Node) -> Value:
    return _either(b, node, b.evaluate(node.fields[0]), b.evaluate(node.fields[2]))


def _unary(b: Builder, node: Node) -> Value:
    value = b.evaluate(node.fields[1])
    is_safe = b.options.native or b.options.assume_safe_booleans
    return b.made(node) if node.fields[0] == "not" and is_safe else b.made(node, value)


def _comparison(b: Builder, node: Node) -> Value:
    left, _, others = node.fields
    values = [b.evaluate(left), *map(b.evaluate, others)]
    is_safe = b.options.assume_safe_booleans or b.options.assume_safe_comparisons
    return b.made(node) if is_safe else b.made(node, *values)


def _conditional(b: Builder, node: Node) -> Value:
    test, body, orelse = node.fields
    tested = b.evaluate(test)
    chosen = _either(b, node, b.evaluate(body), b.evaluate(orelse))
    # `1 if age > limit else 0` is the comparison itself, in other words.
    if b.options.native and test.kind == "Compare" and body.kind == orelse.kind == "Constant":
        b.carry(tested, chosen.node)
    return chosen


def _either(b: Builder, node: Node, *values: Value) -> Value:
    """One of several values; which, is not known."""
    objects = tuple(dict.fromkeys(obj for value in values for obj in value.objects))
    return Value(b.made(node, *values, op=Op.KEEP).node, objects)


def _text(b: Builder, node: Node) -> Value:
    return b.made(node, *map(b.evaluate, node.fields[0]))


def _formatted(b: Builder, node: Node) -> Value:
    value, _, spec = node.fields
    parts = [b.evaluate(value)]
    if isinstance(spec, Node):
        parts.append(b.evaluate(spec))
    elif isinstance(spec, tuple):
        parts += map(b.evaluate, spec)
    return b.made(node, *parts)


def _sequence(b: Builder, node: Node) -> Value:
    made = b.as_object(Value(b.new(node)))
    known = b.options.native
    for index, element in enumerate(node.fields[0]):
        value = b.evaluate(element)
        if element.kind == "Starred":
            known = False
            b.graph.step(value.node, made.node)
        else:
            b.graph.step(value.node, made.node, Op.PUT, index if known else ANY)
            if known and value.objects:
                put_part(b, made, index, value)
    if known:
        b.lengths[made.objects[0]] = len(node.fields[0])
        b.elements[made.objects[0]] = node.fields[0]
        b.displays[node.enter] = made
    return made


def _set(b: Builder, node: Node) -> Value:
    made = b.as_object(Value(b.new(node)))
    for element in node.fields[0]:
        b.graph.step(b.evaluate(element).node, made.node, Op.PUT, ANY)
    return made


def _dict(b: Builder, node: Node) -> Value:
    made = b.as_object(Value(b.new(node)))
    for item in node.fields[0]:
        if item.kind != "DictItem":
            b.graph.step(b.evaluate(item).node, made.node)
            continue
        key, value = b.evaluate(item.fields[0]), b.evaluate(item.fields[1])
        known = b.source.constant(item.fields[0]) if b.options.native else None
        b.graph.step(value.node, made.node, Op.PUT, ANY if known is None else known.value)
        b.graph.step(key.node, made.node, Op.PUT, ANY)
    return made


def _starred(b: Builder, node: Node) -> Value:
    return b.made(node, b.evaluate(node.fields[0]), op=Op.KEEP)


def _keyword(b: Builder, node: Node) -> Value:
    return b.evaluate(node.fields[1])


def _named(b: Builder, node: Node) -> Value:
    value = b.evaluate(node.fields[1])
    assign(b, node.fields[0], value)
    return Value(b.made(node, value, op=Op.KEEP).node, value.objects)


def _comprehension(b: Builder, node: Node) -> Value:
    """The element of each turn becomes an element of the result; its variables are its own."""
    with b.activate(node, b.activation):
        rows = _turns(b, node, 0)
    made = b.as_object(Value(b.new(node)))
    listed = len(node.fields[-1]) == 1 and len(rows) > 1 and not node.fields[-1][0].fields[2]
    for index, row in enumerate(rows):
        for element in row:
            b.graph.step(element.node, made.node, Op.PUT, index if listed else ANY)
            if listed:
                put_part(b, made, index, element)
    if listed:
        b.lengths[made.objects[0]] = len(rows)
    return made


def _turns(b: Builder, node: Node, number: int) -> list[list[Value]]:
    """The elements (key and value, for a dictionary) of each turn of a comprehension."""
    generators = node.fields[-1]
    if number == len(generators):
        return [[b.evaluate(element) for element in node.fields[:-1]]]
    target, iterated_code, tests, _ = generators[number].fields
    iterated = b.evaluate(iterated_code)
    items = items_of(b, iterated_code, iterated) or [element_of(b, iterated)]
    rows = []
    for item in items:
        with b.turn(len(items)):
            assign(b, target, item)
            for test in tests:
                b.evaluate(test)
            rows += _turns(b, node, number + 1)
    return rows


def _awaited(b: Builder, node: Node) -> Value:
    value = b.evaluate(node.fields[0])
    return Value(b.made(node, value, op=Op.KEEP).node, value.objects)


def _yield(b: Builder, node: Node) -> Value:
    if node.fields[0] is not None:
        b.activation.yields.append(b.evaluate(node.fields[0]))
    return b.made(node)


def _yield_from(b: Builder, node: Node) -> Value:
    value = b.evaluate(node.fields[0])
    b.activation.yields.append(element_of(b, value))
    return b.made(node, value)


EXPRESSIONS: dict[str, Callable[[Builder, Node], Value]] = {
    "Name": _name,
    "Constant": _constant,
    "JoinedStr": _text,
    "TemplateStr": _text,
    "FormattedValue": _formatted,
    "Attribute": _attribute,
    "Subscript": _subscript,
    "Slice": _slice,
    "Call": call,
    "Keyword": _keyword,
    "Starred": _starred,
    "DoubleStarred": _starred,
    "BinOp": _operation,
    "BoolOp": _choice_of_operands,
    "UnaryOp": _unary,
    "Compare": _comparison,
    "IfExp": _conditional,
    "Lambda": lambda_value,
    "NamedExpr": _named,
    "List": _sequence,
    "Tuple": _sequence,
    "Set": _set,
    "Dict": _dict,
    "ListComp": _comprehension,
    "SetComp": _comprehension,
    "GeneratorExp": _comprehension,
    "DictComp": _comprehension,
    "Await": _awaited,
    "Yield": _yield,
    "YieldFrom": _yield_from,
}
