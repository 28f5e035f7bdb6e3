"""The flow graph of a program: where values come from and where they go, whatever rule asks.

A node is one evaluation of an expression, one assignment, or one state of an object. A function that is followed from two
calls has its nodes twice, so that what goes in at one call does not come out at the other.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

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


class Edge(NamedTuple):
    """A step of a value."""

    target: int
    op: Op
    key: object


class Place(NamedTuple):
    """A node of the graph, and the activation of a function that it belongs to."""

    activation: int
    node: int


class FlowGraph:
    """Nodes with the code they stand for, and the steps between them."""

    def __init__(self) -> None:
        self.code: list[Node | None] = [None]
        self.roles: list[Role] = [Role.JOIN]
        self.steps: list[list[Edge]] = [[]]
        self.values: dict[int, list[Place]] = {}
        """Number of a piece of code -> its evaluations."""
        self.after: dict[int, list[Place]] = {}
        """Number of an argument or receiver -> the objects that it stands for, as they are when the call is over."""

    def node(self, code: Node | None, activation: int, role: Role = Role.VALUE) -> int:
        """A new node."""
        number = len(self.code)
        self.code.append(code)
        self.roles.append(role)
        self.steps.append([])
        if code is not None and role is not Role.JOIN:
            table = self.after if role is Role.AFTER else self.values
            table.setdefault(code.enter, []).append(Place(activation, number))
        return number

    def step(self, source: int, target: int, op: Op = Op.KEEP, key: object = None) -> None:
        """Say that what one node carries, the other carries too."""
        if source != NOTHING and target != NOTHING and source != target:
            self.steps[source].append(Edge(target, op, key))

    def __len__(self) -> int:
        return len(self.code)
