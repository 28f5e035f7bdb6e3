"""The way of a flow as it is told: each step is a statement that a person recognises."""

from __future__ import annotations

from collections.abc import Callable

from readiness.flow.find import Flow
from readiness.flow.steps import steps_of

Flows = Callable[[str], list[Flow]]


def told(flows: Flows, code: str) -> list[tuple[int, str]]:
    (flow,) = flows(code)
    return [(step.location.line, step.text) for step in steps_of(flow)]


def test_a_statement_over_several_lines_is_told_on_one(flows: Flows) -> None:
    code = "x = source()\nsink(\n    1,\n    x,\n)\n"
    assert told(flows, code)[-1] == (2, "sink( 1, x, )")


def test_of_a_compound_statement_its_header_is_told(flows: Flows) -> None:
    code = "x = source()\nfor y in x:\n    sink(y)\n    f(y)\n"
    assert told(flows, code) == [(1, "x = source()"), (2, "for y in x:"), (3, "sink(y)")]


def test_of_a_long_statement_the_line_where_the_code_begins_is_told(flows: Flows) -> None:
    code = f"x = source()\nsink(\n    {'a' * 200},\n    x,\n)\n"
    assert told(flows, code)[-1] == (2, "sink(")
