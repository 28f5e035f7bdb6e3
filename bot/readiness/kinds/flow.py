"""Kind `flow`: what a source gives reaches a sink."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache, partial

from readiness.engine.unit import Unit
from readiness.finding import Finding, StepRole
from readiness.flow.find import Flow, find_flows
from readiness.flow.plan import FlowPlan
from readiness.flow.program import program_of
from readiness.flow.spots import Found
from readiness.flow.steps import step_at, steps_of
from readiness.kinds.base import compiled, finding, masked
from readiness.pattern.bindings import Binding, Place
from readiness.pattern.find import Match
from readiness.pattern.fixes import build_fix
from readiness.rulebook.flows import plan_of
from readiness.rulebook.schema import FlowRule
from readiness.source.python import PythonSource


@cache
def plan(rule: FlowRule) -> FlowPlan:
    """The rule, compiled once in a process."""
    return plan_of(rule, partial(compiled, rule))


def analyse(rule: FlowRule, unit: Unit) -> list[Finding]:
    """The findings of the rule in one file: one for each place that it reports."""
    source = unit.python
    if source is None or "code" not in rule.where.text:
        return []
    flows = find_flows(plan(rule), source)
    return [_finding(rule, source, flow) for flow in reported(rule.report, flows)]


def matches(rule: FlowRule, source: PythonSource) -> list[Match]:
    """The places where the findings of a rule would stand."""
    flows = reported(rule.report, find_flows(plan(rule), source))
    return [Match(Place(source, _place(rule.report, flow).code), _bindings(rule.report, flow)) for flow in flows]


def reported(report: str, flows: Iterable[Flow]) -> list[Flow]:
    """One flow for each place where a finding stands."""
    places: dict[tuple[int, ...], Flow] = {}
    for flow in flows:
        places.setdefault(tuple(node.enter for node in _place(report, flow).code), flow)
    return [places[key] for key in sorted(places)]


def _place(report: str, flow: Flow) -> Found:
    return flow.source if report == "source" else flow.sink


def _finding(rule: FlowRule, source: PythonSource, flow: Flow) -> Finding:
    place = _place(rule.report, flow)
    bindings = _bindings(rule.report, flow)
    start, end = source.span_of(place.code[0], place.code[-1])
    hit = masked(rule, source.hit(start, end, {name: bound.text for name, bound in bindings.items()}))
    graph = program_of(source, plan(rule).options).graph
    steps = tuple(step for arrival in flow.arrivals for step in steps_of(arrival, source, graph))
    names = {
        "$SOURCE": step_at(source, StepRole.SOURCE, flow.source.code),
        "$SINK": step_at(source, StepRole.SINK, flow.sink.code),
    }
    fix = None if rule.fix is None else build_fix(rule.fix, Match(place.match.place, bindings), source)
    return replace(finding(rule, hit, names, fix=fix), steps=steps)


def _bindings(report: str, flow: Flow) -> Mapping[str, Binding]:
    """What metavariables stand for where the finding stands, then at the other end."""
    ends = [flow.source.match.bindings, *(arrival.sink.match.bindings for arrival in flow.arrivals)]
    if report == "source":
        ends.reverse()
    return {name: bound for end in ends for name, bound in end.items()}
