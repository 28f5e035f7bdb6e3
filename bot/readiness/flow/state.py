"""What names and objects hold at one point of a program.

A state is a layer over another one and holds only what changed in it, so that a branch costs what it does and not what
the program has done before. The layer of a loop reads through nodes of its own, which what the loop leaves behind flows
back to: one pass over its body is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from readiness.flow.graph import NOTHING, FlowGraph, Role


@dataclass(frozen=True, slots=True)
class Entry:
    """What a variable or a part of an object holds: objects, and a value that no object stands for."""

    value: int
    objects: tuple[int, ...]
    states: tuple[int, ...] = ()
    """The states of the objects that the value had; as long as they are the same, it says all."""


Key: TypeAlias = int | tuple[int, object]
"""An object (its state is a node), or a variable of an activation or a part of an object (it holds an entry)."""
Held: TypeAlias = int | Entry
Changes: TypeAlias = dict[Key, Held]
MAX_OBJECTS = 6
"""Objects that a variable may stand for; of more, only some are followed when they change."""


class State:
    """A layer of what is held."""

    __slots__ = ("changes", "dead", "graph", "parent")

    def __init__(self, graph: FlowGraph, parent: State | None = None) -> None:
        self.graph = graph
        self.parent = parent
        self.changes: Changes = {}
        self.dead = False
        """No program comes here: behind a `return`, `raise`, `break` or `continue`."""

    def get(self, key: Key) -> Held | None:
        """What is held here, in this layer or one below."""
        state: State | None = self
        while state is not None:
            held = state.changes.get(key)
            if held is not None:
                return held
            if isinstance(state, LoopState):
                return state.carried(key)
            state = state.parent
        return None

    def set(self, key: Key, held: Held) -> None:
        """Hold something from now on."""
        self.changes[key] = held

    def layer(self) -> State:
        """A new layer on top of this one."""
        return State(self.graph, self)

    def since(self, base: State) -> Changes:
        """All that changed in the layers above another one."""
        layers = []
        state: State | None = self
        while state is not None and state is not base:
            layers.append(state.changes)
            state = state.parent
        changes: Changes = {}
        for layer in reversed(layers):
            changes.update(layer)
        return changes

    def state_of(self, obj: int) -> int:
        """The node of an object as it is now."""
        held = self.get(obj)
        return held if isinstance(held, int) else NOTHING

    def entry(self, key: Key) -> Entry | None:
        """What a variable or part holds now."""
        held = self.get(key)
        return held if isinstance(held, Entry) else None

    def nodes_of(self, entry: Entry) -> Iterator[int]:
        """The nodes whose values a reader of an entry gets."""
        if entry.value != NOTHING:
            yield entry.value
        for obj in entry.objects:
            node = self.state_of(obj)
            if node != NOTHING and node not in entry.states:
                yield node

    def join(self, branches: Iterable[Changes]) -> None:
        """Go on with whatever any of the branches above this layer left behind."""
        ways = list(branches)
        if len(ways) == 1:
            self.changes.update(ways[0])
            return
        keys = dict.fromkeys(key for changes in ways for key in changes)
        joined = {key: self._joined(key, [changes.get(key) for changes in ways]) for key in keys}
        self.changes.update({key: held for key, held in joined.items() if held is not None})

    def may_hold(self, ever: Mapping[Key, list[Held]]) -> None:
        """Go on with what was held at any time, or with what is held now."""
        joined = {key: self._joined(key, [None, *held]) for key, held in ever.items()}
        self.changes.update({key: held for key, held in joined.items() if held is not None})

    def _joined(self, key: Key, held: list[Held | None]) -> Held | None:
        if None in held:
            before = self.get(key)
            held = [before if one is None else one for one in held]
        distinct = [one for one in dict.fromkeys(held) if one is not None]
        if len(distinct) < 2:
            return distinct[0] if distinct else None
        entries = [one for one in distinct if isinstance(one, Entry)]
        if entries:
            objects = tuple(dict.fromkeys(obj for entry in entries for obj in entry.objects))
            states = tuple(dict.fromkeys(node for entry in entries for node in entry.states))
            return Entry(self._one(entry.value for entry in entries), objects[:MAX_OBJECTS], states)
        return self._one(one for one in distinct if isinstance(one, int))

    def _one(self, nodes: Iterable[int]) -> int:
        """One node for what any of several holds."""
        distinct = [node for node in dict.fromkeys(nodes) if node != NOTHING]
        if len(distinct) < 2:
            return distinct[0] if distinct else NOTHING
        joined = self.graph.node(None, 0, Role.JOIN)
        for node in distinct:
            self.graph.step(node, joined)
        return joined


class LoopState(State):
    """The layer of a loop: what it reads from outside it may also have from its own last turn."""

    __slots__ = ("_carried",)

    def __init__(self, graph: FlowGraph, parent: State) -> None:
        super().__init__(graph, parent)
        self._carried: dict[Key, Held] = {}

    def carried(self, key: Key) -> Held | None:
        """What is read for the first time in the loop; it is held from then on."""
        before = None if self.parent is None else self.parent.get(key)
        if before is None:
            return None
        head = self.changes[key] = self._carried[key] = self._head(before)
        return head

    def _head(self, before: Held) -> Held:
        """A node that the next turn can flow back to."""
        head = self.graph.node(None, 0, Role.JOIN)
        if isinstance(before, Entry):
            self.graph.step(before.value, head)
            return Entry(head, before.objects)
        self.graph.step(before, head)
        return head

    def turn(self, ends: Iterable[Changes]) -> None:
        """Flow back to the beginning of the loop what the ends of its body hold."""
        for end in ends:
            for key, start in list(self._carried.items()):
                last = end.get(key, self.changes[key])
                if last == start:
                    continue
                if isinstance(start, Entry) and isinstance(last, Entry):
                    self._flow_back(start, last, end)
                elif isinstance(start, int) and isinstance(last, int):
                    self.graph.step(last, start)

    def _flow_back(self, start: Entry, last: Entry, end: Changes) -> None:
        self.graph.step(last.value, start.value)
        for obj in last.objects:
            if obj not in start.objects:
                held = end.get(obj, self.get(obj))
                if isinstance(held, int):
                    self.graph.step(held, start.value)
