"""Kind `flow`: what a source gives reaches a sink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial

from readiness.engine.unit import Unit
from readiness.facts.sorts import FileKind
from readiness.finding import Finding, Step, StepRole
from readiness.flow.find import Flow, find_flows
from readiness.flow.plan import FlowPlan
from readiness.flow.steps import steps_of
from readiness.kinds.base import CODE, compiled, finding, hider, masked
from readiness.pattern.bindings import Place
from readiness.pattern.find import Match
from readiness.pattern.fixes import build_fix
from readiness.pattern.required import Clauses
from readiness.rulebook.flows import plan_of
from readiness.rulebook.schema import FlowRule
from readiness.source.python import PythonSource


@cache
def plan(rule: FlowRule) -> FlowPlan:
    """The rule, compiled once in a process."""
    return plan_of(rule, partial(compiled, rule))


def required(rule: FlowRule, kind: FileKind) -> Clauses | None:
    """The words without which a file has neither a source nor a sink."""
    return plan(rule).required if kind in CODE and "code" in rule.where.text else None


def analyse(rule: FlowRule, unit: Unit) -> list[Finding]:
    """The findings of the rule in one file: one for each place that it reports."""
    source = unit.python
    if source is None:
        return []
    return [_finding(rule, source, flow) for flow in find_flows(plan(rule), source)]


def matches(rule: FlowRule, source: PythonSource) -> list[Match]:
    """The places where the findings of a rule would stand."""
    flows = find_flows(plan(rule), source)
    return [Match(Place(source, flow.place(rule.report).code), flow.bindings(rule.report)) for flow in flows]


def _finding(rule: FlowRule, source: PythonSource, flow: Flow) -> Finding:
    place, bindings = flow.place(rule.report), flow.bindings(rule.report)
    start, end = source.span_of(place.code[0], place.code[-1])
    hit = source.hit(start, end, {name: bound.text for name, bound in bindings.items()})
    hide = hider(rule, hit)
    steps = tuple(replace(step, text=hide(step.text)) for step in steps_of(flow))
    names = {"$SOURCE": _first(steps, StepRole.SOURCE), "$SINK": _first(steps[::-1], StepRole.SINK)}
    fix = None if rule.fix is None else build_fix(rule.fix, Match(place.match.place, bindings), source)
    return replace(finding(rule, masked(rule, hit), names, fix=fix), steps=steps)


def _first(steps: Sequence[Step], role: StepRole) -> Step:
    return next(step for step in steps if step.role is role)
