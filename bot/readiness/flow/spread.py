"""Lets facts flow through the graph: which sources reach which node, with which labels, and by which way.

All sources of a rule flow at once: a set of them is an integer, one bit for each (its "origins").
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from heapq import heappop, heappush
from typing import NamedTuple, TypeAlias

from readiness.flow.access import WHOLE, Op, Path, moved
from readiness.flow.graph import FlowGraph

MAX_PARTS = 8
"""Parts of one value that are told apart; of more, the whole is meant."""
MAX_SEARCHED = 200_000
"""Facts that are looked at to tell the ways of all flows; the ways of more flows are told without steps."""
Origins: TypeAlias = int
What: TypeAlias = tuple[str, Path]
"""A label, and the part of the value."""
_KEEP, _USE = Op.KEEP, Op.USE


class Fact(NamedTuple):
    """Something with a label is (in a part of) the value of a node."""

    node: int
    label: str
    path: Path = WHOLE


class Way(NamedTuple):
    """A propagator: facts that have the right label go from one node to another."""

    target: int
    relabel: Callable[[str], str | None]


def each(origins: Origins) -> Iterator[int]:
    """The numbers of the sources in a set of them, the last one in the program first."""
    while origins:
        number = origins.bit_length() - 1
        yield number
        origins ^= 1 << number


class Spread:
    """The facts of one rule in one program."""

    def __init__(
        self,
        graph: FlowGraph,
        blocked: Mapping[tuple[int, str | None], object],
        ways: Mapping[int, list[Way]],
        useful: frozenset[int] | None = None,
    ) -> None:
        """`useful`: the only nodes at which anybody asks, or from which something leads there."""
        self._graph = graph
        self._blocked = blocked
        self._ways = ways
        self._useful = useful
        self._guarded = frozenset(node for node, _ in blocked)
        self._known: dict[int, dict[What, Origins]] = {}
        self._pending: dict[int, dict[What, Origins]] = {}
        self._queue: list[int] = []
        self._seeds: list[tuple[Fact, Origins]] = []
        self._derived: dict[Fact, list[Fact]] = {}
        self.searched = 0
        """Facts that were looked at to tell ways."""
        self.watched: dict[int, list[Callable[[], None]]] = {}
        """What is called when something arrives at a node."""
        self.stopped: dict[int, Origins] = {}
        """Nodes that let something not through, with what that was."""

    @property
    def sanitized(self) -> frozenset[int]:
        """The nodes of sanitizers; at the other ones that let nothing through, a source renews its label."""
        return frozenset(node for (node, _), by in self._blocked.items() if by is not None)

    def seed(self, fact: Fact, origins: Origins, because: Iterable[Fact] = ()) -> None:
        """Let something begin to flow; if it goes on from other facts, because of these."""
        because = list(because)
        for cause in because:
            known = self._derived.setdefault(cause, [])
            if fact not in known:
                known.append(fact)
        if not because:
            self._seeds.append((fact, origins))
        if (fact.node, None) not in self._blocked and (self._useful is None or fact.node in self._useful):
            self._add(fact.node, (fact.label, fact.path), origins)

    def _arrive(self, node: int, what: What, origins: Origins) -> None:
        if self._useful is not None and node not in self._useful:
            return
        if node in self._guarded and ((node, None) in self._blocked or (node, what[0]) in self._blocked):
            self.stopped[node] = self.stopped.get(node, 0) | origins
        else:
            self._add(node, what, origins)

    def _add(self, node: int, what: What, origins: Origins) -> None:
        known = self._known.get(node)
        if known is None:
            known = self._known[node] = {}
        label, path = what
        before = known.get(what, 0)
        fresh = origins & ~before
        if path and fresh:
            fresh &= ~known.get((label, WHOLE), 0)
        if not fresh:
            return
        if not before and path and len(known) >= MAX_PARTS:
            what = (label, WHOLE)
            before = known.get(what, 0)
        known[what] = before | fresh
        pending = self._pending.get(node)
        if pending is None:
            pending = self._pending[node] = {}
            heappush(self._queue, node)
        pending[what] = pending.get(what, 0) | fresh

    def run(self) -> None:
        """Until nothing new is known; in the order of the program, so that what comes together goes on together."""
        steps = self._graph.steps
        while self._queue:
            node = heappop(self._queue)
            for what, fresh in self._pending.pop(node).items():
                label, path = what
                for target, op, key in steps[node]:
                    moved_path = path if op is _KEEP else WHOLE if op is _USE else moved(path, op, key)
                    if moved_path is not None:
                        self._arrive(target, what if moved_path is path else (label, moved_path), fresh)
                for way in self._ways.get(node, ()):
                    relabelled = way.relabel(label)
                    if relabelled is not None:
                        self._arrive(way.target, (relabelled, WHOLE), fresh)
            for tell in self.watched.get(node, ()):
                tell()

    def _after(self, fact: Fact) -> Iterator[Fact]:
        """Where a fact goes from its node."""
        for target, op, key in self._graph.steps[fact.node]:
            path = moved(fact.path, op, key)
            if path is not None:
                yield Fact(target, fact.label, path)
        for way in self._ways.get(fact.node, ()):
            label = way.relabel(fact.label)
            if label is not None:
                yield Fact(way.target, label)

    def facts_at(self, nodes: Iterable[int]) -> dict[Fact, Origins]:
        """All that is known of some nodes; what is only in a part of a value counts as well."""
        found: dict[Fact, Origins] = {}
        for node in nodes:
            for (label, path), origins in self._known.get(node, {}).items():
                found[Fact(node, label, path)] = origins
        return found

    def nodes_reached(self, origin: int) -> list[int]:
        """The nodes that a source reaches."""
        bit = 1 << origin
        return [node for node, known in self._known.items() if any(origins & bit for origins in known.values())]

    def way(self, origin: int, goal: Fact) -> list[Fact]:
        """The shortest way of a source to a fact, from the source on; nothing if the search would take too long."""
        bit = 1 << origin
        parents: dict[Fact, Fact | None] = {fact: None for fact, origins in self._seeds if origins & bit}
        queue = deque(parents)
        while queue and self.searched < MAX_SEARCHED:
            fact = queue.popleft()
            self.searched += 1
            if fact == goal:
                return _back(fact, parents)
            for after in (*self._after(fact), *self._derived.get(fact, ())):
                known = self._held(after, bit)
                if known is not None and known not in parents:
                    parents[known] = fact
                    queue.append(known)
        return []

    def _held(self, fact: Fact, bit: Origins) -> Fact | None:
        """The fact as it is known: a part may have been taken for the whole."""
        known = self._known.get(fact.node, {})
        if known.get((fact.label, fact.path), 0) & bit:
            return fact
        return Fact(fact.node, fact.label) if known.get((fact.label, WHOLE), 0) & bit else None


def _back(fact: Fact, parents: Mapping[Fact, Fact | None]) -> list[Fact]:
    way = [fact]
    while (parent := parents[way[-1]]) is not None:
        way.append(parent)
    return way[::-1]
