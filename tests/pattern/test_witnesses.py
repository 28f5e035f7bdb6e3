"""What is looked for before a pattern spares work and changes no result."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import pytest

from readiness.pattern.evaluate import Evaluator
from readiness.pattern.find import compile_formula, find, index_of
from readiness.pattern.formula import (
    All,
    Any,
    Condition,
    Conditions,
    Formula,
    IsKind,
    Match,
    MatchesFormula,
    MatchesRegex,
)
from readiness.pattern.steps import AllStep, Found, Literal, MatchStep
from readiness.source.python import PythonSource

PROGRAMS = ("calendar", "shlex", "tokenize")
TEXT = (IsKind("$TEXT", ("Constant", "JoinedStr")), MatchesRegex("$TEXT", r"^\W?[a-z]+[ ,]"))
INNER = Any((Match("len(...)"), Match("None"), Match("self.$FIELD"), Match("str.join(...)")))


def about(pattern: Formula, *conditions: Condition) -> Formula:
    return All((pattern, Conditions(conditions)))


FORMULAS = {
    "a string": about(Match('"$TEXT"'), *TEXT),
    "a named string": about(Match('$NAME = "$TEXT"'), *TEXT),
    "an argument": about(Any((Match('$F("$TEXT", ...)'), Match('$F(..., $NAME="$TEXT", ...)'))), *TEXT),
    "a value and its negation": about(
        Match('$X == "$TEXT"'), IsKind("$TEXT", ("Constant",)), MatchesRegex("$TEXT", "[a-z]", negated=True)
    ),
    "a comparison": about(Any((Match("$A == $B"), Match("$A is $B"), Match("$B < $A"))), MatchesFormula("$B", INNER)),
    "a part of a name": about(Match("$A.$B(...)"), MatchesFormula("$A", INNER)),
    "an attribute": about(Match("$X.$A"), MatchesFormula("$A", Match("$B"))),
    "a body": about(Match("if $X: $BODY"), MatchesFormula("$BODY", INNER)),
    "nothing of the kind": about(Match("return $A"), MatchesFormula("$A", INNER, negated=True)),
    "two conditions": about(
        Match('$A == "$TEXT"'), MatchesFormula("$A", INNER), IsKind("$TEXT", ("Constant",)), MatchesRegex("$TEXT", ".")
    ),
}


class Thorough(Evaluator):
    """An evaluator that tries everything everywhere."""

    complete = True


@pytest.fixture(params=PROGRAMS)
def source(request: pytest.FixtureRequest) -> PythonSource:
    """A module of the standard library."""
    path = Path(sysconfig.get_path("stdlib")) / f"{request.param}.py"
    return PythonSource.parse(path.name, path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FORMULAS)
def test_no_place_is_lost(source: PythonSource, name: str) -> None:
    plan = compile_formula(FORMULAS[name])
    ranges = Thorough(source, index_of(source), plan).result()
    assert {match.place.interval for match in find(plan, source)} == {found.place.interval for found in ranges}


@pytest.mark.parametrize("name", ["a named string", "a comparison", "a body"])
def test_these_programs_hold_such_places(name: str) -> None:
    plan = compile_formula(FORMULAS[name])
    programs = (Path(sysconfig.get_path("stdlib")) / f"{module}.py" for module in PROGRAMS)
    assert any(find(plan, PythonSource.parse(path.name, path.read_text(encoding="utf-8"))) for path in programs)


@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        (FORMULAS["a named string"], Literal),
        (about(Match("$A == $B"), MatchesFormula("$B", Match("numpy.nan"))), Found),
        (
            about(Match("$A.x == 1"), MatchesFormula("$A", Match("numpy"))),
            None,
        ),  # `from numpy import x` has no such node
        (about(Match("$A == $B"), MatchesFormula("$B", Match("numpy.nan"), negated=True)), None),
        (about(Match('$A = "$B"'), MatchesRegex("$B", "x")), None),  # a name may have such a value
    ],
)
def test_only_what_surely_stands_inside_is_asked_first(formula: Formula, kind: type | None) -> None:
    step = compile_formula(formula).step
    assert isinstance(step, AllStep)
    [pattern] = step.positives
    assert isinstance(pattern, MatchStep)
    assert [type(witness) for witness in pattern.witnesses] == ([] if kind is None else [kind])


def test_a_condition_of_a_string_is_asked_once_for_all_patterns_that_share_it() -> None:
    plan = compile_formula(FORMULAS["an argument"])
    source = PythonSource.parse("a.py", "f('ab c')\nf(x='ab c')\nf('ABC')\n")
    assert [match.texts()["$TEXT"] for match in find(plan, source)] == ["ab c", "ab c"]
    assert len(index_of(source).witnesses) == 1
