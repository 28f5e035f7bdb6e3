"""Why a flow rule found what it found: the way of each source, what stopped it, what a clean sink is made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from readiness.flow.explain import FlowExplanation, explain_flows
from readiness.flow.labels import parse_requires
from readiness.flow.plan import HERE, FlowPlan, Needs, Sink, Source
from readiness.flow.relations import parse_rows
from readiness.pattern.find import CompiledFormula, compile_formula
from readiness.pattern.formula import Match
from readiness.source.python import PythonSource

Explain = Callable[..., FlowExplanation]


def compiled(pattern: str) -> CompiledFormula:
    """A formula of one pattern."""
    return compile_formula(Match(pattern))


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
    (refusal,) = story.refused
    assert (refusal.sink.line, refusal.came, refusal.unmet) == (2, ("B",), ("A and not B",))


def test_a_sink_that_asks_for_other_rows_says_which_relation_is_missing(explained: Explain, plan: FlowPlan) -> None:
    source = Source(compiled("source($X)"), label="A", rows_of="$X")
    needs = Needs({"$Y": parse_requires("A")})
    rows = parse_rows("overlap(A, $Y) and not within($Y, A)")
    sink = Sink(compiled("sink($Y)"), needs=needs, rows=rows)
    code = "import pandas\nt = pandas.read_csv('t.csv')\nt['a'] = source(t)\nsink(t)\n"
    (story,) = explained(code, replace(plan, sources=(source,), sinks=(sink,))).sources
    assert [refusal.unmet for refusal in story.refused] == [("not within($Y, A)",)]


def test_of_a_source_that_another_sink_makes_harmless_that_sink_is_told(explained: Explain, plan: FlowPlan) -> None:
    harmless = replace(plan.sinks[0], formula=compiled("check($X)"), focus=("$X",), name="checked")
    rule = replace(plan, sinks=(*plan.sinks, harmless), unless=("checked",))
    (story,) = explained("x = source()\ncheck(x)\nsink(x)\n", rule).sources
    assert [step.line for step in story.harmless] == [2]
    assert [way[-1].line for way in story.ways] == [3]


def test_a_source_in_a_function_that_is_called_twice_is_told_once(explained: Explain) -> None:
    (story,) = explained("def f():\n    x = source()\n    sink(x)\nf()\nf()\n").sources
    assert [[step.line for step in way] for way in story.ways] == [[2, 3]]


def test_a_source_that_takes_the_place_of_another_one_is_named(explained: Explain, plan: FlowPlan) -> None:
    rule = replace(plan, sources=(replace(plan.sources[0], renews=True),))
    first, _ = explained("x = source()\nx = source(x)\nsink(x)\n", rule).sources
    assert [step.line for step in first.renewed] == [2]


@pytest.mark.parametrize("code", ["sink(x)\n", "source()\n"])
def test_without_sources_or_sinks_there_is_nothing_to_tell(code: str, plan: FlowPlan) -> None:
    assert explain_flows(plan, PythonSource.parse("program.py", code)) is None
