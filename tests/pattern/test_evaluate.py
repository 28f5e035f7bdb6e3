"""Operators of formulas on whole programs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from readiness.errors import PatternError
from readiness.pattern import formula as f
from readiness.pattern.find import compile_formula

M = f.Match
Texts = Callable[..., list[str]]


def test_any_finds_what_one_of_its_items_finds(texts: Texts) -> None:
    assert texts(f.Any((M("f(...)"), M("g(...)"))), "f(1)\ng(2)\nh(3)") == ["f(1)", "g(2)"]


def test_a_place_that_two_items_find_is_found_once(texts: Texts) -> None:
    assert texts(f.Any((M("f(...)"), M("f(1)"))), "f(1)") == ["f(1)"]


def test_all_keeps_the_inner_place(texts: Texts) -> None:
    assert texts(f.All((M("f(...)"), M("g(...)"))), "f(g(1))\ng(2)") == ["g(1)"]


def test_not_drops_only_the_place_itself(texts: Texts) -> None:
    assert texts(f.All((M("f(...)"), f.Not(M("f(1)")))), "f(1)\nf(2)\nf(f(1))") == ["f(2)", "f(f(1))"]


@pytest.mark.parametrize(
    ("excluded", "kept"),
    [
        (f.Any((M("f(1)"), M("$X.f(2)"), M("f(3)"))), ["f(2)", "f(g(1))"]),
        (f.All((M("f(...)"), f.Not(M("f(2)")))), ["f(2)"]),
        (f.All((M("f(...)"), f.NotInside(M("h(...)")))), ["f(3)"]),
        (f.All((M("f(...)"), f.Inside(M("h(...)")))), ["f(1)", "f(2)", "f(g(1))"]),
        (f.All((M("f($A)"), f.Conditions((f.MatchesFormula("$A", M("g(...)")),)))), ["f(1)", "f(2)", "f(3)"]),
        (f.All((M("h($A)"), f.Focus(("$A",)))), ["f(1)", "f(2)", "f(g(1))"]),
        (M("f(...)\nf(...)"), ["f(1)", "f(2)", "f(g(1))", "f(3)"]),
    ],
)
def test_whatever_a_not_holds_drops_the_places_that_it_finds(
    texts: Texts, excluded: f.Formula, kept: list[str]
) -> None:
    assert texts(f.All((M("f(...)"), f.Not(excluded))), "f(1)\nf(2)\nx = f(g(1))\nh(f(3))") == kept


def test_inside_looks_around_and_brings_its_metavariables(found: Callable[..., list[object]]) -> None:
    formula = f.All((M("return $X"), f.Inside(M("def $F(...): ..."))))
    [match] = found(formula, "def g():\n    return 1\n")
    assert match.texts() == {"$X": "1", "$F": "g"}  # type: ignore[attr-defined]


def test_not_inside_looks_around(texts: Texts) -> None:
    code = "f(1)\nwith lock:\n    f(2)\n"
    assert texts(f.All((M("f(...)"), f.NotInside(M("with lock: ...")))), code) == ["f(1)"]


def test_not_inside_needs_metavariables_to_agree(texts: Texts) -> None:
    formula = f.All((M("$X.read()"), f.NotInside(M("with open(...) as $X: ..."))))
    code = "with open(p) as a:\n    a.read()\n    b.read()\n"
    assert texts(formula, code) == ["b.read()"]


def test_inside_of_statements_reaches_to_the_end_of_the_block(texts: Texts) -> None:
    formula = f.All((M("$X.run()"), f.Inside(M("$X = make()\n..."))))
    assert texts(formula, "a = make()\nb = 1\nb.run()\na.run()") == ["a.run()"]


def test_a_bare_metavariable_is_any_expression_in_what_the_others_find(texts: Texts) -> None:
    formula = f.All((M("$X"), f.Inside(M("f(...)")), f.Conditions((f.IsKind("$X", ("Constant",)),))))
    assert texts(formula, "f(1, [2])\ng(3)") == ["1", "2"]


def test_a_regular_expression_finds_text(texts: Texts) -> None:
    assert texts(f.Regex(r"TODO: \w+"), "# TODO: this\nx = 1  # TODO: that") == ["TODO: this", "TODO: that"]


def test_groups_of_a_regular_expression_are_metavariables(bound: Callable[..., list[dict[str, str]]]) -> None:
    assert bound(f.Regex(r"(\w+)@(?P<HOST>\w+)"), "# ada@example") == [{"$1": "ada", "$HOST": "example"}]


def test_text_and_code_can_be_combined(texts: Texts) -> None:
    code = "f('a secret')\nf('b')\n"
    assert texts(f.All((M("f(...)"), f.Not(f.Regex("secret")))), code) == ["f('b')"]
    assert texts(f.All((M('"..."'), f.Regex("secret"))), code) == ["secret"]


def test_focus_narrows_to_a_metavariable(texts: Texts) -> None:
    assert texts(f.All((M("f($X, $Y)"), f.Focus(("$Y",)))), "f(1, 2)") == ["2"]


def test_focus_on_several_names_gives_one_place_each(texts: Texts) -> None:
    assert texts(f.All((M("f($X, $Y)"), f.Focus(("$X", "$Y")))), "f(1, 2)") == ["1", "2"]


def test_two_focuses_must_name_one_place(texts: Texts) -> None:
    one, other = f.Focus(("$X",)), f.Focus(("$Y",))
    assert texts(f.All((M("f($X, $Y)"), one, other)), "f(1, 2)") == []
    assert texts(f.All((M("f($X, g($Y))"), f.Focus(("$X",)))), "f(1, g(2))") == ["1"]


def test_focus_on_a_string_hole_is_the_text_between_the_quotes(texts: Texts) -> None:
    assert texts(f.All((M('f("$X")'), f.Focus(("$X",)))), "f('abc')") == ["abc"]


def test_formulas_nest(texts: Texts) -> None:
    only_f = f.All((M("f($X)"), f.Not(M("f(1)"))))
    assert texts(f.Any((only_f, M("g(...)"))), "f(1)\nf(2)\ng(3)") == ["f(2)", "g(3)"]
    assert texts(f.All((M("$F(...)"), f.Not(f.Any((M("f(...)"), M("g(...)")))))), "f(1)\ng(2)\nh(3)") == ["h(3)"]


def test_places_come_in_the_order_of_the_text_outer_first(texts: Texts) -> None:
    assert texts(f.Any((M("g(...)"), M("f(...)"))), "f(g(1))\nf(2)") == ["f(g(1))", "g(1)", "f(2)"]


@pytest.mark.parametrize(
    "formula", [f.Not(M("f()")), f.NotInside(M("f()")), f.Focus(("$X",)), f.All((f.Not(M("f()")),))]
)
def test_a_formula_that_finds_nothing_is_refused(formula: f.Formula) -> None:
    with pytest.raises(PatternError):
        compile_formula(formula)


def test_a_mistake_names_the_place_in_the_rule_file() -> None:
    with pytest.raises(PatternError, match=r"rules/x.yaml:7:5: this pattern is not valid Python"):
        compile_formula(f.Any((M("f()"), M("f(", where="rules/x.yaml:7:5"))))


@pytest.mark.parametrize(
    ("formula", "required"),
    [
        (M("a.f(...)"), {frozenset("a"), frozenset("f")}),
        (f.Any((M("f(...)"), M("g(...)"))), {frozenset({"f", "g"})}),
        (f.Any((M("f(...)"), M("$X(...)"))), set()),
        (f.All((M("f(...)"), f.Not(M("g(...)")))), {frozenset("f")}),
        (f.All((M("f($X)"), f.Conditions((f.MatchesFormula("$X", M("g(...)")),)))), {frozenset("f"), frozenset("g")}),
        (
            f.All((M("f($X)"), f.Conditions((f.HasType("$X", ("a.B",)),)))),
            {frozenset("f"), frozenset("a"), frozenset("B")},
        ),
        (f.All((M("f($X)"), f.Conditions((f.HasType("$X", ("a.B", "str")),)))), {frozenset("f")}),
        (f.All((M("f($X)"), f.Conditions((f.HasType("$Y", ("a.B",)),)))), {frozenset("f")}),
    ],
)
def test_what_a_formula_needs_is_known_before_a_file_is_parsed(
    formula: f.Formula, required: set[frozenset[str]]
) -> None:
    assert set(compile_formula(formula).required) == required
