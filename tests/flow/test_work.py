"""Large and strange programs are followed in bounded work, which grows as they do; what was too much is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from readiness.flow import program
from readiness.flow.find import Flow
from readiness.flow.program import FlowProgram, unfinished
from readiness.flow.spread import MAX_SEARCHED
from readiness.flow.steps import steps_of

Graph = Callable[[str], FlowProgram]
Flows = Callable[..., list[Flow]]

REPEATED = {
    "assignments": "x = f(x)\n",
    "branches": "if c:\n    x = f(x)\nelif d:\n    y = x\n",
    "loops": "for i in x:\n    x = f(x, i)\n    if x:\n        break\n",
    "columns": "df['c{n}'] = f(df['c{n}'])\n",
    "handlers": "try:\n    x = f(x)\nexcept E:\n    y = x\n",
    "calls of a function": "x = same(x)\n",
    "functions": "def f{n}(x):\n    return same(f{m}(x), f{m}(x))\n",
    "classes": "class C{n}:\n    def f(self, x):\n        self.x = same(x)\n        return self.f(x)\n",
    "growing lists": "xs.append(f(xs))\n",
    "ways out": "while c:\n    if x: break\n    x = f(x)\n    if y: continue\n    y = x\n",
}


@pytest.mark.parametrize("name", REPEATED)
def test_twice_the_program_is_at_most_about_twice_the_work(name: str, graph: Graph) -> None:
    def size(times: int) -> int:
        head = "def same(x):\n    return x\nx = source()\n"
        return len(graph(head + "".join(REPEATED[name].format(n=n, m=n + 1) for n in range(times))).graph)

    assert size(400) < 2.6 * size(200)


def test_a_loop_in_a_loop_of_listed_things_is_not_walked_for_every_pair_of_pairs(graph: Graph) -> None:
    body = "x = f(x)\n" * 20
    for depth in range(8):
        lines = body.split("\n")
        body = f"for i{depth} in [1, 2, 3, 4, 5, 6, 7, 8]:\n" + "".join(f"    {line}\n" for line in lines)
    assert len(graph(body).graph) < 30_000


def test_calls_that_fan_out_are_followed_within_limits(graph: Graph) -> None:
    code = "".join(f"def f{n}(x):\n    return g({', '.join([f'f{n + 1}(x)'] * 9)})\n" for n in range(40))
    found = graph(code + "f0(source())\n")
    assert len(found.graph) < 60_000
    assert not found.unfinished


def test_a_part_that_is_too_large_is_named_and_the_rest_is_followed(
    graph: Graph, flows: Flows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "_WORK_AT_LEAST", 100)
    monkeypatch.setattr(program, "_WORK_FOR_A_NODE", 0)
    code = "def large(x):\n" + "    x = f(source())\n" * 100 + "    sink(x)\ndef small():\n    sink(source())\n"
    found = graph(code)
    assert [one.fields[1].fields[0] for one in found.unfinished] == ["large"]
    (flow,) = flows(code)
    (skipped,) = unfinished(flow.program.source)
    assert skipped.line == 1
    assert "large" in skipped.reason


def test_thousands_of_sources_flow_together(flows: Flows) -> None:
    (flow,) = flows("x = 1\n" + "x = f(x, source())\n" * 2_000 + "sink(x)\n")
    assert [step.line for step in steps_of(flow)] == [2001, 2002]


def test_ways_are_told_without_steps_when_telling_them_would_take_too_long(flows: Flows) -> None:
    found = flows("x = source()\n" + "x = f(x)\nsink(x)\n" * 900)
    lengths = [len(steps_of(flow)) for flow in found]
    assert lengths[0] == 3
    assert lengths[-1] == 2
    assert found[0].search.spread.searched <= MAX_SEARCHED + 1
