"""Statements: what must be there, and what may go unmentioned."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest


@pytest.mark.parametrize(
    ("pattern", "code", "matches"),
    [
        ("$X = f(...)", "a = f(1)", True),
        ("$X = f(...)", "a: int = f(1)", True),
        ("$X = f(...)", "a = b = f(1)", True),
        ("$X = f(...)", "a, b = f(1), g(2)", True),
        ("$X = f(...)", "print(a := f(1))", True),
        ("$X = f(...)", "a += f(1)", False),
        ("$X: int = $Y", "a: int = 1", True),
        ("$X: int = $Y", "a = 1", False),
        ("$X += 1", "a += 1", True),
        ("$X += 1", "a -= 1", False),
        ("return", "def f():\n    return", True),
        ("return", "def f():\n    return 1", False),
        ("return ...", "def f():\n    return", True),
        ("return $X", "def f():\n    return", False),
        ("raise $X", "raise A from b", True),
        ("raise $X from $Y", "raise A", False),
        ("assert ...", "assert a, 'why'", True),
        ("assert $X", "assert a, 'why'", False),
        ("del $X", "del a", True),
        ("if $X:\n    f()", "if a:\n    f()", True),
        ("if $X:\n    f()", "if a:\n    f()\n    g()", False),
        ("if $X:\n    f()", "if a:\n    f()\nelse:\n    g()", True),
        ("if $X:\n    f()\nelse:\n    ...", "if a:\n    f()", False),
        ("if $X:\n    $S\nelse:\n    $S", "if a:\n    f()\n    g()\nelse:\n    f()\n    g()", True),
        ("if $X:\n    $S\nelse:\n    $S", "if a:\n    f()\nelse:\n    g()", False),
        ("while True:\n    ...", "while True:\n    pass", True),
        ("for $I in range(...):\n    ...", "for i in range(3):\n    pass\nelse:\n    g()", True),
        ("for $I in $XS:\n    ...", "async def f():\n    async for i in xs:\n        pass", True),
        ("with open(...) as $F:\n    ...", "with a() as b, open(x) as c:\n    pass", True),
        ("with open(...) as $F:\n    ...", "with open(x):\n    pass", False),
        ("try:\n    ...\nexcept A:\n    ...", "try:\n    f()\nexcept B:\n    g()\nexcept A:\n    h()", True),
        ("try:\n    ...\nexcept A:\n    ...", "try:\n    f()\nexcept A as e:\n    g()", False),
        ("try:\n    ...\nexcept ...:\n    ...", "try:\n    f()\nexcept A as e:\n    g()", True),
        ("try:\n    ...\nexcept (..., A, ...):\n    ...", "try:\n    f()\nexcept A:\n    g()", True),
        ("try:\n    ...\nexcept:\n    ...", "try:\n    f()\nexcept A:\n    g()", False),
        ("try:\n    ...\nexcept A:\n    ...", "try:\n    f()\nexcept A:\n    g()\nfinally:\n    h()", False),
        ("except $E:\n    pass", "try:\n    f()\nexcept A:\n    pass", True),
        ("except $E:\n    pass", "try:\n    f()\nexcept A:\n    raise", False),
        ("finally:\n    close()", "try:\n    f()\nfinally:\n    close()", True),
        ("else:\n    f()", "if a:\n    g()\nelse:\n    f()", True),
        ("match $X:\n    case 1:\n        ...", "match a:\n    case 1:\n        f()", True),
        ("global $X", "def f():\n    global a", True),
    ],
)
def test_statements(texts: Callable[..., list[str]], pattern: str, code: str, matches: bool) -> None:
    assert bool(texts(pattern, code)) is matches


@pytest.mark.parametrize(
    "statement", ["f(1)", "x = f(1)", "x += f(1)", "return f(1)", "print(f(1))", "f(1).g()", "x: int = f(1)"]
)
def test_an_expression_as_a_statement_is_found_where_its_value_is_used(
    texts: Callable[..., list[str]], statement: str
) -> None:
    assert texts("start()\nf(...)", f"def g():\n    start()\n    {statement}\n") != []


def test_an_expression_as_a_statement_is_not_found_in_a_condition(texts: Callable[..., list[str]]) -> None:
    assert texts("start()\nf(...)", "start()\nif f(1):\n    pass") == []


def test_a_deep_expression_as_a_statement_is_found_in_its_header(texts: Callable[..., list[str]]) -> None:
    code = dedent("""
        start()
        if g(f(1)):
            pass
    """)
    assert texts("start()\n<... f(...) ...>", code) != []


# What Semgrep 1 answers for the same pairs.
HANDLERS = {
    "except E": ("except $E", "except ...", "except E", "except (..., E, ...)"),
    "except E as e": ("except $E as $N", "except ..."),
    "except (D, E)": ("except $E", "except ...", "except (..., E, ...)"),
    "except": ("except", "except ..."),
    "except D as e:\n    pass\nexcept E": (
        "except $E",
        "except $E as $N",
        "except ...",
        "except E",
        "except (..., E, ...)",
    ),
}


@pytest.mark.parametrize("code", HANDLERS)
@pytest.mark.parametrize("pattern", sorted({one for found in HANDLERS.values() for one in found}))
def test_a_handler_with_a_name_is_another_one_than_without(
    texts: Callable[..., list[str]], pattern: str, code: str
) -> None:
    found = texts(f"try:\n    ...\n{pattern}:\n    ...", f"try:\n    f()\n{code}:\n    g()")
    assert bool(found) is (pattern in HANDLERS[code])


@pytest.mark.parametrize("wanted", ["", "else:\n    ...", "finally:\n    ...", "else:\n    ...\nfinally:\n    ..."])
@pytest.mark.parametrize("clauses", ["", "else:\n    h()", "finally:\n    h()", "else:\n    h()\nfinally:\n    i()"])
def test_else_and_finally_are_there_if_the_pattern_has_them(
    texts: Callable[..., list[str]], wanted: str, clauses: str
) -> None:
    found = texts(f"try:\n    ...\nexcept ...:\n    ...\n{wanted}", f"try:\n    f()\nexcept A:\n    g()\n{clauses}")
    assert bool(found) is (
        wanted.count(":") == clauses.count(":") and wanted.partition(":")[0] == clauses.partition(":")[0]
    )


@pytest.mark.parametrize("clauses", ["", "else:\n    h()", "finally:\n    h()"])
@pytest.mark.parametrize("error", ["", " A", " A as e"])
def test_a_handler_alone_is_found_whatever_stands_around_it(
    texts: Callable[..., list[str]], error: str, clauses: str
) -> None:
    assert texts("except ...:\n    g()", f"try:\n    f()\nexcept{error}:\n    g()\n{clauses}") != []
