"""Conditions on metavariables."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from readiness.pattern import formula as f

Texts = Callable[..., list[str]]


def search(
    texts: Texts, condition: f.Condition, code: str, pattern: str = "f($X)", *, semgrep: bool = False
) -> list[str]:
    formula: f.Formula = f.All((f.Match(pattern), f.Conditions((condition,))))
    return texts(f.Semgrep(formula) if semgrep else formula, code)


@pytest.mark.parametrize(
    ("condition", "kept"),
    [
        (f.MatchesRegex("$X", "^/home"), ["f('/home/a')"]),
        (f.MatchesRegex("$X", "^/home", negated=True), ["f('/srv')", "f(42)", "f(name)"]),
        (f.MatchesRegex("$X", "home"), ["f('/home/a')"]),
        (f.MatchesRegex("$X", "home", anchored=True), []),
        (f.MatchesRegex("$X", "^'/srv", literal=True), ["f('/srv')"]),
        (f.IsOneOf("$X", (42, "/srv")), ["f('/srv')", "f(42)"]),
        (f.IsOneOf("$X", (42,), negated=True), ["f('/home/a')", "f('/srv')", "f(name)"]),
        (f.IsConstant("$X"), ["f('/home/a')", "f('/srv')", "f(42)"]),
        (f.IsConstant("$X", expected=False), ["f(name)"]),
        (f.IsKind("$X", ("Name",)), ["f(name)"]),
        (f.HasType("$X", ("str",)), ["f('/home/a')", "f('/srv')"]),
        (f.HasType("$X", ("str", "list"), negated=True), ["f(42)", "f(name)"]),
        (f.Where("$X == 42"), ["f(42)"]),
        (f.Where("str($X) == 'name'"), ["f(name)"]),
        (f.Where("len($X) > 5"), ["f('/home/a')"]),
        (f.MatchesFormula("$X", f.Match('"..."')), ["f('/home/a')", "f('/srv')"]),
        (f.MatchesFormula("$X", f.Match('"..."'), negated=True), ["f(42)", "f(name)"]),
        (f.MatchesFormula("$X", f.Match("name")), ["f(name)"]),
        (f.MatchesFormula("$X", f.Regex("srv"), text=True), ["f('/srv')"]),
        (f.MatchesFormula("$X", f.Not(f.Match("name"))), ["f('/home/a')", "f('/srv')", "f(42)"]),
    ],
)
def test_conditions(texts: Texts, condition: f.Condition, kept: list[str]) -> None:
    assert search(texts, condition, "f('/home/a')\nf('/srv')\nf(42)\nf(name)") == kept


def test_a_known_constant_counts_as_its_value(texts: Texts) -> None:
    code = "SIZE = 1024\nf(SIZE)"
    assert search(texts, f.Where("$X < 2048"), code) == ["f(SIZE)"]
    assert search(texts, f.IsOneOf("$X", (1024,)), code) == ["f(SIZE)"]


def test_a_condition_may_speak_of_several_metavariables(texts: Texts) -> None:
    assert search(texts, f.Where("$X < $Y"), "f(1, 2)\nf(3, 2)\nf(a, 2)", "f($X, $Y)") == ["f(1, 2)"]


def test_a_nested_formula_sees_what_is_bound_outside(texts: Texts) -> None:
    condition = f.MatchesFormula("$X", f.Match("g($Y)"))
    assert search(texts, condition, "f(g(1), 1)\nf(g(1), 2)", "f($X, $Y)") == ["f(g(1), 1)"]


def test_what_a_nested_formula_binds_is_bound_outside(found: Callable[..., list[object]]) -> None:
    condition = f.MatchesFormula("$X", f.Match("g($Y)"))
    formula = f.All((f.Match("f($X)"), f.Conditions((condition,)), f.Focus(("$Y",))))
    matches = found(formula, "f(g(1))")
    assert [match.texts()["$Y"] for match in matches] == ["1"]  # type: ignore[attr-defined]


def test_a_nested_formula_matches_the_name_of_a_method(texts: Texts) -> None:
    condition = f.MatchesFormula("$M", f.Any((f.Match("get"), f.Match("post"))))
    assert search(texts, condition, "a.get(1)\na.put(2)", "a.$M(...)") == ["a.get(1)"]


def test_a_condition_on_what_is_not_bound_holds_but_not_for_semgrep(texts: Texts) -> None:
    condition = f.MatchesRegex("$Y", "^a")
    assert search(texts, condition, "f(1)") == ["f(1)"]
    assert search(texts, condition, "f(1)", semgrep=True) == []


def test_a_comparison_with_unknown_code_is_never_true(texts: Texts) -> None:
    for expression in ("$X == 'name'", "$X != 'name'", "$X < 1", "$X + 1 > 0"):
        assert search(texts, f.Where(expression), "f(name)") == []


def test_many_arguments_are_a_list_in_an_expression(texts: Texts) -> None:
    assert search(texts, f.Where("len($...A) > 1"), "f(1)\nf(1, 2)", "f($...A)") == ["f(1, 2)"]
