"""Arguments: keywords in any order, the others in theirs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from readiness.pattern import formula as f


@pytest.mark.parametrize(
    ("pattern", "code", "matches"),
    [
        ("f()", "f()", True),
        ("f()", "f(1)", False),
        ("f(...)", "f()", True),
        ("f(...)", "f(1, *a, k=2, **kw)", True),
        ("f($X)", "f(1)", True),
        ("f($X)", "f(k=1)", False),
        ("f($X)", "f(1, 2)", False),
        ("f($X, ...)", "f(1, 2, k=3)", True),
        ("f($X, ...)", "f(k=3)", False),
        ("f(..., 2, ...)", "f(1, 2, 3)", True),
        ("f(..., 2)", "f(1, 2, 3)", False),
        ("f(a=1, b=2)", "f(b=2, a=1)", True),
        ("f(a=1, b=2)", "f(b=2, a=1, c=3)", False),
        ("f(a=1, ...)", "f(0, b=2, a=1)", True),
        ("f(..., a=$X, ...)", "f(0)", False),
        ("f(..., a=$X, ...)", "f(**kw)", False),
        ("f($K=1)", "f(a=1)", True),
        ("f($K=1)", "f(a=2)", False),
        ("f(*$A)", "f(*xs)", True),
        ("f(*$A)", "f(xs)", False),
        ("f(**$K)", "f(**kw)", True),
        ("$F(1)", "g.h(1)", True),
        ("$F(1)", "g.h(2)", False),
        ("f($X)(...)", "f(1)(2)", True),
        ("f([$X for $X in ...])", "f(y for y in z)", True),
    ],
)
def test_arguments(texts: Callable[..., list[str]], pattern: str, code: str, matches: bool) -> None:
    assert bool(texts(pattern, code)) is matches


def test_many_arguments_are_bound_as_they_stand(bound: Callable[..., list[dict[str, str]]]) -> None:
    assert bound("f($...ARGS, key=1)", "f(a, *b, key=1)") == [{"$...ARGS": "a, *b"}]
    assert bound("f(1, $...REST)", "f(1)") == [{"$...REST": ""}]


@pytest.mark.parametrize(("code", "silent"), [("f(**kw)", True), ("f(seed=None)", True), ("f(1)", False)])
def test_unknown_keywords_silence_a_finding(texts: Callable[..., list[str]], code: str, silent: bool) -> None:
    formula = f.All((f.Match("f(...)"), f.Not(f.Match("f(..., seed=$S, ...)"))))
    assert (texts(formula, code) == []) is silent


def test_semgrep_knows_nothing_of_unknown_keywords(texts: Callable[..., list[str]]) -> None:
    formula = f.All((f.Match("f(...)"), f.Not(f.Match("f(..., seed=$S, ...)"))))
    assert texts(f.Semgrep(formula), "f(**kw)") == ["f(**kw)"]


def test_a_pair_is_an_item_of_a_dictionary_or_a_keyword(texts: Callable[..., list[str]]) -> None:
    assert texts('"debug": True', "{'debug': True, 'x': 1}\nf(debug=True)\nf(debug=False)") == [
        "'debug': True",
        "debug=True",
    ]


def test_a_decorator_without_arguments_is_a_call_without_arguments(texts: Callable[..., list[str]]) -> None:
    assert texts("cached()", "@cached\ndef f(): pass") == ["cached"]
