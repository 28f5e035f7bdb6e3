"""The flow graph of a program: where values come from and where they go, whatever rule asks.

A node is one evaluation of an expression, one assignment, or one state of an object. A function that is followed from two
calls has its nodes twice, so that what goes in at one call does not come out at the other; the same holds for a loop over
a list that the program writes out. Such a walk over code is a context.
"""

from __future__ import annotations

from collections import defaultdict
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

_NO_STEPS: list[Step] = []
"""The steps of every node that has none; it stays empty."""
_NO_NODES: list[int] = []
"""The same for nodes."""


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

    @property
    def values(self) -> dict[int, list[int]]:
        """Number of a piece of code -> the nodes of its evaluations; to be asked when the graph is complete."""
        return self._by_code[0]

    @property
    def after(self) -> dict[int, list[int]]:
        """Number of an argument or receiver -> the objects that it stands for, as they are when the call is over."""
        return self._by_code[1]

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
            for beginning in (*before[node], *ways[node]) if node in ways else before[node]:
                if beginning not in found:
                    found.add(beginning)
                    waiting.append(beginning)
        return frozenset(found)

    @cached_property
    def _before(self) -> list[list[int]]:
        """For each node those that steps lead from to it: less than `arriving`, for the rules that ask nothing else."""
        found: list[list[int]] = [_NO_NODES] * len(self.steps)
        for source, steps in enumerate(self.steps):
            for step in steps:
                target = step[0]
                if found[target] is _NO_NODES:
                    found[target] = [source]
                else:
                    found[target].append(source)
        return found

    @cached_property
    def _by_code(self) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
        """Number of a piece of code -> the nodes of its values, and those of objects after it."""
        values, after = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
        for number, (code, role) in enumerate(zip(self.code, self.roles, strict=True)):
            if code is not None:
                (after if role is Role.AFTER else values)[code.enter].append(number)
        return dict(values), dict(after)

    def __len__(self) -> int:
        return len(self.code)
