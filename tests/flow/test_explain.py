"""Why a flow rule found what it found: the way of each source, what stopped it, what a clean sink is made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from readiness.flow.explain import FlowExplanation, explain_flows
from readiness.flow.labels import parse_requires
from readiness.flow.plan import HERE, FlowPlan, Needs
from readiness.source.python import PythonSource

Explain = Callable[..., FlowExplanation]

CODE = """\
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


@pytest.fixture
def explained(plan: FlowPlan) -> Explain:
    """The stories of a program."""

    def explain(code: str, rule: FlowPlan = plan, at_line: int | None = None) -> FlowExplanation:
        told = explain_flows(rule, PythonSource.parse("program.py", code), at_line)
        assert told is not None
        return told

    return explain


def test_each_source_tells_where_it_gets_to(explained: Explain) -> None:
    first, second = explained(CODE).sources
    assert [[step.line for step in way] for way in first.ways] == [[1, 2, 3]]
    assert [step.line for step in first.stopped] == [4]
    assert first.last is None
    assert not second.ways
    assert not second.stopped
    assert second.last is not None
    assert second.last.text == "b = g(a)"


def test_a_clean_sink_tells_what_it_is_made_from(explained: Explain) -> None:
    sinks = explained(CODE).sinks
    assert [(story.sink.line, [step.line for step in story.made_from]) for story in sinks] == [(5, [1, 4]), (9, [8])]


def test_of_one_line_only_what_belongs_to_it_is_told(explained: Explain) -> None:
    told = explained(CODE, at_line=5)
    assert [story.sink.line for story in told.sinks] == [5]
    assert [story.source.line for story in told.sources] == [1]
    assert [story.source.line for story in explained(CODE, at_line=6).sources] == [6]


def test_a_sink_that_asks_for_other_labels_says_what_came(explained: Explain, plan: FlowPlan) -> None:
    needs = Needs({HERE: parse_requires("A and not B")})
    rule = replace(plan, sources=(replace(plan.sources[0], label="B"),), sinks=(replace(plan.sinks[0], needs=needs),))
    (story,) = explained("x = source()\nsink(x)\n", rule).sources
    assert [(step.line, labels, wanted) for step, labels, wanted in story.refused] == [(2, "B", "A and not B")]


@pytest.mark.parametrize("code", ["sink(x)\n", "source()\n"])
def test_without_sources_or_sinks_there_is_nothing_to_tell(code: str, plan: FlowPlan) -> None:
    assert explain_flows(plan, PythonSource.parse("program.py", code)) is None
