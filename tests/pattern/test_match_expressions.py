"""Operators, containers and expressions inside others."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("pattern", "code", "matches"),
    [
        ("$X + $Y", "a + b", True),
        ("$X + $Y", "a - b", False),
        ("1 + 2 + ...", "1 + 2 + 3 + 4", True),
        ("1 + 2 + ...", "1 + 3 + 2", False),
        ("A and $X", "A and B and C", True),
        ("A and B", "A and B and C", False),
        ("A and ... and C", "A and B1 and B2 and C", True),
        ("A or B", "(A or B) or C", True),
        ("A & B", "B & A", True),
        ("A & B", "B & C & A", True),
        ("A & B", "A | B", False),
        ("$X & $X", "a & b & a", True),
        ("not $X", "not a", True),
        ("-$X", "-a", True),
        ("$X is None", "a is None", True),
        ("$X is None", "a is not None", False),
        ("$A < $B < $C", "0 < x < 1", True),
        ("$A < $B", "0 < x < 1", False),
        ("[1, ...]", "[1, 2, 3]", True),
        ("[1, ...]", "[2, 1]", False),
        ("[..., 3]", "[1, 2, 3]", True),
        ("[]", "[1]", False),
        ("[...]", "[x for x in y]", True),
        ("(1, ...)", "(1, 2)", True),
        ("{...}", "{1, 2}", True),
        ("{...}", "{'a': 1}", True),
        ("{..., 2, ...}", "{1, 2}", True),
        ("{2, 1}", "{1, 2}", True),
        ("{1}", "{1, 2}", False),
        ("{..., 'b': $V, ...}", "{'a': 1, 'b': 2}", True),
        ("{'b': $V}", "{'a': 1, 'b': 2}", False),
        ("$X[...]", "a[1]", True),
        ("$X[0]", "a[1]", False),
        ("$X[$A:$B]", "a[1:2]", True),
        ("$X[$I]", "a[1:2]", False),
        ("[$X for $X in $Y]", "[a for a in b]", True),
        ("[$X for $X in $Y]", "[a for a in b if a]", False),
        ("[... for ... in f(...)]", "[g(x) for x in f(1)]", True),
        ("lambda $X: $X", "lambda a: a", True),
        ("lambda $X: $X", "lambda a: b", False),
        ("lambda ...: 1", "lambda a, *b: 1", True),
        ("$A if $C else $B", "x if y else z", True),
        ("f(<... secret ...>)", "f(g(1, [secret]))", True),
        ("f(<... secret ...>)", "f(g(1))", False),
        ("await $X", "async def f():\n    await g()", True),
        ("yield $X", "def f():\n    yield 1", True),
        ("$X := $Y", "(n := 10)", True),
    ],
)
def test_expressions(texts: Callable[..., list[str]], pattern: str, code: str, matches: bool) -> None:
    assert bool(texts(pattern, code)) is matches


def test_parts_of_one_long_operation_are_no_matches_of_their_own(texts: Callable[..., list[str]]) -> None:
    assert texts("A or B or B", "A or B or B or C") == []


def test_a_deep_metavariable_stands_for_every_part(bound: Callable[..., list[dict[str, str]]]) -> None:
    [first] = bound("f(<... g($X) ...>)", "f(h(g(1)))")
    assert first == {"$X": "1"}


@pytest.mark.parametrize(
    ("code", "matches"),
    [
        ("f(3)", True),
        ("f('a')", False),
        ("def g(n: int):\n    f(n)", True),
        ("def g(n: str):\n    f(n)", False),
        ("n = int(s)\nf(n)", True),
        ("f(unknown)", False),
    ],
)
def test_a_typed_metavariable_needs_a_known_type(texts: Callable[..., list[str]], code: str, matches: bool) -> None:
    assert bool(texts("f($X: int)", code)) is matches


def test_hostile_patterns_and_programs_end(texts: Callable[..., list[str]]) -> None:
    names = " & ".join(f"n{number}" for number in range(40))
    assert len(texts("$A & $B & $C & $D & $E & $F & $G", names)) > 0
    numbers = ", ".join("1" * 60)
    assert texts("[..., 1, ..., 1, ..., 1, ..., 1, ..., 2]", f"[{numbers}]") == []
