"""Functions and classes of the program: defining them, and following a call into them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.flow.access import ANY, Op
from readiness.flow.build import Activation, Definition, Value
from readiness.flow.graph import Role
from readiness.flow.state import State
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.flow.build import Builder

MAX_CALLS = 6
"""Calls within calls that are followed."""


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a call: `name` of a keyword, `star` of `*xs` and `**xs`."""

    value: Value
    name: str = ""
    star: str = ""


# definitions


def define_function(b: Builder, node: Node) -> None:
    """`def` binds a name to something that can be called."""
    for decorator in node.fields[0]:
        b.evaluate(decorator)
    _evaluate_defaults(b, node.fields[3])
    made = _callable(b, node, b.new(node.fields[1], Role.TARGET))
    b.write(node.fields[1].fields[0], made, made.node)


def lambda_value(b: Builder, node: Node) -> Value:
    """A lambda is a value that can be called."""
    _evaluate_defaults(b, node.fields[0])
    return _callable(b, node, b.new(node))


def _evaluate_defaults(b: Builder, params: tuple[Node, ...]) -> None:
    for param in params:
        if param.fields[2] is not None:
            b.evaluate(param.fields[2])


def _callable(b: Builder, node: Node, value: int) -> Value:
    obj = b.new_object(value)
    outer = b.activation
    while outer.code.kind == "ClassDef" and outer.outer is not None:
        outer = outer.outer  # functions do not see the names of the class around them
    b.callables[obj] = Definition(node, outer)
    b.definitions[node.enter] = outer
    return Value(value, (obj,))


def define_class(b: Builder, node: Node) -> None:
    """`class` runs its body in a scope of its own."""
    for decorator in node.fields[0]:
        b.evaluate(decorator)
    bases = [b.evaluate(base) for base in node.fields[3]]
    outer = b.activation
    with b.activate(node, outer):
        b.block(node.fields[4])
    value = b.new(node.fields[1], Role.TARGET)
    obj = b.new_object(value)
    parents = tuple(b.callables[o] for base in bases for o in base.objects if o in b.callables)
    b.callables[obj] = Definition(node, outer, parents=parents)
    b.write(node.fields[1].fields[0], Value(value, (obj,)), value)


def method_of(owner: Definition, name: str, seen: int = 0) -> Definition | None:
    """The method that a class or one of its bases defines."""
    for statement in owner.code.fields[4] if owner.code.kind == "ClassDef" else ():
        if statement.kind == "FunctionDef" and statement.fields[1].fields[0] == name:
            return Definition(statement, owner.outer)
    found = (method_of(parent, name, seen + 1) for parent in owner.parents if seen < MAX_CALLS)
    return next((method for method in found if method is not None), None)


def is_static(function: Node) -> bool:
    """A method without `self`."""
    return any(decorator.fields == ("staticmethod",) for decorator in function.fields[0])


# calls


def can_follow(b: Builder, function: Definition) -> bool:
    """Recursion, and calls that lead too deep, are not followed."""
    if not b.options.native or len(b.graph) > b.follow_limit or b.activation.depth >= MAX_CALLS:
        return False
    activation: Activation | None = b.activation
    while activation is not None:
        if activation.code is function.code:
            return False
        activation = activation.caller
    return True


def follow(b: Builder, function: Definition, arguments: Sequence[Argument], call: Node | None) -> Value:
    """The value of a call, by walking the body of the function with these arguments."""
    if function.receiver is not None:
        arguments = [Argument(function.receiver), *arguments]
    before = b.state
    b.entered.add(function.code.enter)
    with b.activate(function.code, function.outer) as activation:
        b.state = before.layer()
        activation.base = before
        _bind(b, function.code, arguments)
        _run(b, function.code)
        if not b.state.dead:
            activation.ends.append(b.state.changes)
    b.state = before
    _come_back(b.state, activation)
    return _result(b, activation, call)


