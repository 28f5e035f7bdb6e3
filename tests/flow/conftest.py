"""Follow `source()` to `sink(...)` through short programs in which `#!` marks the lines that it must reach."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from readiness.flow.find import Flow, find_flows
from readiness.flow.plan import FlowPlan, Sanitizer, Sink, Source
from readiness.flow.program import FlowProgram
from readiness.flow.program import program_of as flow_program_of
from readiness.pattern import formula as f
from readiness.pattern.find import CompiledFormula, compile_formula
from readiness.rulebook.flows import own_reading
from readiness.source.python import PythonSource

Lines = Callable[[str], list[int]]


def formula(pattern: str) -> CompiledFormula:
    return compile_formula(f.Match(pattern))


def program_of(code: str) -> PythonSource:
    return PythonSource.parse("program.py", dedent(code).strip("\n") + "\n")


PLAN = FlowPlan(
    sources=(Source(formula("source(...)")),),
    sinks=(Sink(formula("sink(...)")),),
    sanitizers=(Sanitizer(formula("clean(...)")),),
    options=own_reading(),
)


def reached(code: str, plan: FlowPlan = PLAN) -> list[int]:
    """The lines of the sinks that are reached."""
    source = program_of(code)
    return [source.lines.position(source.span(flow.sink.code[0])[0])[0] for flow in find_flows(plan, source)]


def marked(code: str) -> list[int]:
    """The lines that are marked."""
    return [number for number, line in enumerate(dedent(code).strip("\n").split("\n"), 1) if "#!" in line]


@pytest.fixture
def check() -> Callable[..., None]:
    """The flows of a program end exactly where it says."""

    def compare(code: str, plan: FlowPlan = PLAN) -> None:
        assert reached(code, plan) == marked(code)

    return compare


@pytest.fixture
def plan() -> FlowPlan:
    """From `source(...)` to `sink(...)`, but not through `clean(...)`."""
    return PLAN


@pytest.fixture
def flows() -> Callable[..., list[Flow]]:
    """The flows of a program."""
    return lambda code, plan=PLAN: find_flows(plan, program_of(code))


@pytest.fixture
def graph() -> Callable[[str], FlowProgram]:
    """The flow graph of a program."""
    return lambda code: flow_program_of(program_of(code), own_reading())
