"""Lets facts flow through the graph: which source reaches which node, with which labels, and by which way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from readiness.flow.access import WHOLE, Path, moved
from readiness.flow.graph import FlowGraph

MAX_ORIGINS = 12
"""Sources that are told apart at one node, for each label; what more of them would say is the same."""
MAX_PARTS = 6
"""Parts of one value that are told apart; of more, the whole is meant."""


class Fact(NamedTuple):
    """Something of a source is (in a part of) the value of a node."""

    node: int
    origin: int
    label: str
    path: Path = WHOLE


class Way(NamedTuple):
    """A propagator: facts that have the right label go from one node to another."""

    target: int
    relabel: Callable[[str], str | None]


class Spread:
    """The facts of one rule in one program."""

    def __init__(self, graph: FlowGraph, blocked: Mapping[int, frozenset[str]], ways: Mapping[int, list[Way]]) -> None:
        self._graph = graph
        self._blocked = blocked
        self._ways = ways
        self._queue: deque[Fact] = deque()
        self._parents: dict[Fact, Fact | None] = {}
        self._at: dict[int, dict[str, dict[int, list[Path]]]] = {}
        self.watched: dict[int, list[Callable[[Fact], None]]] = {}
        """What is called when something arrives at a node."""
        self.stopped: dict[int, Fact] = {}
        """Nodes that let nothing through, with what arrived there."""

    def add(self, fact: Fact, parent: Fact | None = None) -> None:
        """Let a fact flow, unless as much is known already."""
        if self._is_blocked(fact):
            self.stopped.setdefault(fact.node, fact)
            return
        origins = self._at.setdefault(fact.node, {}).setdefault(fact.label, {})
        paths = origins.get(fact.origin)
        if paths is None:
            if len(origins) >= MAX_ORIGINS:
                return
            paths = origins[fact.origin] = []
        if fact.path in paths or WHOLE in paths:
            return
        if len(paths) >= MAX_PARTS:
            fact = fact._replace(path=WHOLE)
        paths.append(fact.path)
        self._parents[fact] = parent
        self._queue.append(fact)

    def _is_blocked(self, fact: Fact) -> bool:
        labels = self._blocked.get(fact.node)
        return labels is not None and (not labels or fact.label in labels)

    def run(self) -> None:
        """Until nothing new is known."""
        while self._queue:
            fact = self._queue.popleft()
            for edge in self._graph.steps[fact.node]:
                path = moved(fact.path, edge.op, edge.key)
                if path is not None:
                    self.add(Fact(edge.target, fact.origin, fact.label, path), fact)
            for way in self._ways.get(fact.node, ()):
                label = way.relabel(fact.label)
                if label is not None:
                    self.add(Fact(way.target, fact.origin, label), fact)
            for tell in self.watched.get(fact.node, ()):
                tell(fact)

    def labels_at(self, nodes: Iterable[int]) -> dict[str, dict[int, Fact]]:
        """Label -> origin -> a fact about the nodes; what is only in a part of a value counts as well."""
        found: dict[str, dict[int, Fact]] = {}
        for node in nodes:
            for label, origins in self._at.get(node, {}).items():
                for origin, paths in origins.items():
                    found.setdefault(label, {}).setdefault(origin, Fact(node, origin, label, paths[0]))
        return found

    def way_of(self, fact: Fact) -> list[Fact]:
        """The facts that led to this one, from the source on."""
        way = [fact]
        while (parent := self._parents.get(way[-1])) is not None:
            way.append(parent)
        return way[::-1]

    def nodes_reached(self, origin: int) -> list[int]:
        """The nodes that a source reaches."""
        return [fact.node for fact in self._parents if fact.origin == origin]
