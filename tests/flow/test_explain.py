"""Why a flow rule found what it found: the way of each source, what stopped it, what a clean sink is made from."""

from __future__ import annotations

from dataclasses import replace

from readiness.flow.explain import FlowExplanation, explain_flows
from readiness.flow.plan import FlowPlan, Sink, Source

from .conftest import PLAN, formula, needs, program_of

CODE = """
x = source(1)
y = f(x)
sink(y)
z = clean(x)
sink(z)
a = source(2)
b = g(a)
c = g(other)
sink(c)
"""


def explained(code: str, plan: FlowPlan = PLAN, at_line: int | None = None) -> FlowExplanation:
    told = explain_flows(plan, program_of(code), at_line)
    assert told is not None
    return told


def test_each_source_tells_where_it_gets_to() -> None:
    first, second = explained(CODE).sources
    assert [[step.line for step in way] for way in first.ways] == [[1, 2, 3]]
    assert [step.line for step in first.stopped] == [4]
    assert first.last is None
    assert second.ways == second.stopped == []
    assert second.last is not None
    assert second.last.text == "b = g(a)"


def test_a_clean_sink_tells_what_it_is_made_from() -> None:
    sinks = explained(CODE).sinks
    assert [(story.sink.line, [step.line for step in story.made_from]) for story in sinks] == [(5, [1, 4]), (9, [8])]


def test_of_one_line_only_what_belongs_to_it_is_told() -> None:
    told = explained(CODE, at_line=5)
    assert [story.sink.line for story in told.sinks] == [5]
    assert [story.source.line for story in told.sources] == [1]
    assert [story.source.line for story in explained(CODE, at_line=6).sources] == [6]


def test_a_sink_that_asks_for_other_labels_says_what_came() -> None:
    plan = replace(
        PLAN,
        sources=(Source(formula("source()"), label="A"), Source(formula("other()"), label="B")),
        sinks=(Sink(formula("sink(...)"), needs=needs("A and not B")),),
    )
    first, second = explained("x = source()\ny = other()\nsink(x + y)\n", plan).sources
    assert [(step.line, labels, wanted) for step, labels, wanted in first.refused] == [(3, "A", "A and not B")]
    assert [labels for _, labels, _ in second.refused] == ["B"]


def test_without_sources_or_sinks_there_is_nothing_to_tell() -> None:
    assert explain_flows(PLAN, program_of("sink(x)\n")) is None
    assert explain_flows(PLAN, program_of("source()\n")) is None
