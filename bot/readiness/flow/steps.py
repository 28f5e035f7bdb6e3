"""The way of a flow as a person reads it: where it begins, the statements it goes through, where it ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from readiness.finding import Step, StepRole
from readiness.flow.find import Flow
from readiness.flow.graph import FlowGraph, Role
from readiness.flow.spread import Fact
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.source.python import PythonSource

MAX_STEPS = 12
"""Steps that are told; of a longer way, the first and the last ones."""
_SHOWN_TEXT = 160
_COMPOUND = frozenset({"FunctionDef", "ClassDef", "For", "While", "If", "With", "Try", "Match"})


def steps_of(flow: Flow) -> tuple[Step, ...]:
    """The source, the steps to each sink, and the sinks."""
    source = flow.program.source
    first = step_at(source, StepRole.SOURCE, flow.source.code)
    steps = [first]
    for sink, way in flow.ways():
        last = step_at(source, StepRole.SINK, sink.code)
        told = {_key(step) for step in (*steps, last)}
        between = [step for step in _between(way, source, flow.program.graph) if _key(step) not in told]
        steps += [*_shortened(between), last]
    return tuple(steps)


def _shortened(steps: list[Step]) -> list[Step]:
    half = MAX_STEPS // 2
    return steps if len(steps) <= MAX_STEPS else steps[:half] + steps[-half:]


def step_at(source: PythonSource, role: StepRole, code: Sequence[Node]) -> Step:
    """A piece of code as a step."""
    location = source.locate(*source.span_of(code[0], code[-1]))
    return Step(role, location, _text(source, code[0]))


def _between(way: Sequence[Fact], source: PythonSource, graph: FlowGraph) -> Iterator[Step]:
    """The assignments and parameters on the way, each statement once in a row."""
    last = -1
    for fact in way[1:]:
        code = graph.code[fact.node]
        if code is None or graph.roles[fact.node] not in (Role.TARGET, Role.PARAM):
            continue
        statement = source.enclosing_statement(code)
        if statement.enter != last:
            last = statement.enter
            shown = code if statement.kind in _COMPOUND else statement
            yield Step(StepRole.STEP, source.locate(*source.span(shown)), _text(source, shown))


def _text(source: PythonSource, code: Node) -> str:
    """The statement that some code is in, on one line; of a long one the line where the code begins."""
    start, end = source.header_span(source.enclosing_statement(code))
    text = " ".join(source.text[start:end].split())
    if len(text) <= _SHOWN_TEXT:
        return text
    line = source.lines.position(source.span(code)[0])[0]
    text = " ".join(source.lines.line_text(line).split())
    return text if len(text) <= _SHOWN_TEXT else text[: _SHOWN_TEXT - 1] + "…"


def _key(step: Step) -> tuple[int | None, int]:
    return step.location.cell, step.location.line
