"""The flow graph of a program: where values come from and where they go, whatever rule asks.

A node is one evaluation of an expression, one assignment, or one state of an object. A function that is followed from two
calls has its nodes twice, so that what goes in at one call does not come out at the other; the same holds for a loop over
a list that the program writes out. Such a walk over code is a context.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from functools import cached_property
from typing import TypeAlias

from readiness.flow.access import Op
from readiness.source.tree import Node

NOTHING = 0
"""The node of what carries nothing."""


class Role(IntEnum):
    """What a node of the graph stands for."""

    VALUE = 0
    TARGET = 1
    PARAM = 2
    AFTER = 3
    """An object after a call that may have changed it."""
    JOIN = 4


Step: TypeAlias = tuple[int, Op, object]
"""The node at the other end, what is done with the value, and the key of the part."""

_NONE: frozenset[int] = frozenset()
_NO_STEPS: list[Step] = []
"""The steps of every node that has none; it stays empty."""
_VALUES = (Role.VALUE, Role.TARGET, Role.PARAM)


class FlowGraph:
    """Nodes with the code they stand for, and the steps between them."""

    def __init__(self) -> None:
        self.code: list[Node | None] = [None]
        self.roles: list[Role] = [Role.JOIN]
        self.contexts: list[int] = [0]
        self.steps: list[list[Step]] = [_NO_STEPS]
        self.objects: set[int] = set()
        """Calls that make an object of a class of the program."""

    def node(self, code: Node | None, context: int, role: Role = Role.VALUE) -> int:
        """A new node."""
        number = len(self.code)
        self.code.append(code)
        self.roles.append(role)
        self.contexts.append(context)
        self.steps.append(_NO_STEPS)
        return number

    def step(self, source: int, target: int, op: Op = Op.KEEP, key: object = None) -> None:
        """Say that what one node carries, the other carries too."""
        if source != NOTHING and target != NOTHING and source != target:
            steps = self.steps[source]
            if steps is _NO_STEPS:
                self.steps[source] = [(target, op, key)]
            else:
                steps.append((target, op, key))

    @cached_property
    def values(self) -> dict[int, list[int]]:
        """Number of a piece of code -> the nodes of its evaluations; to be asked when the graph is complete."""
        return self._by_code(_VALUES)

    @cached_property
    def after(self) -> dict[int, list[int]]:
        """Number of an argument or receiver -> the objects that it stands for, as they are when the call is over."""
        return self._by_code((Role.AFTER,))

    @cached_property
    def arriving(self) -> list[list[Step]]:
        """For each node the steps that lead to it; to be asked when the graph is complete."""
        found: list[list[Step]] = [[] for _ in self.steps]
        for source, steps in enumerate(self.steps):
            for target, op, key in steps:
                found[target].append((source, op, key))
        return found

    def leading_to(self, nodes: Iterable[int], ways: Mapping[int, Sequence[int]]) -> frozenset[int]:
        """The nodes from which steps, or the ways of propagators (end -> beginnings), lead to some nodes."""
        before = self._before
        waiting = list(nodes)
        found = set(waiting)
        while waiting:
            node = waiting.pop()
            new = {*before[node], *ways[node]} if node in ways else before[node]
            if not new <= found:
                waiting += new - found
                found |= new
        return frozenset(found)

    @cached_property
    def _before(self) -> list[frozenset[int]]:
        """For each node those that steps lead from to it."""
        return [frozenset([step[0] for step in steps]) if steps else _NONE for steps in self.arriving]

    def _by_code(self, roles: Iterable[Role]) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for number, code in enumerate(self.code):
            if code is not None and self.roles[number] in roles:
                found.setdefault(code.enter, []).append(number)
        return found

    def __len__(self) -> int:
        return len(self.code)
