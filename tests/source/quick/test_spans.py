"""Where `ast` says that something stands, libcst says the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from programs import programs

from readiness.source.exact.program import ExactProgram
from readiness.source.python import PythonSource
from readiness.source.quick.spans import quick_header_span, quick_span

_KNOWN = "Import Assign Return Call Attribute Subscript Keyword Starred List Dict Compare".split()


def check(text: str) -> None:
    source = PythonSource.parse("example.py", text)
    exact = ExactProgram.parse("example.py", text)
    for node, twin in zip(source.nodes, exact.nodes, strict=True):
        assert quick_span(node, source.lines) in (None, exact.spans.span(twin)), node
        assert quick_header_span(node, source.lines) in (None, exact.spans.header_span(twin)), node


def test_real_programs_have_the_positions_of_libcst(real_program: str) -> None:
    check(real_program)


@given(programs)
def test_generated_programs_have_the_positions_of_libcst(text: str) -> None:
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        "é = 'é', ñ.名(名 = 1)",
        "f(a for a in b), (a for a in b)",
        "f'{a.b(c)} é {d[0]}' 'x' + y",
        "print(f'{a} {a}' f'é{ (b) + 1:>{w}}' 'c'\n  f'{{}}{c.d(e=f)!r}' rf'\\{g}')",
        'x = f"""{a}\n  {b}{\n c}é{a}""" + f"{f\'{a} {b}\'} {a}"',
        "f'x\\\n{a}{a if b else c}{(a, b)}{a,}{\"a\"}{[x for x in y]}{f(x for x in y)}{-1}1'",
        "a or (b) or c",
        "@a\n@b.c(d)\nclass E: pass\n@ (f @ g)\n\nasync def h(): pass",
        "def f(a, /): pass\ndef g(a, *, b=1) -> (c): pass\ndef h(\n  a=(1),\n  # x: y\n): pass\ndef i(*args: int): pass",
        "class B(): pass\nclass C(D, metaclass=(E)): pass",
        "def f(\n  a,  # b: c\r  # d:\r\n  e=(1)  # :\n): pass\nclass G(\n  H,  # i:\n): pass",
        "if (a): pass\nelif (b\n): pass\nwhile a \\\n : pass\nfor a in (b), : pass",
        "with (a as b, c as d,): pass\nwith a, (b): pass",
        "try : pass\nexcept A as e: pass\nfinally: pass\nmatch (a):\n case (1): pass",
        "a = b; c = (d); e: f = g ;",
    ],
)
def test_parentheses_decorators_and_other_letters_count_as_libcst_counts_them(text: str) -> None:
    check(text)


def test_what_findings_stand_on_is_known_without_libcst() -> None:
    source = PythonSource.parse("example.py", "import a\nx = a.f(b[0], c=[1, *d])\nreturn {'k': v < 2}\n")
    places = [quick_span(node, source.lines) for kind in _KNOWN for node in source.by_kind[kind]]
    assert len(places) == len(_KNOWN)
    assert None not in places


def test_a_header_ends_at_its_colon_whatever_comments_stand_before_it() -> None:
    source = PythonSource.parse(
        "example.py", "def f(\n  a,  # one: two\r\n  # three:\r  b=1,  # four\n):  # five:\n  pass\n"
    )
    [span] = [quick_header_span(node, source.lines) for node in source.by_kind["FunctionDef"]]
    assert span == (0, source.text.index(":  # five") + 1)


def test_where_something_stands_in_an_f_string_is_known_without_libcst() -> None:
    source = PythonSource.parse("example.py", "x = f'{a.b} of {c(d)} are' f'{e[0]:.2f}'")
    places = [quick_span(source.by_kind[kind][0], source.lines) for kind in ("Attribute", "Call", "Subscript")]
    assert [source.text[slice(*place)] for place in places if place is not None] == ["a.b", "c(d)", "e[0]"]


def test_where_a_parameter_is_named_is_known_without_libcst() -> None:
    source = PythonSource.parse("example.py", "def f(a, *b, c: int = 1, **d): pass\nlambda e: 0\n")
    names = [param.fields[0] for param in source.by_kind["Param"]]
    places = [quick_span(name, source.lines) for name in names]
    assert [source.text[slice(*place)] for place in places if place is not None] == list("abcde")
