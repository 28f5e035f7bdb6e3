"""What each operator kept and dropped, and what came nearest."""

from __future__ import annotations

import json
from dataclasses import asdict
from textwrap import dedent

from readiness.pattern import formula as f
from readiness.pattern.explain import Explanation, explain
from readiness.pattern.find import compile_formula
from readiness.source.python import PythonSource

CODE = """
    from sklearn.model_selection import train_test_split as tts
    a = tts(df)
    b = tts(df, random_state=3)
    c = tts(df, shuffle=True)
"""
SPLIT = "sklearn.model_selection.train_test_split"


def explained(formula: f.Formula, at_line: int | None = None, code: str = CODE) -> Explanation:
    source = PythonSource.parse("program.py", dedent(code).lstrip("\n"))
    return explain(compile_formula(formula), source, at_line)


def test_every_operator_tells_what_it_found() -> None:
    tree = explained(f.All((f.Match(f"{SPLIT}(...)"), f.Not(f.Match(f"{SPLIT}(..., random_state=$S, ...)")))))
    assert tree.operator == "all"
    assert [place.line for place in tree.found] == [2, 4]
    pattern, negated = tree.children
    assert [place.line for place in pattern.found] == [2, 3, 4]
    assert [(place.line, place.bindings) for place in negated.found] == [(3, {"$S": "3"})]


def test_a_dropped_place_names_what_dropped_it() -> None:
    tree = explained(f.All((f.Match(f"{SPLIT}(...)"), f.Not(f.Match(f"{SPLIT}(..., random_state=$S, ...)")))))
    [dropped] = tree.dropped
    assert dropped.place.line == 3
    assert "random_state=$S" in dropped.reason


def test_a_condition_is_told_as_a_reason() -> None:
    conditions = f.Conditions((f.Where("$X == 1"),))
    tree = explained(f.All((f.Match("f($X)"), conditions)), code="f(1)\nf(2)\n")
    assert [(dropped.place.text, dropped.reason) for dropped in tree.dropped] == [("f(2)", "where: $X == 1")]


def test_the_nearest_miss_shows_the_first_part_that_differs() -> None:
    tree = explained(f.Match(f"{SPLIT}($X, shuffle=False)"), at_line=4)
    assert tree.near_miss is not None
    assert (tree.near_miss.place.line, tree.near_miss.wanted, tree.near_miss.found) == (4, "False", "True")


def test_the_nearest_miss_on_a_line_may_be_another_function() -> None:
    tree = explained(f.Match("numpy.array(...)"), at_line=2)
    assert tree.near_miss is not None
    assert (tree.near_miss.wanted, tree.near_miss.found) == ("numpy.array", "tts")


def test_only_the_asked_line_is_told_of() -> None:
    tree = explained(f.Match(f"{SPLIT}(...)"), at_line=3)
    assert [place.text for place in tree.found] == ["tts(df, random_state=3)"]


def test_a_sequence_of_statements_has_a_nearest_miss() -> None:
    tree = explained(f.Match("a()\n...\nb(1)"), code="a()\nb(2)\n")
    assert tree.near_miss is not None
    assert (tree.near_miss.wanted, tree.near_miss.found) == ("1", "2")


def test_an_explanation_can_be_sent_as_json() -> None:
    formula = f.All((f.Any((f.Match("f($X)"), f.Regex("x"))), f.Inside(f.Match("def $F(...): ..."))))
    tree = explained(formula, code="def g():\n    f(x)\n")
    assert json.loads(json.dumps(asdict(tree)))["operator"] == "all"
