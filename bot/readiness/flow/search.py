"""One flow rule in one program: its parts are put into the flow graph, everything flows, and the sinks are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import product

from readiness.flow.labels import Requires
from readiness.flow.lineage import lineage_of
from readiness.flow.plan import HERE, FlowPlan, Needs, Propagator, Sanitizer, Sink, Source
from readiness.flow.program import FlowProgram
from readiness.flow.relations import RowCondition
from readiness.flow.rows import Rows
from readiness.flow.spots import Found, Spots, found
from readiness.flow.spread import Fact, Origins, Spread, Way, each


@dataclass(frozen=True, eq=False, slots=True)
class Arrival:
    """A sink that something reaches: what, and from which sources."""

    sink: Found
    name: str
    facts: dict[Fact, Origins]

    @property
    def origins(self) -> Origins:
        """The sources that reach it."""
        return _union(self.facts)

    def without(self, origins: Origins) -> Arrival:
        """The same, without some of the sources."""
        facts = {fact: some & ~origins for fact, some in self.facts.items() if some & ~origins}
        return Arrival(self.sink, self.name, facts)


@dataclass(eq=False, slots=True)
class _Begin:
    """A source in one context."""

    spec: Source
    origin: Origins
    targets: tuple[int, ...]
    inputs: dict[str, tuple[int, ...]] = field(default_factory=dict)
    rows_of: tuple[int, ...] = ()
    """The values whose rows the label remembers."""
    compared: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """The values whose rows its condition asks about."""


class Search:
    """One rule in one program."""

    def __init__(
        self,
        plan: FlowPlan,
        program: FlowProgram,
        sources: Sequence[tuple[Source, Found]],
        sinks: Sequence[tuple[Sink, Found]],
        *,
        everywhere: bool = False,
    ) -> None:
        """`everywhere`: follow what begins wherever it goes, not only to where it matters."""
        self.plan = plan
        self.program = program
        self.sources = sources
        self.sinks = sinks
        self.spots = Spots(program.source, program.graph)
        self.origins: list[Found] = []
        """The sources by their numbers; one in a function that is followed from several calls has several."""
        self._begins = [begin for spec, one in sources for begin in self._begin(spec, one)]
        ways = self._ways()
        self.spread = Spread(program.graph, self._blocked(), ways, None if everywhere else self._useful(ways))
        self._start()

    def _useful(self, ways: Mapping[int, Sequence[Way]]) -> frozenset[int]:
        """The nodes from which something can get to a sink, or to a source that needs labels."""
        asked = [inputs for spec, one in self.sinks for _, inputs in self.inputs(spec, one)]
        asked += [begin.inputs for begin in self._begins]
        beginnings: dict[int, list[int]] = {}
        for start, onward in ways.items():
            for way in onward:
                beginnings.setdefault(way.target, []).append(start)
        nodes = {node for inputs in asked for at in inputs.values() for node in at}
        return self.program.graph.leading_to(nodes, beginnings)

    def way(self, origin: int, arrival: Arrival) -> list[Fact]:
        """The way from a source to a sink that it reaches."""
        goal = next(fact for fact, origins in arrival.facts.items() if origins >> origin & 1)
        return self.spread.way(origin, goal)

    # sources

    def _begin(self, spec: Source, one: Found) -> Iterator[_Begin]:
        inputs = {} if spec.needs is None else {name: self._input(one, name) for name in spec.needs.at}
        remembered = self._input(one, spec.rows_of)
        asked = {} if spec.rows is None else {name: self._input(one, name) for name in spec.rows.metavariables}
        for context, nodes in self._targets(spec, one).items():
            given = {name: tuple(at.get(context, ())) for name, at in inputs.items()}
            if HERE in given:
                given[HERE] = tuple(nodes)
            compared = {name: tuple(at.get(context, ())) for name, at in asked.items()}
            held = tuple(remembered.get(context, ()))
            yield _Begin(spec, 1 << len(self.origins), tuple(nodes), given, held, compared)
            self.origins.append(one)

    def _targets(self, spec: Source | Sanitizer, one: Found) -> dict[int, list[int]]:
        if spec.side_effect == "only":
            return self.spots.changed(one.code)
        values = self.spots.values(one.code, spec.exact)
        if spec.side_effect:
            for context, nodes in self.spots.changed(one.code).items():
                values.setdefault(context, []).extend(nodes)
        return values

    def _input(self, one: Found, name: str) -> dict[int, list[int]]:
        """The nodes of what a metavariable is bound to."""
        bound = one.match.bindings.get(name)
        return {} if bound is None else self.spots.values(bound.nodes, exact=True)

    def _start(self) -> None:
        """Plain sources first; those that need labels when the labels come; those that exclude labels at last."""
        late = []
        for begin in self._begins:
            if begin.spec.needs is None:
                for node in begin.targets:
                    self.spread.seed(Fact(node, begin.spec.label, begin.spec.at), begin.origin)
            elif begin.spec.needs.is_negative:
                late.append(begin)
            else:
                for node in {node for nodes in begin.inputs.values() for node in nodes}:
                    self.spread.watched.setdefault(node, []).append(partial(self._derive, begin))
        self.spread.run()
        for begin in sorted(late, key=lambda begin: min(begin.targets, default=0)):
            self._derive(begin)
            self.spread.run()

    def _derive(self, begin: _Begin) -> None:
        """A source that needs labels goes on as the origin of what brought them."""
        needs, rows = begin.spec.needs, begin.spec.rows
        facts = {} if needs is None else self._met(needs, begin.inputs)
        if needs is not None and facts and rows is not None:
            facts = self._holding(rows, begin.compared, facts, self._arrived(needs, begin.inputs))
        for node in begin.targets if facts else ():
            self.spread.seed(Fact(node, begin.spec.label, begin.spec.at), _union(facts), facts)

    def _met(self, needs: Needs, inputs: Mapping[str, tuple[int, ...]]) -> dict[Fact, Origins]:
        """The facts by which the needed labels arrive; none if they do not."""
        ways: list[dict[Fact, Origins]] = []
        for name, requires in needs.at.items():
            facts = self.spread.facts_at(inputs.get(name, ()))
            if not requires.holds({fact.label for fact in facts}):
                return {}
            ways.append(_speaking(requires, facts))
        ways = [way for way in ways if way]
        if not needs.same_origin or len(ways) < 2:
            return ways[-1] if ways else {}
        common = -1
        for way in ways:
            common &= _union(way)
        return {fact: origins & common for fact, origins in ways[-1].items() if origins & common}

    # sanitizers and propagators

    def _blocked(self) -> dict[tuple[int, str | None], object]:
        """Node and label (None: any) that do not let through; a source that renews stops what was there before."""
        taken = {one.interval for _, one in (*self.sources, *self.sinks)}
        blocked: dict[tuple[int, str | None], object] = {}
        for spec in self.plan.sanitizers:
            for one in found(spec, self.program.source):
                if spec.yields and one.interval in taken:
                    continue
                nodes = [node for at in self._targets(spec, one).values() for node in at]
                blocked.update({(node, label): one for node in nodes for label in spec.labels or (None,)})
        for begin in self._begins:
            if begin.spec.renews:
                blocked.update({(node, begin.spec.label): None for node in begin.targets})
        return blocked

    def _ways(self) -> dict[int, list[Way]]:
        ways: dict[int, list[Way]] = {}
        for spec in self.plan.propagators:
            for one in found(spec, self.program.source):
                ends = self._ends(spec, one)
                everywhere = [node for nodes in ends.values() for node in nodes]
                for context, nodes in self._input(one, spec.start).items():
                    for start, end in product(nodes, ends.get(context, everywhere)):
                        ways.setdefault(start, []).append(Way(end, _relabel(spec)))
        return ways

    def _ends(self, spec: Propagator, one: Found) -> dict[int, list[int]]:
        bound = one.match.bindings.get(spec.end)
        if bound is None:
            return {}
        nodes = self.spots.values(bound.nodes, exact=True)
        if spec.side_effect:
            for context, changed in self.spots.changed(bound.nodes).items():
                nodes.setdefault(context, []).extend(changed)
        return nodes

    # sinks

    def arrivals(self) -> Iterator[Arrival]:
        """The sinks that something reaches, in every context."""
        for spec, one in self.sinks:
            for context, inputs in self.inputs(spec, one):
                facts = self._met(spec.needs, inputs)
                if facts and spec.rows is not None:
                    compared = self._compared(spec.rows, one, context)
                    facts = self._holding(spec.rows, compared, facts, self._arrived(spec.needs, inputs))
                if facts:
                    yield Arrival(one, spec.name, facts)

    def unmet(
        self, spec: Sink, one: Found, context: int, inputs: Mapping[str, tuple[int, ...]], origin: int
    ) -> list[str]:
        """What a sink that a source comes to asks for and does not get: labels or, if all came, relations of rows."""
        came = {name: {fact.label for fact in self.spread.facts_at(inputs.get(name, ()))} for name in spec.needs.at}
        lacking = [f"{name} {r.text}".strip() for name, r in spec.needs.at.items() if not r.holds(came[name])]
        if lacking or spec.rows is None:
            return lacking
        own = {fact: 1 << origin for fact, some in self._met(spec.needs, inputs).items() if some >> origin & 1}
        compared, arrived = self._compared(spec.rows, one, context), self._arrived(spec.needs, inputs)
        return [part.text for part in spec.rows.parts if own and not self._holding(part, compared, own, arrived)]

    def _compared(self, condition: RowCondition, one: Found, context: int) -> dict[str, tuple[int, ...]]:
        """The values whose rows a condition asks about."""
        return {name: tuple(self._input(one, name).get(context, ())) for name in condition.metavariables}

    def inputs(self, spec: Sink, one: Found) -> Iterator[tuple[int, dict[str, tuple[int, ...]]]]:
        """The contexts of a sink, each with the nodes of all that it asks about."""
        named = {name: self._input(one, name) for name in spec.needs.names}
        if HERE in spec.needs.at:
            named[HERE] = self._here(spec, one)
        for context in sorted({context for at in named.values() for context in at}):
            yield context, {name: tuple(at.get(context, ())) for name, at in named.items()}

    def _here(self, spec: Sink, one: Found) -> dict[int, list[int]]:
        if spec.exact and not one.is_named:
            return self.spots.received(one.code)
        return self.spots.values(one.code, spec.exact)

    # rows

    def _holding(
        self,
        condition: RowCondition,
        compared: Mapping[str, tuple[int, ...]],
        facts: Mapping[Fact, Origins],
        arrived: Mapping[str, Origins],
    ) -> dict[Fact, Origins]:
        """The facts whose sources remember rows that are as it asks, with some of the others that arrive."""
        here = {name: self._rows(nodes) for name, nodes in compared.items()}
        holding: dict[Fact, Origins] = {}
        for fact, origins in facts.items():
            labels = sorted(condition.labels - {fact.label})
            ways = list(product(*(map(self._remembered, each(arrived[label])) for label in labels if label in arrived)))
            known = [dict(zip((label for label in labels if label in arrived), way, strict=True)) for way in ways]
            for origin in each(origins):
                own = {fact.label: self._remembered(origin)}
                if any(condition.holds({**here, **way, **own}) for way in known):
                    holding[fact] = holding.get(fact, 0) | 1 << origin
        return holding

    def _arrived(self, needs: Needs, inputs: Mapping[str, tuple[int, ...]]) -> dict[str, Origins]:
        """The labels that arrive, each where it is asked for."""
        asked = frozenset(label for requires in needs.at.values() for label in requires.wanted)
        arrived: dict[str, Origins] = {}
        for name, nodes in inputs.items():
            others = asked - needs.at[name].wanted
            for fact, origins in self.spread.facts_at(nodes).items():
                if fact.label not in others:
                    arrived[fact.label] = arrived.get(fact.label, 0) | origins
        return arrived

    def _remembered(self, origin: int) -> Rows:
        return self._rows(self._begins[origin].rows_of)

    def _rows(self, nodes: Iterable[int]) -> Rows:
        return lineage_of(self.program).rows(nodes)


def _speaking(requires: Requires, facts: Mapping[Fact, Origins]) -> dict[Fact, Origins]:
    """The facts that speak for a condition."""
    return {fact: origins for fact, origins in facts.items() if not requires.wanted or fact.label in requires.wanted}


def _union(facts: Mapping[Fact, Origins]) -> Origins:
    origins = 0
    for some in facts.values():
        origins |= some
    return origins


def _relabel(spec: Propagator) -> Callable[[str], str | None]:
    """The label of what comes out; None if nothing does."""

    def relabel(label: str) -> str | None:
        if not spec.needs.holds({label}):
            return None
        if spec.label is None or (spec.replaced is not None and label not in spec.replaced):
            return label
        return spec.label

    return relabel
