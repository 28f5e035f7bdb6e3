"""Find the flows that a rule describes in a program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import TYPE_CHECKING

from readiness.flow.labels import Requires
from readiness.flow.plan import HERE, FlowPlan, Needs, Propagator, Sanitizer, Sink, Source
from readiness.flow.program import FlowProgram, program_of
from readiness.flow.spots import Found, Spots, found
from readiness.flow.spread import Fact, Spread, Way
from readiness.pattern.find import can_match

if TYPE_CHECKING:
    from readiness.source.python import PythonSource


@dataclass(frozen=True, eq=False, slots=True)
class Arrival:
    """A sink that something reaches: which source, and the facts on the way."""

    source: Found
    sink: Found
    way: tuple[Fact, ...]
    name: str = ""


@dataclass(frozen=True, eq=False, slots=True)
class Flow:
    """What a rule describes: one source and the sinks that it reaches (one, unless the rule asks for several)."""

    arrivals: tuple[Arrival, ...]

    @property
    def source(self) -> Found:
        """Where it begins."""
        return self.arrivals[-1].source

    @property
    def sink(self) -> Found:
        """Where it ends."""
        return self.arrivals[-1].sink


@dataclass(eq=False, slots=True)
class _Begin:
    """A source in one activation of its function."""

    number: int
    spec: Source
    found: Found
    targets: tuple[int, ...]
    inputs: dict[str, tuple[int, ...]] = field(default_factory=dict)


def find_flows(plan: FlowPlan, source: PythonSource) -> list[Flow]:
    """The flows of a rule in a program, in the order of their sinks."""
    if not _can_flow(plan, source):
        return []
    sources = [(spec, one) for spec in plan.sources for one in found(spec, source)]
    sinks = [(spec, one) for spec in plan.sinks for one in found(spec, source)] if sources else []
    if not sources or not sinks:
        return []
    return _Search(plan, program_of(source, plan.options), sources, sinks).flows()


def _can_flow(plan: FlowPlan, source: PythonSource) -> bool:
    """Some source and some sink could be in the program."""
    return all(any(can_match(spec.formula, source) for spec in specs) for specs in (plan.sources, plan.sinks))


class _Search:
    """One rule in one program."""

    def __init__(
        self,
        plan: FlowPlan,
        program: FlowProgram,
        sources: Sequence[tuple[Source, Found]],
        sinks: Sequence[tuple[Sink, Found]],
    ) -> None:
        self.plan = plan
        self.program = program
        self.sinks = sinks
        self.spots = Spots(program.source, program.graph)
        self.origins: list[Found] = []
        self.begins = [begin for spec, one in sources for begin in self._begins(spec, one)]
        self.spread = Spread(program.graph, self._blocked([*sources, *sinks]), self._ways())

    def flows(self) -> list[Flow]:
        """Let everything flow, then look what arrived."""
        self._start()
        arrivals = [arrival for spec, one in self.sinks for arrival in self._arrivals(spec, one)]
        if self.plan.together:
            return list(_joint(arrivals, self.plan.together))
        return [Flow((arrival,)) for arrival in arrivals]

    # sources

    def _begins(self, spec: Source, one: Found) -> Iterator[_Begin]:
        targets = self._targets(spec, one)
        inputs = {} if spec.needs is None else {name: self._input(one, name) for name in spec.needs.at}
        for activation, nodes in targets.items():
            number = len(self.origins)
            self.origins.append(one)
            given = {name: tuple(at.get(activation, ())) for name, at in inputs.items()}
            if HERE in given:
                given[HERE] = tuple(nodes)
            yield _Begin(number, spec, one, tuple(nodes), given)

    def _targets(self, spec: Source | Sanitizer, one: Found) -> dict[int, list[int]]:
        if spec.side_effect == "only":
            return self.spots.changed(one.code)
        values = self.spots.values(one.code, spec.exact)
        if spec.side_effect:
            for activation, nodes in self.spots.changed(one.code).items():
                values.setdefault(activation, []).extend(nodes)
        return values

    def _input(self, one: Found, name: str) -> dict[int, list[int]]:
        """The nodes of what a metavariable is bound to."""
        bound = one.match.bindings.get(name)
        return {} if bound is None else self.spots.values(bound.nodes, exact=True)

    def _start(self) -> None:
        """Plain sources first; those that need labels when the labels come; those that exclude labels at last."""
        late = []
        for begin in self.begins:
            if begin.spec.needs is None:
                for node in begin.targets:
                    self.spread.add(Fact(node, begin.number, begin.spec.label, begin.spec.at))
            elif begin.spec.needs.is_negative:
                late.append(begin)
            else:
                for node in {node for nodes in begin.inputs.values() for node in nodes}:
                    self.spread.watched.setdefault(node, []).append(lambda _, begin=begin: self._derive(begin))  # type: ignore[misc]
        self.spread.run()
        for begin in sorted(late, key=lambda begin: min(begin.targets, default=0)):
            self._derive(begin)
            self.spread.run()

    def _derive(self, begin: _Begin) -> None:
        """A source that needs labels goes on as the origin of what brought them."""
        if begin.spec.needs is None:
            return
        for fact in self._met(begin.spec.needs, begin.inputs):
            for node in begin.targets:
                self.spread.add(Fact(node, fact.origin, begin.spec.label, begin.spec.at), fact)

    def _met(self, needs: Needs, inputs: dict[str, tuple[int, ...]]) -> list[Fact]:
        """The facts by which the needed labels arrive; none if they do not."""
        ways: list[list[Fact]] = []
        for name, requires in needs.at.items():
            labels = self.spread.labels_at(inputs.get(name, ()))
            if not requires.holds(labels.keys()):
                return []
            ways.append(_shown(requires, labels))
        if not needs.same_origin or len(ways) < 2:
            return next((facts for facts in reversed(ways) if facts), [])
        common = set.intersection(*({fact.origin for fact in facts} for facts in ways if facts))
        return [fact for fact in ways[-1] if fact.origin in common]

    # sanitizers and propagators

    def _blocked(self, others: Sequence[tuple[Source | Sink, Found]]) -> dict[int, frozenset[str]]:
        taken = {_interval(one) for _, one in others}
        blocked: dict[int, frozenset[str]] = {}
        for spec in self.plan.sanitizers:
            for one in found(spec, self.program.source):
                if spec.yields and _interval(one) in taken:
                    continue
                for nodes in self._targets(spec, one).values():
                    blocked.update(dict.fromkeys(nodes, spec.labels))
        return blocked

    def _ways(self) -> dict[int, list[Way]]:
        ways: dict[int, list[Way]] = {}
        for spec in self.plan.propagators:
            for one in found(spec, self.program.source):
                starts = self._input(one, spec.start)
                ends = self._ends(spec, one)
                everywhere = [node for nodes in ends.values() for node in nodes]
                for activation, nodes in starts.items():
                    for start, end in product(nodes, ends.get(activation, everywhere)):
                        ways.setdefault(start, []).append(Way(end, _relabel(spec)))
        return ways

    def _ends(self, spec: Propagator, one: Found) -> dict[int, list[int]]:
        bound = one.match.bindings.get(spec.end)
        if bound is None:
            return {}
        nodes = self.spots.values(bound.nodes, exact=True)
        if spec.side_effect:
            for activation, changed in self.spots.changed(bound.nodes).items():
                nodes.setdefault(activation, []).extend(changed)
        return nodes

    # sinks

    def _arrivals(self, spec: Sink, one: Found) -> Iterator[Arrival]:
        """For each source that reaches a sink, the shortest way."""
        named = {name: self._input(one, name) for name in spec.needs.at if name != HERE}
        if spec.exact and not one.is_named:
            here = self.spots.received(one.code)
        else:
            here = self.spots.values(one.code, spec.exact)
        seen: set[int] = set()
        for activation in sorted({*here, *(a for at in named.values() for a in at)}):
            inputs = {name: tuple(at.get(activation, ())) for name, at in named.items()}
            if HERE in spec.needs.at:
                inputs[HERE] = tuple(here.get(activation, ()))
            for fact in self._met(spec.needs, inputs):
                if fact.origin not in seen:
                    seen.add(fact.origin)
                    yield Arrival(self.origins[fact.origin], one, tuple(self.spread.way_of(fact)), spec.name)


def _shown(requires: Requires, labels: dict[str, dict[int, Fact]]) -> list[Fact]:
    """The facts that speak for a condition."""
    wanted = [label for label in labels if not requires.wanted or label in requires.wanted]
    facts = {fact.origin: fact for label in reversed(wanted) for fact in labels[label].values()}
    return sorted(facts.values(), key=lambda fact: fact.origin)


def _relabel(spec: Propagator):  # type: ignore[no-untyped-def]
    def relabel(label: str) -> str | None:
        if not spec.needs.holds({label}):
            return None
        if spec.label is None or (spec.replaced is not None and label not in spec.replaced):
            return label
        return spec.label

    return relabel


def _interval(one: Found) -> tuple[int, int]:
    nodes = one.code
    return (nodes[0].enter, nodes[-1].leave) if nodes else (-1, -1)


def _joint(arrivals: Iterable[Arrival], together: tuple[str, ...]) -> Iterator[Flow]:
    """One flow for each source that reaches as many places of each name as are asked for."""
    by_origin: dict[int, list[Arrival]] = {}
    for arrival in arrivals:
        by_origin.setdefault(arrival.way[0].origin, []).append(arrival)
    for group in by_origin.values():
        ordered = sorted(group, key=lambda arrival: _interval(arrival.sink))
        chosen: list[Arrival] = []
        for name in together:
            one = next((a for a in ordered if a.name == name and a not in chosen), None)
            if one is None:
                break
            chosen.append(one)
        else:
            yield Flow(tuple(chosen))
