"""Calls: of functions of the program, of functions that are known by name, and of all others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from readiness.flow.access import ANY, Op, Path
from readiness.flow.build import Definition, Value
from readiness.flow.functions import Argument, can_follow, construct, follow, is_static, method_of
from readiness.flow.graph import NOTHING
from readiness.flow.tables import dropped, take_out, without
from readiness.flow.targets import changed
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.flow.build import Builder
    from readiness.flow.knowledge import Transfer

_TAKING = frozenset({"Assign", "AnnAssign", "Attribute", "Call", "Keyword", "Return", "Subscript"})
"""What a value stands in that is used further."""


def call(b: Builder, node: Node) -> Value:
    """The value of a call, and what it does to the receiver and the arguments."""
    func, codes = node.fields
    receiver, callee = _callee(b, func)
    arguments = [_argument(b, code) for code in codes]
    result = _followed(b, node, receiver, callee, arguments)
    if result is None:
        result = _unknown(b, node, receiver, callee, arguments)
    _after(b, func, receiver, codes, arguments)
    return result


def _callee(b: Builder, func: Node) -> tuple[Value | None, Value]:
    """The receiver of a method call, and what is called."""
    if func.kind != "Attribute":
        return None, b.evaluate(func)
    receiver = b.evaluate(func.fields[0])
    name: str = func.fields[1].fields[0]
    node = NOTHING
    if not b.options.native:  # there a name of a method may be a source
        node = b.new(func)
        b.graph.step(receiver.node, node, Op.GET, name)
    held = [entry.objects for obj in receiver.objects if (entry := b.state.entry((obj, name))) is not None]
    return receiver, Value(node, tuple(obj for objects in held for obj in objects))


def _argument(b: Builder, code: Node) -> Argument:
    value = b.evaluate(code)
    match code.kind:
        case "Keyword":
            return Argument(value, name=code.fields[0].fields[0])
        case "Starred":
            return Argument(value, star="*")
        case "DoubleStarred":
            return Argument(value, star="**")
    return Argument(value)


def _after(
    b: Builder, func: Node, receiver: Value | None, codes: Sequence[Node], arguments: Sequence[Argument]
) -> None:
    """The receiver and the arguments may have changed."""
    if receiver is not None and b.source.resolve(func.fields[0]) is None:
        changed(b, func.fields[0], receiver)
    for code, argument in zip(codes, arguments, strict=True):
        value = code.fields[-1] if code.kind in ("Keyword", "Starred", "DoubleStarred") else code
        changed(b, value, argument.value)


# functions of the program


def _followed(
    b: Builder, node: Node, receiver: Value | None, callee: Value, arguments: Sequence[Argument]
) -> Value | None:
    """The value of a call of something that the program defines; None if it is not known what is called."""
    for made in _callables(b, node.fields[0], receiver, callee):
        if made.code.kind == "ClassDef":
            return construct(b, made, arguments, node)
        if can_follow(b, made):
            return follow(b, made, arguments, node)
    return None


def _callables(b: Builder, func: Node, receiver: Value | None, callee: Value) -> list[Definition]:
    found = [b.callables[obj] for obj in callee.objects if obj in b.callables]
    if receiver is None or func.kind != "Attribute":
        return found
    name: str = func.fields[1].fields[0]
    for obj in receiver.objects:
        owner = b.classes.get(obj)
        method = method_of(owner, name) if owner is not None else None
        if method is not None:
            method.receiver = None if is_static(method.code) else receiver
            found.append(method)
    return found


# everything else


def _unknown(b: Builder, node: Node, receiver: Value | None, callee: Value, arguments: Sequence[Argument]) -> Value:
    """A call of a function of which at most the name is known: its result is made from all that it is given."""
    func = node.fields[0]
    method = func.fields[1].fields[0] if receiver is not None else ""
    dotted = b.source.resolve(func) or (func.fields[0] if func.kind == "Name" else "")
    known = b.knowledge
    result = Value(b.new(node))
    _call_back(b, receiver, arguments, result)
    if receiver is not None and (method in known.fillers or (method in known.silent_fillers and not _is_taken(node))):
        _fill(b, receiver, arguments, Op.PUT)
    gone = dropped(b, node) if receiver is not None and method == "drop" else ()
    if receiver is not None and _is_in_place(b, node):
        take_out(b, receiver, gone)
        _fill(b, receiver, arguments, Op.USE)
        return b.as_object(result)
    if dotted in known.silent_functions or (method in known.silent_methods and dotted == ""):
        return b.as_object(result)
    if dotted in known.transfers:
        return _transferred(b, known.transfers[dotted], arguments, result)
    if receiver is not None and method in known.same_object:
        b.graph.step(receiver.node, result.node)
        return Value(result.node, receiver.objects)
    if b.options.assume_safe_functions:
        return b.as_object(result)
    b.carry(callee, result.node)
    if receiver is not None:
        rest = Value(without(b, receiver.node, gone))
        b.carry(rest, result.node, Op.KEEP if method in known.copies else Op.USE)
    for argument in arguments:
        b.carry(argument.value, result.node)
    return b.as_object(result)


def _is_taken(node: Node) -> bool:
    """Somebody gets the result: `tables = table.append(other)`."""
    return node.parent is not None and node.parent.kind in _TAKING


def _is_in_place(b: Builder, node: Node) -> bool:
    """`frame.fillna(x, inplace=True)`."""
    for argument in node.fields[1]:
        if argument.kind == "Keyword" and argument.fields[0].fields[0] == "inplace":
            known = b.source.constant(argument.fields[1])
            return known is not None and known.value is True
    return False


def _fill(b: Builder, receiver: Value, arguments: Sequence[Argument], op: Op) -> None:
    for obj in receiver.objects:
        b.lengths.pop(obj, None)
        after = b.join_node()
        b.graph.step(b.state.state_of(obj), after)
        for argument in arguments:
            b.graph.step(argument.value.node, after, op, ANY if op is Op.PUT else None)
        b.state.set(obj, after)


def _call_back(b: Builder, receiver: Value | None, arguments: Sequence[Argument], result: Value) -> None:
    """Functions that are handed over are called with what the call knows: `frame.apply(clean)`."""
    functions = [b.callables[obj] for argument in arguments for obj in argument.value.objects if obj in b.callables]
    functions = [made for made in functions if made.code.kind != "ClassDef" and can_follow(b, made)]
    if not functions:
        return
    given = b.join_node()
    if receiver is not None:
        b.graph.step(receiver.node, given, Op.USE)
    for argument in arguments:
        if not any(obj in b.callables for obj in argument.value.objects):
            b.graph.step(argument.value.node, given, Op.USE)
    for made in functions:
        params = made.code.fields[0] if made.code.kind == "Lambda" else made.code.fields[3]
        value = follow(b, made, [Argument(b.as_object(Value(given))) for _ in params], None)
        b.graph.step(value.node, result.node, Op.USE)


def _transferred(b: Builder, transfers: Sequence[Transfer], arguments: Sequence[Argument], result: Value) -> Value:
    """`enumerate` and its like: parts of the arguments become parts of the result."""
    for transfer in transfers:
        given = arguments[transfer.argument : transfer.argument + 1]
        for argument in given:
            _transfer(b, argument.value.node, transfer.taken, transfer.put, result.node)
    return b.as_object(result)


def _transfer(b: Builder, source: int, taken: Path, put: Path, target: int) -> None:
    for key in taken:
        source = _stepped(b, source, Op.GET, key)
    for key in reversed(put):
        source = _stepped(b, source, Op.PUT, key)
    b.graph.step(source, target)


def _stepped(b: Builder, source: int, op: Op, key: object) -> int:
    node = b.join_node()
    b.graph.step(source, node, op, key)
    return node
