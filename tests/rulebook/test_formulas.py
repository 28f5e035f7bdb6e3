"""Operators of a rule file become the formula that the engine runs, each part with its place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from readiness.pattern import formula as f
from readiness.rulebook.formulas import bound
from readiness.rulebook.schema import Rule

Formula = Callable[[str], f.Formula]


@pytest.fixture
def formula(read: Callable[[str], Rule], rule_text: str) -> Formula:
    """The formula of `match`, written in YAML."""

    def build(written: str) -> f.Formula:
        found: f.Formula = read(rule_text.replace("match: pandas.read_csv($PATH, ...)", written)).formulas["match"]
        return found

    return build


def test_a_text_is_a_pattern_at_its_place(formula: Formula) -> None:
    assert formula("match: f($PATH)") == f.Match("f($PATH)", "read-types.yaml:7:8")


def test_operators_keep_their_parts_in_order(formula: Formula) -> None:
    built = formula(
        "match:\n  all:\n    - f($PATH)\n    - not: g()\n    - inside: h()\n    - not_inside: i()\n    - regex: j"
    )
    assert isinstance(built, f.All)
    assert [type(item) for item in built.items] == [f.Match, f.Not, f.Inside, f.NotInside, f.Regex]
    assert [item.where for item in built.items] == [f"read-types.yaml:{line}:7" for line in range(9, 14)]


def test_conditions_and_focus_of_the_rule_act_on_all_of_it(formula: Formula) -> None:
    built = formula("with: {$PATH: {regex: a, not_in: [1]}}\nfocus: $PATH\nmatch: f($PATH)")
    assert isinstance(built, f.All)
    body, conditions, focus = built.items
    assert body == f.Match("f($PATH)", "read-types.yaml:9:8")
    assert isinstance(conditions, f.Conditions)
    assert [type(condition) for condition in conditions.items] == [f.MatchesRegex, f.IsOneOf]
    assert isinstance(focus, f.Focus)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("regex: a", f.MatchesRegex),
        ("not_regex: a", f.MatchesRegex),
        ("in: [a, 1]", f.IsOneOf),
        ("match: f()", f.MatchesFormula),
        ("not_match: {any: [f(), g()]}", f.MatchesFormula),
        ("const: true", f.IsConstant),
        ("kind: [Name]", f.IsKind),
        ("type: int", f.HasType),
        ("type: [int, float]", f.HasType),
        ("not_type: [dict, list]", f.HasType),
        ("where: len($PATH) > 3", f.Where),
    ],
)
def test_every_condition_can_be_written(formula: Formula, written: str, kind: type) -> None:
    built = formula(f"match:\n  all:\n    - f($PATH)\n    - with: {{$PATH: {{{written}}}}}")
    assert isinstance(built, f.All)
    conditions = built.items[1]
    assert isinstance(conditions, f.Conditions)
    assert [type(condition) for condition in conditions.items] == [kind]


def test_a_list_of_knowledge_is_any_of_its_patterns(formula: Formula) -> None:
    built = formula("match: {all: [{use: data-loading}, f($PATH)]}")
    assert isinstance(built, f.All)
    assert isinstance(built.items[0], f.Any)
    assert f.Match("pandas.read_csv(...)", built.items[0].where) in built.items[0].items


def test_only_what_finds_a_place_binds() -> None:
    formula = f.All(
        (f.Match("f($A, $...B)"), f.Not(f.Match("g($C)")), f.Inside(f.Match("h($D)")), f.NotInside(f.Match("$E")))
    )
    assert bound(formula) == {"$A", "$...B", "$D"}
