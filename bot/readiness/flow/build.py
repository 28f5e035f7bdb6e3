"""From a program to its flow graph: a walk in the order in which the program runs.

The walk itself knows three things: what names hold (`State`), which functions it is in (`Activation`), and how much work
it has done. What each construct does is in `statements.py`, `expressions.py`, `targets.py` and `calls.py`.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readiness.flow.access import Op
from readiness.flow.graph import NOTHING, FlowGraph, Role
from readiness.flow.knowledge import Options
from readiness.flow.state import Changes, Entry, State
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.source.python import PythonSource

_BUILTINS = frozenset(dir(builtins))


@dataclass(frozen=True, slots=True)
class Value:
    """What evaluating an expression gave: a node of the graph, and the objects that it may be."""

    node: int = NOTHING
    objects: tuple[int, ...] = ()


EMPTY = Value()


@dataclass(eq=False, slots=True)
class Loop:
    """A loop that is being walked, and the states in which it is left early."""

    base: State
    breaks: list[Changes] = field(default_factory=list)
    continues: list[Changes] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class Activation:
    """One run of a function's body (or of the module's)."""

    number: int
    code: Node
    outer: Activation | None = None
    """The activation that the function was defined in, whose names it sees."""
    caller: Activation | None = None
    base: State | None = None
    values: list[Value] = field(default_factory=list)
    """What it returns."""
    yields: list[Value] = field(default_factory=list)
    ends: list[Changes] = field(default_factory=list)
    """The states in which it returns."""
    shared: dict[str, Activation] = field(default_factory=dict)
    """Names declared `global` or `nonlocal`, with the activation that has them."""
    loops: list[Loop] = field(default_factory=list)

    @property
    def depth(self) -> int:
        """How many calls lead here."""
        return 0 if self.caller is None else self.caller.depth + 1


@dataclass(eq=False, slots=True)
class Definition:
    """A function or class of the program, as a value."""

    code: Node
    outer: Activation
    receiver: Value | None = None
    """What the first parameter is, for a method."""
    parents: tuple[Definition, ...] = ()
    """The base classes that the program defines."""


class TooMuchWork(Exception):
    """The limit of work for one function was reached."""


class Builder:
    """Walks a program; its parts call each other through it."""

    def __init__(self, source: PythonSource, options: Options, follow_limit: int) -> None:
        from readiness.flow.expressions import EXPRESSIONS
        from readiness.flow.statements import STATEMENTS

        self.source = source
        self.options = options
        self.knowledge = options.knowledge
        self.graph = FlowGraph()
        self.state = State(self.graph)
        self.module = Activation(0, source.tree)
        self.activation = self.module
        self.callables: dict[int, Definition] = {}
        """What is known of an object that can be called."""
        self.classes: dict[int, Definition] = {}
        """The class of an object that was made from one of the program's classes."""
        self.definitions: dict[int, Activation] = {}
        """Functions that were defined, with the activation whose names they see."""
        self.entered: set[int] = set()
        """Functions whose body was walked."""
        self.lengths: dict[int, int] = {}
        """Objects of which is known how many elements they have."""
        self.elements: dict[int, tuple[Node, ...]] = {}
        """Objects of which is known how their elements are written."""
        self.names: dict[int, object] = {}
        """Objects that are a known text or number: the elements of a list that a loop goes through one by one."""
        self.displays: dict[int, Value] = {}
        """The lists and tuples that were written out, as they were evaluated last."""
        self.context = 0
        """What tells the nodes of one piece of code apart: the run of its function, or the turn of a loop."""
        self.turns = 1
        """How often the code that is being walked is walked because of loops around it."""
        self.limit = follow_limit
        """Nodes of the graph at which the walk of a function ends."""
        self.follow_limit = follow_limit
        """Nodes from which on calls are not followed and loops not unrolled any more."""
        self._contexts = 0
        self._objects = 0
        self._expressions: dict[str, Callable[[Builder, Node], Value]] = EXPRESSIONS
        self._statements: dict[str, Callable[[Builder, Node], None]] = STATEMENTS

    # walking

    def evaluate(self, node: Node) -> Value:
        """What an expression gives."""
        read = self._expressions.get(node.kind)
        return EMPTY if read is None else read(self, node)

    def block(self, statements: tuple[Node, ...]) -> None:
        """Run statements until one leaves the block."""
        for statement in statements:
            if self.state.dead:
                return
            if len(self.graph) > self.limit:
                raise TooMuchWork
            run = self._statements.get(statement.kind)
            if run is not None:
                run(self, statement)

    def branch(self, walk: Callable[[], None]) -> Changes | None:
        """What a way through the program changes; None if it does not come back."""
        before = self.state
        self.state = before.layer()
        try:
            walk()
            return None if self.state.dead else self.state.changes
        finally:
            self.state = before

    def go_on(self, ways: list[Changes | None]) -> None:
        """Go on with what is left of several ways."""
        alive = [way for way in ways if way is not None]
        if alive:
            self.state.join(alive)
        else:
            self.state.dead = True

    # nodes

    def new(self, code: Node | None, role: Role = Role.VALUE) -> int:
        """A node of the graph for a piece of code, in the function that is being walked."""
        return self.graph.node(code, self.context, role)

    def join_node(self) -> int:
        """A node that no code stands for."""
        return self.graph.node(None, self.context, Role.JOIN)

    def made(self, code: Node, *parts: Value, op: Op = Op.USE) -> Value:
        """A new value, made from others."""
        node = self.new(code)
        for part in parts:
            self.carry(part, node, op)
        return Value(node)

    def carry(self, value: Value, target: int, op: Op = Op.USE, key: object = None) -> None:
        """Say that an operation or call carries a value on."""
        if not self.options.only_assignments:
            self.graph.step(value.node, target, op, key)

    def derived(self, code: Node, *parts: Value, op: Op = Op.USE) -> Value:
        """A new object, made from others."""
        return self.as_object(self.made(code, *parts, op=op))

    def as_object(self, value: Value) -> Value:
        """The value with an object of its own, so that changes of it are seen through every name that it gets."""
        if value.objects:
            return value
        return Value(value.node, (self.new_object(value.node),))

    def new_object(self, node: int) -> int:
        """An object whose state is a node."""
        self._objects += 1
        self.state.set(self._objects, node)
        return self._objects

    # names

    def variable(self, name: str) -> tuple[Activation, Entry] | None:
        """What a name holds, and in which activation."""
        activation: Activation | None = self.activation.shared.get(name, self.activation)
        get = self.state.get
        while activation is not None:
            entry = get((-activation.number, name))
            if isinstance(entry, Entry):
                return activation, entry
            activation = activation.outer
        return None

    def read(self, name: Node) -> Value:
        """The value of a variable."""
        spelt: str = name.fields[0]
        found = self.variable(spelt)
        node = self.new(name)
        if found is not None:
            for held in self.state.nodes_of(found[1]):
                self.graph.step(held, node)
            return Value(node, found[1].objects)
        if spelt in _BUILTINS or self.source.resolve(name) is not None:
            return Value(node)
        outside = self.new_object(self.graph.node(None, 0, Role.JOIN))
        self.state.set((-self.module.number, spelt), Entry(NOTHING, (outside,)))
        self.graph.step(self.state.state_of(outside), node)
        return Value(node, (outside,))

    def write(self, name: str, value: Value, target: int) -> None:
        """Bind a name; `target` is the node of the assignment, through which its value goes."""
        owner = self.activation.shared.get(name, self.activation)
        self.state.set((-owner.number, name), self.held(value, target))

    def held(self, value: Value, target: int) -> Entry:
        """What holds a value after an assignment through a node: a new object has the node as its state."""
        value = self.as_object(value)
        if len(value.objects) == 1 and self.state.state_of(value.objects[0]) == value.node:
            self.state.set(value.objects[0], target)
            return Entry(NOTHING, value.objects)
        return Entry(target, value.objects, tuple(map(self.state.state_of, value.objects)))

    def new_context(self) -> int:
        """A number for another walk over the same code."""
        self._contexts += 1
        return self._contexts

    @contextmanager
    def turn(self, of: int) -> Iterator[None]:
        """Walk a piece of code as one of several turns."""
        before = self.context, self.turns
        if of > 1:
            self.context, self.turns = self.new_context(), self.turns * of
        try:
            yield
        finally:
            self.context, self.turns = before

    @contextmanager
    def activate(self, code: Node, outer: Activation) -> Iterator[Activation]:
        """Be in a new activation of a function."""
        before = self.activation, self.context
        number = self.context = self.new_context()
        activation = self.activation = Activation(number, code, outer, self.activation)
        try:
            yield activation
        finally:
            self.activation, self.context = before
