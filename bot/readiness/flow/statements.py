"""What each kind of statement does: assignments, branches, loops, definitions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from readiness.flow.build import Builder, Loop, Value
from readiness.flow.functions import define_class, define_function
from readiness.flow.graph import NOTHING, Role
from readiness.flow.items import element_of, items_of
from readiness.flow.state import Changes, Entry, Held, Key, LoopState
from readiness.flow.tables import take_out
from readiness.flow.targets import assign, is_one, key_of
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.flow.build import Activation


_MAX_LEAVING = 20
"""Ways out of one loop or function that are told apart."""


def _expression(b: Builder, node: Node) -> None:
    b.evaluate(node.fields[0])


def _assign(b: Builder, node: Node) -> None:
    targets, value_code = node.fields
    value = b.as_object(b.evaluate(value_code))
    for target in targets:
        assign(b, target, value)


def _annotated(b: Builder, node: Node) -> None:
    target, _, value_code = node.fields
    if value_code is not None:
        assign(b, target, b.evaluate(value_code))


def _augmented(b: Builder, node: Node) -> None:
    target, _, value_code = node.fields
    before, value = b.evaluate(target), b.evaluate(value_code)
    made = b.join_node()
    b.graph.step(before.node, made)
    b.graph.step(value.node, made)
    assign(b, target, Value(made))


def _return(b: Builder, node: Node) -> None:
    if node.fields[0] is not None:
        b.activation.values.append(b.evaluate(node.fields[0]))
    if b.activation.base is not None and len(b.activation.ends) < _MAX_LEAVING:
        b.activation.ends.append(b.state.since(b.activation.base))
    b.state.dead = True


def _raise(b: Builder, node: Node) -> None:
    for part in node.fields:
        if part is not None:
            b.evaluate(part)
    b.state.dead = True


def _assert(b: Builder, node: Node) -> None:
    for part in node.fields:
        if part is not None:
            b.evaluate(part)


def _delete(b: Builder, node: Node) -> None:
    for target in node.fields[0]:
        if target.kind == "Name":
            b.state.set((-b.activation.number, target.fields[0]), Entry(NOTHING, (b.new_object(NOTHING),)))
        elif target.kind == "Subscript" and is_one(key := key_of(b, target)):
            take_out(b, b.evaluate(target.fields[0]), (key,))
        else:
            b.evaluate(target)


def _if(b: Builder, node: Node) -> None:
    """A chain of `elif` is one choice between many ways, however long it is; its tests are walked first."""
    bodies = []
    while True:
        test, body, orelse = node.fields
        b.evaluate(test)
        bodies.append(body)
        if len(orelse) != 1 or orelse[0].kind != "If":
            break
        node = orelse[0]
    b.go_on([b.branch(partial(b.block, body)) for body in (*bodies, orelse)])


def _loop(b: Builder, turn: Callable[[], None], orelse: tuple[Node, ...]) -> None:
    """Walk a body once, with what it leaves behind flowing back to its beginning."""
    before = b.state
    head = LoopState(b.graph, before)
    b.state = head.layer()
    loop = Loop(head)
    b.activation.loops.append(loop)
    turn()
    ends = [*loop.continues, *([] if b.state.dead else [b.state.changes])]
    head.turn(ends)
    b.activation.loops.pop()
    b.state = before
    ways: list[Changes | None] = [{}, *ends]
    if orelse:
        b.go_on(ways)
        ways = [b.branch(lambda: b.block(orelse))]
    b.go_on([*ways, *loop.breaks])


def _for(b: Builder, node: Node) -> None:
    target, iterated_code, body, orelse, _ = node.fields
    iterated = b.evaluate(iterated_code)
    items = items_of(b, iterated_code, iterated)
    if items is not None:
        _unrolled(b, node, items)
        return

    def turn() -> None:
        assign(b, target, element_of(b, iterated))
        b.block(body)

    _loop(b, turn, orelse)


def _unrolled(b: Builder, node: Node, items: list[Value]) -> None:
    """Walk a body once for each element of a list that the program writes out; `break` is no other than `continue`."""
    target, _, body, orelse, _ = node.fields
    for item in items:
        before = b.state
        loop = Loop(before)
        b.activation.loops.append(loop)
        b.state = before.layer()
        with b.turn(len(items)):
            assign(b, target, item)
            b.block(body)
        ends = [*loop.continues, *loop.breaks, None if b.state.dead else b.state.changes]
        b.activation.loops.pop()
        b.state = before
        b.go_on(ends)
        if b.state.dead:
            return
    b.block(orelse)


def _while(b: Builder, node: Node) -> None:
    test, body, orelse = node.fields

    def turn() -> None:
        b.evaluate(test)
        b.block(body)

    _loop(b, turn, orelse)


def _break(b: Builder, node: Node) -> None:
    if b.activation.loops:
        _leave(b, b.activation.loops[-1].breaks)


def _continue(b: Builder, node: Node) -> None:
    if b.activation.loops:
        _leave(b, b.activation.loops[-1].continues)


def _leave(b: Builder, ways: list[Changes]) -> None:
    """Go to an end of the loop; of very many ways there, the later ones are as if they went on in the body."""
    if len(ways) < _MAX_LEAVING:
        ways.append(b.state.since(b.activation.loops[-1].base))
        b.state.dead = True


def _with(b: Builder, node: Node) -> None:
    items, body, _ = node.fields
    for item in items:
        context, target = item.fields
        value = b.as_object(b.evaluate(context))
        if target is not None:
            assign(b, target, value)
    b.block(body)


def _try(b: Builder, node: Node) -> None:
    body, handlers, orelse, finalbody, _ = node.fields
    before = b.state
    b.state = before.layer()
    ever = _watched(b, body)
    tried = b.state
    b.state = before
    reached = handlers if any(map(_may_raise, b.source.nodes[body[0].enter : body[-1].leave + 1])) else ()
    ways = [b.branch(partial(_handler, b, handler, ever)) for handler in reached]
    if not tried.dead:
        ways.append(_then(b, tried.changes, orelse))
    _finally(b, ways, ever, finalbody)


def _watched(b: Builder, body: tuple[Node, ...]) -> dict[Key, list[Held]]:
    """Run a body that may be left at any time; all that was ever held in it."""
    ever: dict[Key, list[Held]] = {}
    outer = b.state
    for statement in body:
        b.state = outer.layer()
        b.block((statement,))
        for key, held in b.state.changes.items():
            ever.setdefault(key, []).append(held)
        outer.changes.update(b.state.changes)
        outer.dead = b.state.dead
        b.state = outer
        if outer.dead:
            break
    return ever


def _may_raise(node: Node) -> bool:
    return node.kind not in _QUIET


_QUIET = frozenset({"Pass", "Break", "Continue", "Return", "Global", "Nonlocal", "Constant", "Expr"})
"""Code that raises no exception."""


def _then(b: Builder, changes: Changes, block: tuple[Node, ...]) -> Changes | None:
    def walk() -> None:
        b.state.changes.update(changes)
        b.block(block)

    return b.branch(walk)


def _handler(b: Builder, handler: Node, ever: dict[Key, list[Held]]) -> None:
    """A handler may begin before or after anything that the body did."""
    kind, name, body = handler.fields
    b.state.may_hold(ever)
    if kind is not None:
        b.evaluate(kind)
    if name is not None:
        caught = b.new(name, Role.TARGET)
        b.write(name.fields[0], Value(caught), caught)
    b.block(body)


def _finally(b: Builder, ways: list[Changes | None], ever: dict[Key, list[Held]], block: tuple[Node, ...]) -> None:
    """What is done at last is done in any case; the program goes on behind it only if some way came so far."""
    alive = [way for way in ways if way is not None]
    if alive or not block:
        b.go_on(ways)
        b.block(block)
        return
    b.state.may_hold(ever)
    b.block(block)
    b.state.dead |= b.options.native


def _match(b: Builder, node: Node) -> None:
    subject_code, cases = node.fields
    subject = b.as_object(b.evaluate(subject_code))
    ways: list[Changes | None] = [{}]
    for case in cases:
        pattern, guard, body = case.fields

        def walk(pattern: Node = pattern, guard: Node | None = guard, body: tuple[Node, ...] = body) -> None:
            _capture(b, pattern, subject)
            if guard is not None:
                b.evaluate(guard)
            b.block(body)

        ways.append(b.branch(walk))
    b.go_on(ways)


def _capture(b: Builder, pattern: Node, subject: Value) -> None:
    """A pattern of `match` binds names to parts of the subject."""
    for name in b.source.nodes[pattern.enter : pattern.leave + 1]:
        if name.kind == "Name" and name.parent is not None and name.parent.kind in _CAPTURES:
            owner, field = name.parent, _CAPTURES[name.parent.kind]
            if owner.fields[field] is name:
                node = b.new(name, Role.TARGET)
                b.graph.step(subject.node, node)
                b.write(name.fields[0], Value(node), node)


_CAPTURES = {"MatchAs": 1, "MatchStar": 0, "MatchMapping": 2}


def _global(b: Builder, node: Node) -> None:
    for name in node.fields[0]:
        b.activation.shared[name.fields[0]] = b.module


def _nonlocal(b: Builder, node: Node) -> None:
    outer: Activation | None = b.activation.outer
    for name in node.fields[0]:
        owner = outer
        while owner is not None and b.state.entry((-owner.number, name.fields[0])) is None:
            owner = owner.outer
        if owner is not None:
            b.activation.shared[name.fields[0]] = owner


STATEMENTS: dict[str, Callable[[Builder, Node], None]] = {
    "Expr": _expression,
    "Assign": _assign,
    "AnnAssign": _annotated,
    "AugAssign": _augmented,
    "Return": _return,
    "Raise": _raise,
    "Assert": _assert,
    "Delete": _delete,
    "If": _if,
    "For": _for,
    "While": _while,
    "Break": _break,
    "Continue": _continue,
    "With": _with,
    "Try": _try,
    "Match": _match,
    "Global": _global,
    "Nonlocal": _nonlocal,
    "FunctionDef": define_function,
    "ClassDef": define_class,
}
