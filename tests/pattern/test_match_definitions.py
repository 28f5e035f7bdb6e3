"""Functions, classes, parameters and decorators."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.mark.parametrize(
    ("pattern", "code", "matches"),
    [
        ("def f(...): ...", "def f(a, *b, c=1, **d): return 1", True),
        ("def f(...)", "def f(a):\n    pass", True),
        ("def $F(...): ...", "async def g(): pass", True),
        ("async def $F(...): ...", "def g(): pass", False),
        ("def f(): ...", "def f(a): pass", False),
        ("def f($X): ...", "def f(a: int = 1): pass", True),
        ("def f($X): ...", "def f(*a): pass", False),
        ("def f($X: int): ...", "def f(a: int): pass", True),
        ("def f($X: int): ...", "def f(a: str): pass", False),
        ("def f(..., $X=[], ...): ...", "def f(a, b=[], c=1): pass", True),
        ("def f(..., $X=[], ...): ...", "def f(a, b=()): pass", False),
        ("def f(*$A): ...", "def f(*args): pass", True),
        ("def f(a, /, ...): ...", "def f(a, /, b): pass", True),
        ("def f(a, /, ...): ...", "def f(a, b): pass", False),
        ("def f(...) -> int: ...", "def f(): pass", False),
        ("def f(...): ...", "def f() -> int: pass", True),
        ("def f(...): return 1", "def f():\n    return 1", True),
        ("def f(...): return 1", "def f():\n    g()\n    return 1", False),
        ("def f(...):\n    ...\n    return 1", "def f():\n    if a:\n        return 1\n    g()", True),
        ("@a\ndef $F(...): ...", "@b\n@a\ndef f(): pass", True),
        ("@a\ndef $F(...): ...", "@b\ndef f(): pass", False),
        ("@a\ndef $F(...): ...", "@a()\ndef f(): pass", True),
        ("@a\ndef $F(...): ...", "@a(1)\ndef f(): pass", False),
        ("@a(...)\ndef $F(...): ...", "@a\ndef f(): pass", True),
        ("@$X.route(...)\ndef $F(...): ...", "@app.route('/')\ndef f(): pass", True),
        ("@x.y.z\ndef $F(...): ...", "from x import y\n@y.z\ndef f(): pass", True),
        ("class $C: ...", "class A(B, metaclass=M): pass", True),
        ("class $C(B): ...", "class A(B, C): pass", True),
        ("class $C(B): ...", "class A(C, B): pass", False),
        ("class $C(..., B, ...): ...", "class A(C, B): pass", True),
        ("class $C(m.B): ...", "from m import B as Base\nclass A(Base): pass", True),
        ("class $C(..., metaclass=$M, ...): ...", "class A(B, metaclass=M): pass", True),
        ("class $C: x = 1", "class A:\n    x: int = 1", True),
        ("def $F($X):\n    ...\n    $F($X)", "def f(a):\n    f(a)", True),
        ("def $F($X):\n    ...\n    $F($X)", "def f(a):\n    g(a)", False),
    ],
)
def test_definitions(texts: Callable[..., list[str]], pattern: str, code: str, matches: bool) -> None:
    assert bool(texts(pattern, code)) is matches


def test_a_decorator_alone_is_found_on_functions_and_classes(texts: Callable[..., list[str]]) -> None:
    assert texts("@a(...)", "@a(1)\ndef f(): pass\n@a\nclass C: pass") == ["a(1)", "a"]


def test_a_definition_begins_at_its_first_decorator(texts: Callable[..., list[str]]) -> None:
    assert texts("def f(...): ...", "@a\ndef f(): pass") == ["@a def f(): pass"]


def test_many_parameters_are_bound_as_they_stand(bound: Callable[..., list[dict[str, str]]]) -> None:
    assert bound("def f(self, $...REST): ...", "def f(self, a, b=1): pass") == [{"$...REST": "a, b=1"}]
