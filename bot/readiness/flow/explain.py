"""Why a flow rule found what it found: where each source gets to, what stops it, and what an unreached sink is made from."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from readiness.finding import Location, Step, StepRole
from readiness.flow.find import Flow, search_in
from readiness.flow.graph import Role
from readiness.flow.plan import FlowPlan
from readiness.flow.search import Arrival, Search
from readiness.flow.steps import step_at, steps_of

if TYPE_CHECKING:
    from readiness.source.python import PythonSource

T = TypeVar("T")
_MADE_FROM = 6
"""Assignments that are named for a sink which nothing reaches."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A sink that a source came to but that asks for more."""

    sink: Step
    came: tuple[str, ...]
    """The labels under which it came."""
    unmet: tuple[str, ...]
    """The labels, or the relations of rows, that are asked for and are not there."""


@dataclass(slots=True)
class SourceStory:
    """One source: the ways to the sinks that it reaches, and where it ended otherwise."""

    source: Step
    ways: list[tuple[Step, ...]] = field(default_factory=list)
    harmless: list[Step] = field(default_factory=list)
    """Sinks that it reaches and that make it harmless: nothing is told of it."""
    stopped: list[Step] = field(default_factory=list)
    """Sanitizers that it came to."""
    renewed: list[Step] = field(default_factory=list)
    """Where a new source of the same label took its place."""
    refused: list[Refusal] = field(default_factory=list)
    last: Step | None = None
    """The last place that it reached, if that is all that can be said."""

    def include(self, other: SourceStory) -> None:
        """Take in the story of the same source in another call or turn of a loop."""
        _take_in(self.ways, other.ways)
        _take_in(self.harmless, other.harmless)
        _take_in(self.stopped, other.stopped)
        _take_in(self.renewed, other.renewed)
        _take_in(self.refused, other.refused)
        self.last = self.last or other.last


def _take_in(mine: list[T], theirs: Sequence[T]) -> None:
    mine += [one for one in dict.fromkeys(theirs) if one not in mine]


@dataclass(frozen=True, slots=True)
class SinkStory:
    """One sink that nothing reaches, and the assignments that its value comes from."""

    sink: Step
    made_from: list[Step] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FlowExplanation:
    """What became of every source, and of every sink that stayed clean."""

    sources: list[SourceStory]
    sinks: list[SinkStory]


def explain_flows(plan: FlowPlan, source: PythonSource, at_line: int | None = None) -> FlowExplanation | None:
    """The stories of a rule in a program, or of one line; None if the program lacks sources or sinks."""
    search = search_in(plan, source)
    return None if search is None else _Explainer(search, at_line).explanation()


class _Explainer:
    """Looks at a search that is done."""

    def __init__(self, search: Search, at_line: int | None) -> None:
        self._search = search
        self._source = search.program.source
        self._graph = search.program.graph
        self._at_line = at_line
        self._arrivals = list(search.arrivals())

    def explanation(self) -> FlowExplanation:
        sinks = list(self._clean_sinks())
        behind = {step.location for sink in sinks for step in sink.made_from}
        stories: dict[Location, SourceStory] = {}
        for number in range(len(self._search.origins)):
            story = self._story(number)
            stories.setdefault(story.source.location, SourceStory(story.source)).include(story)
        return FlowExplanation([story for story in stories.values() if self._is_asked(story, behind)], sinks)

    def _is_asked(self, story: SourceStory, behind: set[Location]) -> bool:
        """The line is one of its places, or a sink on the line is made from what it stands in."""
        ends = [way[-1] for way in story.ways]
        told = [story.source, *ends, *story.stopped, *story.renewed, *(refusal.sink for refusal in story.refused)]
        if self._at_line is None or any(step.line == self._at_line for step in told):
            return True
        place = story.source.location
        return any((place.cell, place.line) == (other.cell, other.line) for other in behind)

    def _story(self, number: int) -> SourceStory:
        reached = [arrival for arrival in self._arrivals if arrival.origins >> number & 1]
        harmless = [arrival for arrival in reached if arrival.name in self._search.plan.unless]
        stopped, renewed = (list(self._stopped(number, by_sanitizer)) for by_sanitizer in (True, False))
        return SourceStory(
            step_at(self._source, StepRole.SOURCE, self._search.origins[number].code),
            [steps_of(Flow(self._search, number, (arrival,))) for arrival in reached if arrival not in harmless],
            [step_at(self._source, StepRole.SINK, arrival.sink.code) for arrival in harmless],
            stopped,
            renewed,
            list(self._refused(number, reached)),
            None if reached or stopped else self._last(number),
        )

    def _stopped(self, number: int, by_sanitizer: bool) -> Iterator[Step]:
        spread = self._search.spread
        nodes = [node for node, origins in spread.stopped.items() if origins >> number & 1]
        yield from self._places([node for node in nodes if (node in spread.sanitized) == by_sanitizer])

    def _refused(self, number: int, reached: list[Arrival]) -> Iterator[Refusal]:
        taken = {arrival.sink.interval for arrival in reached}
        for spec, one in self._search.sinks:
            for context, inputs in self._search.inputs(spec, one) if one.interval not in taken else ():
                facts = self._search.spread.facts_at([node for at in inputs.values() for node in at])
                came = sorted({fact.label for fact, origins in facts.items() if origins >> number & 1})
                if came:
                    unmet = self._search.unmet(spec, one, context, inputs, number)
                    yield Refusal(
                        step_at(self._source, StepRole.SINK, one.code), tuple(filter(None, came)), tuple(unmet)
                    )

    def _last(self, number: int) -> Step | None:
        places = list(self._places(self._search.spread.nodes_reached(number)))
        return max(places, key=lambda step: (step.location.cell or 0, step.line), default=None)

    def _places(self, nodes: Iterable[int]) -> Iterator[Step]:
        """The statements that nodes belong to, each once."""
        seen: set[int] = set()
        for node in sorted(nodes):
            code = self._graph.code[node]
            if code is not None and (statement := self._source.enclosing_statement(code)).enter not in seen:
                seen.add(statement.enter)
                yield step_at(self._source, StepRole.STEP, (code,))

    def _clean_sinks(self) -> Iterator[SinkStory]:
        reached = {arrival.sink.interval for arrival in self._arrivals}
        before = self._steps_back()
        for spec, one in self._search.sinks:
            sink = step_at(self._source, StepRole.SINK, one.code)
            if one.interval not in reached and self._at_line in (None, sink.line):
                nodes = [node for _, inputs in self._search.inputs(spec, one) for at in inputs.values() for node in at]
                yield SinkStory(sink, self._made_from(nodes, before))

    def _steps_back(self) -> dict[int, list[int]]:
        before: dict[int, list[int]] = {}
        for node, steps in enumerate(self._graph.steps):
            for target, _, _ in steps:
                before.setdefault(target, []).append(node)
        return before

    def _made_from(self, nodes: list[int], before: dict[int, list[int]]) -> list[Step]:
        """The nearest assignments that a value comes from."""
        seen = set(nodes)
        queue = deque(nodes)
        found: list[int] = []
        while queue and len(found) < _MADE_FROM:
            node = queue.popleft()
            if self._graph.roles[node] in (Role.TARGET, Role.PARAM):
                found.append(node)
            for earlier in before.get(node, ()):
                if earlier not in seen:
                    seen.add(earlier)
                    queue.append(earlier)
        return list(self._places(found))
