"""From places in the code to nodes of the flow graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.flow.graph import FlowGraph, Role
from readiness.flow.plan import Spec
from readiness.pattern.bindings import same_text
from readiness.pattern.find import Match, find_each
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.source.python import PythonSource

_VALUE_OF = {"Assign": 1, "AnnAssign": 2, "AugAssign": 2, "Return": 0, "Expr": 0, "Keyword": 1, "Await": 0}
"""Code that stands for the value in one of its fields."""


@dataclass(frozen=True, eq=False, slots=True)
class Found:
    """A place that a formula found, in the graph."""

    match: Match
    code: tuple[Node, ...]
    """What is meant: the whole match, or what its focus names."""

    @property
    def interval(self) -> tuple[int, int]:
        """First and last number of the code."""
        return (self.code[0].enter, self.code[-1].leave) if self.code else (-1, -1)

    @property
    def is_named(self) -> bool:
        """What is meant is what a metavariable stands for, and so a value."""
        return any(bound.nodes == self.code and bound.content is None for bound in self.match.bindings.values())


class _Matches(dict[int, list[Match]]):
    """What formulas found in a program, by the identity of the formula: rules ask for the same."""


def _matches(spec: Spec, source: PythonSource) -> list[Match]:
    known = source.derived.setdefault(_Matches, _Matches())
    if not isinstance(known, _Matches):
        raise TypeError("PythonSource.derived holds something else under _Matches")
    if id(spec.formula) not in known:
        known[id(spec.formula)] = find_each(spec.formula, source)
    return known[id(spec.formula)]


def found(spec: Spec, source: PythonSource) -> list[Found]:
    """The places of a part of a rule; one for each way in which what it asks about can be bound."""
    distinct: dict[object, Found] = {}
    for match in _matches(spec, source):
        bound = tuple(getattr(match.bindings.get(name), "interval", None) for name in spec.asked)
        for one in _focused(spec, match):
            distinct.setdefault((one.interval, bound), one)
    return sorted(distinct.values(), key=lambda one: one.interval)


def _focused(spec: Spec, match: Match) -> Iterator[Found]:
    if not spec.focus:
        yield Found(match, match.place.nodes)
    for name in spec.focus:
        bound = match.bindings.get(name)
        if bound is not None and bound.nodes and bound.content is None:
            yield Found(match, bound.nodes)


class Spots:
    """Looks up the nodes of the graph for code."""

    def __init__(self, source: PythonSource, graph: FlowGraph) -> None:
        self._source = source
        self._graph = graph

    def values(self, code: Iterable[Node], exact: bool) -> dict[int, list[int]]:
        """Context -> the nodes of the value of some code, or of all that is in it."""
        nodes = map(self._meant, code) if exact else self._inside(code)
        return self._nodes(nodes, self._graph.values)

    def changed(self, code: Iterable[Node]) -> dict[int, list[int]]:
        """Context -> the objects that some code stands for, as they are when the code was run."""
        places = self._nodes(map(self._meant, code), self._graph.after)
        if places:
            return places
        made = self._nodes(map(self._meant, code), self._graph.values)
        bound = {
            context: [node for node in nodes if self._graph.roles[node] in (Role.TARGET, Role.PARAM)]
            for context, nodes in made.items()
        }
        return {context: nodes for context, nodes in bound.items() if nodes}

    def received(self, code: Iterable[Node]) -> dict[int, list[int]]:
        """Context -> the nodes of what arrives at some code: the arguments and the receiver of a call."""
        return self._nodes((part for one in code for part in self._given(one)), self._graph.values)

    def _given(self, code: Node) -> Iterator[Node]:
        meant = self._meant(code)
        if meant.kind != "Call" or code.kind in ("Assign", "AnnAssign", "AugAssign", "Return"):
            yield meant
            return
        func, arguments = meant.fields
        yield from map(self._meant, arguments)
        yield func
        if func.kind == "Attribute":
            yield func.fields[0]

    def _meant(self, code: Node) -> Node:
        """The expression or name that some code stands for."""
        node = same_text(code)
        while node.kind in _VALUE_OF:
            value = node.fields[_VALUE_OF[node.kind]]
            if not isinstance(value, Node):
                return node
            node = value
        if node.kind == "Param" and isinstance(node.fields[0], Node):
            node = node.fields[0]
        return node

    def _inside(self, code: Iterable[Node]) -> Iterator[Node]:
        for one in code:
            if one.enter >= 0:
                yield from self._source.nodes[one.enter : one.leave + 1]

    def _nodes(self, code: Iterable[Node], table: Mapping[int, list[int]]) -> dict[int, list[int]]:
        nodes: dict[int, list[int]] = defaultdict(list)
        for one in code:
            for node in table.get(one.enter, ()):
                nodes[self._graph.contexts[node]].append(node)
        return nodes
