"""Find the flows that a rule describes in a program."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.flow.plan import HERE, FlowPlan, Needs
from readiness.flow.program import FlowProgram, program_of
from readiness.flow.search import Arrival, Search
from readiness.flow.spots import Found, found
from readiness.flow.spread import Fact, Origins, each
from readiness.flow.units import units_of
from readiness.pattern.bindings import Bindings
from readiness.pattern.find import index_of, words_of
from readiness.pattern.required import can_hold

if TYPE_CHECKING:
    from readiness.source.python import PythonSource


@dataclass(frozen=True, eq=False, slots=True)
class Flow:
    """One source and the sinks that it reaches (one, unless the rule asks for several)."""

    search: Search
    origin: int
    arrivals: tuple[Arrival, ...]

    @property
    def source(self) -> Found:
        """Where it begins."""
        return self.search.origins[self.origin]

    @property
    def sink(self) -> Found:
        """Where it ends."""
        return self.arrivals[-1].sink

    @property
    def program(self) -> FlowProgram:
        """The program that it is in."""
        return self.search.program

    def ways(self) -> list[tuple[Found, list[Fact]]]:
        """Each sink with the way to it."""
        return [(arrival.sink, self.search.way(self.origin, arrival)) for arrival in self.arrivals]

    def place(self, report: str) -> Found:
        """Where a finding stands."""
        return self.source if report == "source" else self.sink

    def bindings(self, report: str) -> Bindings:
        """What metavariables stand for where the finding stands, then at the other end."""
        ends = [self.source.match.bindings, *(arrival.sink.match.bindings for arrival in self.arrivals)]
        if report == "source":
            ends.reverse()
        return {name: bound for end in ends for name, bound in end.items()}


def find_flows(plan: FlowPlan, source: PythonSource) -> list[Flow]:
    """The flows of a rule in a program, one for each place that it reports, in the order of the text."""
    search = search_in(plan, source, only_possible=True)
    if search is None:
        return []
    flows = _together(search, plan) if plan.together else _single(search, plan)
    return sorted(flows, key=lambda flow: flow.place(plan.report).interval)


def search_in(plan: FlowPlan, source: PythonSource, *, only_possible: bool = False) -> Search | None:
    """The search for the flows of a rule; None if the program lacks sources or sinks.

    `only_possible` leaves out sinks that ask for labels which no source in the program gives.
    """
    if not can_hold(plan.required, words_of(source)):
        return None
    sources = [(spec, one) for spec in plan.sources for one in found(spec, source)]
    wanted = plan.sinks if sources else ()
    if only_possible:
        labels = _labels(plan, {id(spec) for spec, _ in sources})
        wanted = tuple(spec for spec in wanted if spec.needs.may_be_met(labels))
    sinks = [(spec, one) for spec in wanted for one in found(spec, source)]
    if not sinks:
        return None
    units = units_of(source)
    begin, end = ([one.interval[0] for _, one in ends] for ends in (sources, sinks))
    selection = units.meeting(begin, end, callers=plan.compares_rows)
    if only_possible and not selection:
        return None
    program = program_of(source, plan.options, selection if only_possible else None)
    return Search(plan, program, sources, sinks, everywhere=not only_possible)


def _labels(plan: FlowPlan, present: Collection[int]) -> set[str]:
    """The labels that the sources of a program could give, those that need others included."""
    waiting = [(spec.needs, spec.label) for spec in plan.sources if id(spec) in present]
    waiting += [(Needs({HERE: way.needs}), way.label) for way in plan.propagators if way.label is not None]
    labels: set[str] = set()
    while given := {label for needs, label in waiting if needs is None or needs.may_be_met(labels)} - labels:
        labels |= given
    return labels


def _single(search: Search, plan: FlowPlan) -> Iterator[Flow]:
    """The first flow for each source, or for each sink."""
    seen: set[tuple[int, int]] = set()
    told = 0
    for arrival in _told(search, plan):
        origins = arrival.origins & ~told if plan.report == "source" else arrival.origins
        for origin in each(origins):
            flow = Flow(search, origin, (arrival,))
            place = flow.place(plan.report).interval
            if place not in seen and (not plan.unify or _agrees(flow)):
                seen.add(place)
                told |= 1 << origin
                yield flow
            if place in seen and plan.report == "sink":
                break


def _told(search: Search, plan: FlowPlan) -> Iterator[Arrival]:
    """Without the sources that reach a sink which makes them harmless."""
    arrivals = list(search.arrivals())
    harmless = 0
    for arrival in arrivals:
        harmless |= arrival.origins if arrival.name in plan.unless else 0
    return (arrival.without(harmless) for arrival in arrivals if arrival.origins & ~harmless)


def _agrees(flow: Flow) -> bool:
    """Metavariables of the same name stand for the same in source and sink."""
    ends = flow.source.match.bindings, flow.sink.match.bindings
    same = index_of(flow.program.source).sameness.same
    return all(same(ends[0][name], ends[1][name]) for name in ends[0].keys() & ends[1].keys())


def _together(search: Search, plan: FlowPlan) -> Iterator[Flow]:
    """One flow for each source that reaches as many places of each name as are asked for."""
    ordered = sorted(_told(search, plan), key=lambda arrival: arrival.sink.interval)
    common = -1
    for name in plan.together:
        reached = 0
        for arrival in ordered:
            reached |= arrival.origins if arrival.name == name else 0
        common &= reached
    reached_from = _reached_from(ordered, common, plan.together)
    seen: set[tuple[int, int]] = set()
    for origin in each(common):
        chosen = _chosen(plan.together, reached_from[origin])
        flow = Flow(search, origin, chosen)
        if chosen and flow.place(plan.report).interval not in seen:
            seen.add(flow.place(plan.report).interval)
            yield flow


def _reached_from(ordered: Sequence[Arrival], origins: Origins, names: Sequence[str]) -> dict[int, list[Arrival]]:
    """For each source the first sinks that it reaches, as many places of each name as could be asked for."""
    found: dict[int, list[Arrival]] = {origin: [] for origin in each(origins)}
    places: dict[tuple[int, str], set[tuple[int, int]]] = {}
    enough = len(names) * len(set(names))
    for arrival in ordered:
        for origin in each(arrival.origins & origins):
            told = places.setdefault((origin, arrival.name), set())
            if len(told) < len(names) and arrival.sink.interval not in told:
                told.add(arrival.sink.interval)
                found[origin].append(arrival)
            if len(found[origin]) == enough:
                origins &= ~(1 << origin)
    return found


def _chosen(names: Sequence[str], ordered: Sequence[Arrival]) -> tuple[Arrival, ...]:
    """For each name the first sink that no other name took."""
    chosen: list[Arrival] = []
    taken: set[tuple[int, int]] = set()
    for name in names:
        for arrival in ordered:
            if arrival.name == name and arrival.sink.interval not in taken:
                chosen.append(arrival)
                taken.add(arrival.sink.interval)
                break
        else:
            return ()
    return tuple(chosen)