def construct(b: Builder, made: Definition, arguments: Sequence[Argument], call: Node) -> Value:
    """A new object of a class of the program."""
    value = b.as_object(Value(b.join_node()))
    obj = value.objects[0]
    b.classes[obj] = made
    init = method_of(made, "__init__")
    if init is None or not can_follow(b, init):
        for argument in arguments:
            b.graph.step(argument.value.node, value.node, Op.USE)
    else:
        init.receiver = value
        follow(b, init, arguments, None)
    node = b.new(call)
    b.graph.objects.add(node)
    b.graph.step(b.state.state_of(obj), node)
    return Value(node, value.objects)


def _run(b: Builder, code: Node) -> None:
    if code.kind == "Lambda":
        b.activation.values.append(b.evaluate(code.fields[1]))
    else:
        b.block(code.fields[5])


def _come_back(state: State, activation: Activation) -> None:
    """Take over what the function changed, without its own variables."""
    own = -activation.number
    ends = [{key: held for key, held in end.items() if not _is_of(key, own)} for end in activation.ends]
    state.join(ends)


def _is_of(key: object, activation: int) -> bool:
    return isinstance(key, tuple) and key[0] == activation


def _result(b: Builder, activation: Activation, call: Node | None) -> Value:
    node = b.new(call) if call is not None else b.join_node()
    for value in activation.values:
        b.graph.step(value.node, node)
    if activation.yields:
        for value in activation.yields:
            b.graph.step(value.node, node, Op.PUT, ANY)
        return b.as_object(Value(node))
    objects = dict.fromkeys(obj for value in activation.values for obj in value.objects)
    return b.as_object(Value(node, tuple(objects)))


def _bind(b: Builder, code: Node, arguments: Sequence[Argument]) -> None:
    """Give the parameters their values."""
    params = code.fields[0] if code.kind == "Lambda" else code.fields[3]
    positional = [argument for argument in arguments if not argument.name and not argument.star]
    named = {argument.name: argument.value for argument in arguments if argument.name}
    spread = [argument.value for argument in arguments if argument.star]
    only_named = False
    for param in params:
        name, _, default, star = param.fields
        only_named |= star == "*"
        if name is None:
            continue
        if star == "*":
            values, op = [argument.value for argument in positional], Op.PUT
            positional = []
        elif star == "**":
            values, op = list(named.values()), Op.PUT
        elif positional and not only_named:
            values, op = [positional.pop(0).value], Op.KEEP
        elif name.fields[0] in named:
            values, op = [named.pop(name.fields[0])], Op.KEEP
        else:
            values, op = [b.evaluate(default)] if default is not None else [], Op.KEEP
            values += spread
        _bind_param(b, name, values, op)


def _bind_param(b: Builder, name: Node, values: Sequence[Value], op: Op) -> None:
    node = b.new(name, Role.PARAM)
    for value in values:
        b.graph.step(value.node, node, op, ANY if op is Op.PUT else None)
    objects = tuple(dict.fromkeys(obj for value in values for obj in value.objects)) if op is Op.KEEP else ()
    b.state.set((-b.activation.number, name.fields[0]), b.held(Value(node, objects), node))


def enter(b: Builder, function: Definition) -> State:
    """Walk a function that nothing calls, with arguments of which nothing is known; the state at its end."""
    before = b.state
    b.entered.add(function.code.enter)
    with b.activate(function.code, function.outer) as activation:
        b.state = before.layer()
        activation.base = before
        _bind(b, function.code, [] if function.receiver is None else [Argument(function.receiver)])
        _run(b, function.code)
        after = b.state
        after.dead = False
        for inner in uncalled(b, function.code):
            enter_uncalled(b, inner)
    b.state = before
    return after


def enter_uncalled(b: Builder, function: Node) -> None:
    """Walk a function that was defined and that nothing was seen to call."""
    if function.enter in b.definitions and function.enter not in b.entered:
        enter(b, Definition(function, b.definitions[function.enter]))


def uncalled(b: Builder, scope: Node) -> Iterator[Node]:
    """The functions directly in a scope that were not walked, in the order of the text."""
    number = scope.enter + 1
    while number <= scope.leave:
        node = b.source.nodes[number]
        if node.kind in ("FunctionDef", "Lambda") and node.enter not in b.entered:
            yield node
            number = node.leave
        number += 1
