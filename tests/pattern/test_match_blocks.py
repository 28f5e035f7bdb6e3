"""Statements that follow each other."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

LOOP = """
    a()
    for x in xs:
        if x:
            b(x)
        c()
    d()
"""


@pytest.mark.parametrize(
    ("pattern", "matches"),
    [
        ("a()\n...\nd()", True),
        ("a()\n...\nb($X)", True),
        ("a()\n...\nc()\n...\nd()", True),
        ("d()\n...\na()", False),
        ("a()\nd()", False),
        ("...\nd()", True),
        ("for $X in $XS:\n    ...\n    b($X)\n    ...", True),
        ("for $X in $XS:\n    ...\n    c()", True),
        ("for $X in $XS:\n    c()", False),
        ("for $X in $XS:\n    b($X)", False),
    ],
)
def test_dots_skip_statements_and_look_into_blocks(
    texts: Callable[..., list[str]], pattern: str, matches: bool
) -> None:
    assert bool(texts(pattern, LOOP)) is matches


def test_a_match_ends_with_the_last_statement_it_needs(texts: Callable[..., list[str]]) -> None:
    assert texts("a()\n...\nb()", "a()\nx()\nb()\nc()") == ["a() x() b()"]


def test_trailing_dots_reach_to_the_end_of_the_block(texts: Callable[..., list[str]]) -> None:
    assert texts("a()\n...", "a()\nx()\nb()") == ["a() x() b()"]


def test_many_statements_are_bound_as_they_stand(bound: Callable[..., list[dict[str, str]]]) -> None:
    assert bound("def f():\n    a()\n    $...REST", "def f():\n    a()\n    b()\n    c()") == [
        {"$...REST": "b()\n    c()"}
    ]


def test_a_metavariable_is_the_same_in_every_statement(texts: Callable[..., list[str]]) -> None:
    code = dedent("""
        f = open(p)
        g = open(q)
        g.close()
    """)
    assert texts("$F = open(...)\n...\n$F.close()", code) == ["g = open(q) g.close()"]


def test_members_of_a_class_have_no_order(texts: Callable[..., list[str]]) -> None:
    pattern = "class $C:\n    def a(self): ...\n    x = 1"
    assert texts(pattern, "class K:\n    y = 2\n    x = 1\n    def a(self):\n        pass") != []
    assert texts(pattern, "class K:\n    x = 1") == []


def test_long_blocks_with_many_dots_end(texts: Callable[..., list[str]]) -> None:
    code = "\n".join(["a()"] * 120)
    assert texts("a()\n...\na()\n...\na()\n...\nb()", code + "\nc(b)") == []


def test_a_program_that_repeats_itself_is_searched_in_reasonable_steps(texts: Callable[..., list[str]]) -> None:
    code = "x = f()\ng(x)\n" * 200
    assert 200 <= len(texts("$X = f()\n...\ng($X)", code)) <= 200 * 50
