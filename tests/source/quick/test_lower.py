"""Two parsers, one tree: what `ast` and libcst give for the same program is the same, node for node."""

from __future__ import annotations

import ast
import sys

import pytest
from hypothesis import given
from programs import programs

from readiness.source.exact.program import ExactProgram
from readiness.source.quick.lower import lower_module, read_quickly
from readiness.source.tree import Node


def flat(nodes: list[Node]) -> list[object]:
    """Every node with its place in the walk, its own values and the numbers of the nodes below it."""

    def value(field: object) -> object:
        if isinstance(field, Node):
            return ("node", field.enter)
        if isinstance(field, tuple):
            return tuple(map(value, field))
        return type(field).__name__, repr(field)

    return [(node.kind, node.enter, node.leave, *map(value, node.fields)) for node in nodes]


def check(text: str) -> None:
    assert flat(lower_module(ast.parse(text))) == flat(ExactProgram.parse("example.py", text).nodes)


def test_real_programs_are_read_alike(real_program: str) -> None:
    check(real_program)


@given(programs)
def test_generated_programs_are_read_alike(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        "a or b or (c or d) or e and f and g",
        "(a or b) or c",
        "f(a, *b, c=1, **d)",
        "f(c=1, *b, **d)",
        "class A(B, *C, metaclass=M, **k): pass",
        "a[1, 2], a[(1, 2)], a[(1, 2),], a[()], a[1:2, ::3], a[(b)], a[*b]",
        "def f(a, b=1, /, c: int = 2, *d: str, e, g=3, **h): pass",
        "def f(a, /): pass\ndef g(*, a): pass\ndef h(*a): pass\nlambda *, a, b=1, **c: 0",
        "'a' 'b', 'a' f'{b}' 'c', f'' 'a', 'a' '' f'{b}c' f'd', b'a' b'b', f'{a}{b}', f'{{}}{a!r:>{b}}'",
        "f'{a=}', f'{ a . b [ 1 ] = }', f'a={a!r}{{{b=!s}}}', f'{a=:>{b=}}', f'{a,=} {b}' 'c'",
        "{**a, 'b': 1, **c}\n{a: b for a, b in c}\n{a for a in b}",
        "from . import a\nfrom .. b.c import (d as e, f)\nfrom ...x import *\nimport a.b.c as d, e.f",
        "if a: pass\nelif b: pass\nelse: pass\nif a: pass\nelse:\n  if b: pass",
        "try: pass\nexcept* (A, B) as e: pass\ntry: pass\nexcept: pass\nelse: pass\nfinally: pass",
        "with (a as b, c): pass\nwith (a, b): pass\nwith (a): pass\nasync def f():\n  async with a: pass",
        "async def f():\n  async for a in b: await c\n  return [d async for d in e if f if g]",
        "match a:\n case 1 | -2 | 'x' | None: pass\n case {'k': v, **r}: pass\n case A(b, c=D()): pass\n case [x, *_]: pass",
        "match a:\n case (b as c) if d: pass\n case [1, *e]: pass\n case _: pass\n case x.y: pass",
        "del a, b[0]\ndel (c, d)\nglobal e, f\nassert a, 'b'\nraise A from b\nx: int\ny: int = 1",
        "not a < b <= c is not d not in e\n-1 ** ~2 @ 3\nx = y = (z := 1)\nx @= 2\nyield_ = (yield), (yield from a)",
        "0x_ff, 1_0.5e3, 2j, ..., None, True, r'\\d', '\\N{EM DASH}' if 0 else '\\x41\\101\\u00e9\\\n'",
    ],
)
def test_what_each_parser_writes_in_its_own_way_is_read_alike(text: str) -> None:
    check(text)


@pytest.mark.parametrize("text", ["a b", "'\\ud800' '\ud800'", "x = 0\0"])
def test_what_one_of_them_cannot_read_is_left_to_libcst(text: str) -> None:
    assert read_quickly(text) is None


@pytest.mark.skipif(sys.version_info < (3, 12), reason="syntax of Python 3.12")
@pytest.mark.parametrize("text", ["type A[T: int, *U, **V] = B[T]", "class A[T](B): pass\ndef f[T](a: T) -> T: pass"])
def test_type_parameters_are_read_alike(text: str) -> None:
    check(text)


def test_names_in_compatibility_letters_are_read_as_python_reads_them() -> None:
    check("\uff57\uff49\uff44\uff54\uff48 = 1")


def test_strange_escapes_are_read_without_a_warning() -> None:
    assert read_quickly("'\\d'") is not None
