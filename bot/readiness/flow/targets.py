"""Assignments, and the parts of values: `x`, `x.a`, `x["a"]`, `a, *b`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.flow.access import ANY, Every, Op
from readiness.flow.build import Value
from readiness.flow.graph import NOTHING, Role
from readiness.flow.state import Entry
from readiness.pattern.find import index_of
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.flow.build import Builder

ROWS = Op.KEEP
"""Not a key: the subscript takes some rows, with all parts that each has."""


def assign(b: Builder, target: Node, value: Value) -> None:
    """Give a target a value."""
    match target.kind:
        case "Name":
            b.write(target.fields[0], value, _through(b, target, value))
        case "Tuple" | "List":
            _unpack(b, target.fields[0], value)
        case "Starred":
            assign(b, target.fields[0], value)
        case "Attribute":
            base = b.evaluate(target.fields[0])
            node = _through(b, target, value)
            _store(b, target, base, _attribute_key(b, target), Value(node, value.objects))
        case "Subscript":
            _assign_item(b, target, value)


def _through(b: Builder, target: Node, value: Value) -> int:
    """The node of an assignment."""
    node = b.new(target, Role.TARGET)
    b.graph.step(value.node, node)
    return node


def _attribute_key(b: Builder, target: Node) -> object:
    name = target.fields[1].fields[0]
    return None if name in b.knowledge.views else name


def _unpack(b: Builder, targets: tuple[Node, ...], value: Value) -> None:
    star = next((index for index, target in enumerate(targets) if target.kind == "Starred"), len(targets))
    length = b.lengths.get(value.objects[0]) if len(value.objects) == 1 else None
    more = None if length is None else length - len(targets)
    for index, target in enumerate(targets):
        key: object = index
        if not b.options.native:
            key = ANY
        elif index >= star:
            key = Every(star, None, 1) if more is None else index + more
        is_rest = target.kind == "Starred"
        assign(b, target, _rest(b, value, key, star, more) if is_rest else element(b, value, key))


def _rest(b: Builder, value: Value, key: object, start: int, more: int | None) -> Value:
    """The list that `*rest` takes: element by element if it is known how many there are."""
    rest = b.as_object(Value(b.join_node()))
    if more is None or key is ANY:
        b.graph.step(element(b, value, key).node, rest.node, Op.PUT, ANY)
        return rest
    for index in range(more + 1):
        taken = element(b, value, start + index)
        b.graph.step(taken.node, rest.node, Op.PUT, index)
        put_part(b, rest, index, taken)
    b.lengths[rest.objects[0]] = more + 1
    return rest


def element(b: Builder, value: Value, key: object) -> Value:
    """A part that is taken out by unpacking or iteration."""
    entries = [b.state.entry((obj, key)) for obj in value.objects]
    node = b.join_node()
    b.graph.step(value.node, node, Op.GET, key)
    if len(entries) == 1 and entries[0] is not None:
        _join_entry(b, entries[0], node)
        return Value(node, entries[0].objects)
    return b.as_object(Value(node))


def part(b: Builder, code: Node, base: Value, key: object) -> Value:
    """The value of an attribute or element; asked for twice, it is the same object."""
    node = b.new(code)
    b.carry(base, node, Op.GET, key)
    objects: list[int] = []
    for owner in base.objects:
        entry = b.state.entry((owner, key))
        if entry is None:
            entry = Entry(NOTHING, (b.new_object(node),))
            b.state.set((owner, key), entry)
        else:
            _join_entry(b, entry, node)
        objects += entry.objects
    return Value(node, tuple(dict.fromkeys(objects)))


def _join_entry(b: Builder, entry: Entry, node: int) -> None:
    for held in b.state.nodes_of(entry):
        b.graph.step(held, node)


def put_part(b: Builder, owner: Value, key: object, value: Value) -> None:
    """Let the parts of a new object be known."""
    for obj in owner.objects:
        b.state.set((obj, key), Entry(value.node, value.objects))


def _assign_item(b: Builder, target: Node, value: Value) -> None:
    base_code, index = target.fields
    if not b.options.native:
        for element in index:
            b.evaluate(element)
        assign(b, base_code, Value(_through(b, target, value)))
        return
    base = b.evaluate(base_code)
    for element in index:
        b.evaluate(element)
    key = key_of(b, target)
    node = _through(b, target, value)
    _store(b, target, base, key if is_one(key) else None, Value(node, value.objects))


def _store(b: Builder, target: Node, base: Value, key: object, value: Value) -> None:
    """Put a value into a part of what the base of a target stands for; without a key, somewhere into it."""
    whole = key is not None and not is_view(b, target.fields[0])
    for obj in base.objects:
        before = b.state.state_of(obj)
        after = b.join_node()
        strong = whole and len(base.objects) == 1
        b.graph.step(before, after, Op.KILL if strong else Op.KEEP, key)
        b.graph.step(value.node, after, Op.KEEP if key is None else Op.PUT, key)
        b.state.set(obj, after)
        if strong:
            b.state.set((obj, key), Entry(value.node, value.objects))
    _write_back(b, target.fields[0], base)


def changed(b: Builder, code: Node, value: Value) -> None:
    """After a call: the argument or receiver may be another than before."""
    if code.kind not in ("Name", "Attribute", "Subscript"):
        return
    for obj in value.objects:
        after = b.new(code, Role.AFTER)
        b.graph.step(b.state.state_of(obj), after)
        b.state.set(obj, after)
    if code.kind == "Name" and (found := b.variable(code.fields[0])) is not None and found[1].value != NOTHING:
        owner, entry = found
        after = b.new(code, Role.AFTER)
        b.graph.step(entry.value, after)
        b.state.set((-owner.number, code.fields[0]), Entry(after, entry.objects))
    _write_back(b, code, value)


def _write_back(b: Builder, code: Node, value: Value) -> None:
    """What changed in a part changed in its owner: `self.table` in `self`."""
    while code.kind in ("Attribute", "Subscript"):
        owner = owners(b, code.fields[0])
        key = _key(b, code)
        for obj in owner:
            if obj in value.objects:
                continue
            after = b.join_node()
            replaced = key is not None and len(owner) == 1 and len(value.objects) == 1
            b.graph.step(b.state.state_of(obj), after, Op.KILL if replaced else Op.KEEP, key)
            for inner in value.objects:
                b.graph.step(b.state.state_of(inner), after, Op.KEEP if key is None else Op.PUT, key)
            b.state.set(obj, after)
        code, value = code.fields[0], Value(NOTHING, owner)


def owners(b: Builder, code: Node) -> tuple[int, ...]:
    """The objects that a name or a chain of attributes stands for, without reading it anew."""
    if code.kind == "Name":
        found = b.variable(code.fields[0])
        return () if found is None else found[1].objects
    if code.kind not in ("Attribute", "Subscript"):
        return ()
    outer, key = owners(b, code.fields[0]), _key(b, code)
    if key is None:
        return outer if code.kind == "Attribute" else ()
    entries = (b.state.entry((obj, key)) for obj in outer)
    return tuple(obj for entry in entries if entry is not None for obj in entry.objects)


def _key(b: Builder, code: Node) -> object:
    if code.kind == "Attribute":
        return _attribute_key(b, code)
    key = key_of(b, code)
    return key if is_one(key) else None


def is_one(key: object) -> bool:
    """True for the key of one part."""
    return isinstance(key, str | int) and key is not ROWS


def key_of(b: Builder, node: Node) -> object:
    """Which part a subscript takes: a key, a set of keys for a list of them, ROWS for a copy; None if not known.

    Of `frame.loc[rows, "name"]` it is the name of the column.
    """
    index = node.fields[1]
    if len(index) == 1 and index[0].kind == "Tuple":
        index = index[0].fields[0]
    if not index:
        return None
    if is_view(b, node.fields[0]):
        if len(index) == 1:
            return ROWS
        key = constant_key(b, index[-1])
        return ROWS if isinstance(key, int) else key
    return constant_key(b, index[0]) if len(index) == 1 else None


def is_view(b: Builder, code: Node) -> bool:
    """An attribute that is the object itself: `frame.loc`."""
    return code.kind == "Attribute" and code.fields[1].fields[0] in b.knowledge.views


def constant_key(b: Builder, index: Node) -> object:
    """The key, or the set of keys, that an index is known to be; None if it is not known."""
    if index.kind == "Name":
        index = _assigned_list(b, index) or index
    if index.kind == "Slice":
        return ROWS
    if index.kind == "List":
        keys = [b.source.constant(element) for element in index.fields[0]]
        known = frozenset(key.value for key in keys if key is not None)
        return known if len(known) == len(keys) else None
    key = _known(b, index)
    if isinstance(key, bool) or not isinstance(key, str | int):
        return None
    return ANY if isinstance(key, int) and key < 0 else key


def _known(b: Builder, index: Node) -> object:
    """The value that an index is known to have, here or in this turn of a loop."""
    constant = b.source.constant(index)
    if constant is not None or index.kind != "Name":
        return None if constant is None else constant.value
    found = b.variable(index.fields[0])
    return b.names.get(found[1].objects[0]) if found is not None and len(found[1].objects) == 1 else None


def _assigned_list(b: Builder, name: Node) -> Node | None:
    """The list that a name stands for, if that is all that it is ever assigned."""
    assigned = index_of(b.source).assigned(name)
    return assigned if assigned is not None and assigned.kind == "List" else None
