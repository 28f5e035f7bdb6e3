"""Positions against libcst's own provider, and against the text that stands there."""

from __future__ import annotations

import ast

import libcst as cst
import pytest
from hypothesis import given
from hypothesis import strategies as st
from libcst.metadata import MetadataWrapper, PositionProvider
from programs import line_ends, programs

from readiness.source.exact.program import ExactProgram
from readiness.source.lines import LineTable
from readiness.source.python import PythonSource
from readiness.source.tree import Node

# libcst has no syntactic position for these, or leaves out their parentheses.
_OWN_WAY = {"Module", "Tuple", "GeneratorExp", "Comprehension", "Param", "TypeParam"}


texts = st.lists(st.one_of(st.text(alphabet="ab é𝄞\x0c\x0b\x1c\x85\u2028\n\r", max_size=8), line_ends)).map("".join)


def parsed(text: str) -> PythonSource:
    return PythonSource.parse("example.py", text)


def written(source: PythonSource, node: Node) -> str:
    start, end = source.span(node)
    return source.text[start:end]


def spans_of(kind: str, text: str) -> list[str]:
    source = parsed(text)
    return [written(source, node) for node in source.by_kind[kind]]


@given(texts)
def test_every_offset_has_one_line_and_column_and_back(text: str) -> None:
    lines = LineTable(text)
    for offset in range(len(text) + 1):
        assert lines.offset(*lines.position(offset)) == offset


@given(texts)
def test_lines_end_where_universal_newlines_end_them(text: str) -> None:
    lines = LineTable(text)
    expected = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert [lines.line_text(number) for number in range(1, len(lines) + 1)] == expected


def check_against_libcst(source: PythonSource) -> None:
    wrapper = MetadataWrapper(cst.parse_module(source.text), unsafe_skip_copy=True)
    provided = wrapper.resolve(PositionProvider)
    again = ExactProgram("example.py", source.text, wrapper.module)
    checked = 0
    for node in again.nodes:
        place = provided.get(node.origin) if isinstance(node.origin, cst.CSTNode) else None
        if place is None or node.kind in _OWN_WAY or getattr(node.origin, "decorators", None):
            continue
        start, end = map(source.lines.position, again.spans.span(node))
        assert (start, end) == (
            (place.start.line, place.start.column + 1),
            (place.end.line, place.end.column + 1),
        ), node.kind
        checked += 1
    assert checked > 0 or len(again.nodes) == 1


def check_texts(source: PythonSource) -> None:
    for node in source.nodes:
        text = written(source, node)
        if node.kind == "Name":
            assert text == node.fields[0]
        elif node.kind in ("Call", "Tuple", "GeneratorExp", "List", "Dict", "Attribute", "BinOp", "Compare", "Lambda"):
            assert same_expression(text, node)
        if node.parent is not None and node.parent.kind not in ("Module", "FunctionDef", "ClassDef"):
            start, end = source.span(node)
            outer_start, outer_end = source.span(node.parent)
            assert outer_start <= start <= end <= outer_end


def same_expression(text: str, node: Node) -> bool:
    """True if the text, on its own, is an expression of the node's kind."""
    kinds = {"GeneratorExp": ("GeneratorExp", "Name"), "BinOp": ("BinOp",)}.get(node.kind, (node.kind,))
    if node.kind == "GeneratorExp" and not text.startswith("("):
        text = f"({text})"  # the only argument of a call
    return type(ast.parse(f"({text}\n)", mode="eval").body).__name__ in kinds


def test_real_programs_have_the_positions_of_libcst(real_program: str) -> None:
    check_against_libcst(parsed(real_program))


def test_real_programs_have_the_text_of_each_node_at_its_position(real_program: str) -> None:
    check_texts(parsed(real_program))


@given(programs)
def test_generated_programs_have_the_positions_of_libcst(text: str) -> None:
    check_against_libcst(parsed(text))


@given(programs)
def test_generated_programs_have_the_text_of_each_node_at_its_position(text: str) -> None:
    check_texts(parsed(text))


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("Tuple", "x = ( # c\n a, b\n)", ["( # c\n a, b\n)"]),
        ("Tuple", "x = ((a, b))", ["(a, b)"]),
        ("Tuple", "for a, b in c: pass", ["a, b"]),
        ("GeneratorExp", "f((a for a in b)) + g(a for a in b)", ["(a for a in b)", "a for a in b"]),
        ("Comprehension", "[a for a in b  if (c) \\\n for d in (e)]", ["for a in b  if (c)", "for d in (e)"]),
        ("Param", "def f(a, /, b: int = (1), *, c, **d): pass", ["a", "/", "b: int = (1)", "*", "c", "**d"]),
        ("Param", "def f(*a: (b)): pass", ["*a: (b)"]),
        ("TypeParam", "def f[T: int = (a), *U, **V](): pass", ["T: int = (a)", "*U", "**V"]),
        ("Keyword", "f(a = (b) , c=d)", ["a = (b)", "c=d"]),
        ("Starred", "f(* a, *b)", ["* a", "*b"]),
        ("FormattedValue", "f'{ a !r:>{ b }}'", ["{ a !r:>{ b }}", "{ b }"]),
        ("Alias", "from a import (b as c, d)", ["b as c", "d"]),
        ("Alias", "from a import *", ["*"]),
        ("ImportFrom", "from a import (\n b,\n  ) # c", ["from a import (\n b,\n  )"]),
        ("Slice", "a[ 1 : 2 , :: 3]", ["1 : 2", ":: 3"]),
        ("Expr", "(a) ; b", ["(a)", "b"]),
        ("If", "if a: b\nelif c: d\n# e", ["if a: b\nelif c: d", "elif c: d"]),
        ("FunctionDef", "x\n@a\n\n@b\ndef f():\n    pass\n    # c\n", ["@a\n\n@b\ndef f():\n    pass"]),
        ("WithItem", "with (a) as (b): pass", ["(a) as (b)"]),
        ("ExceptHandler", "try: a\nexcept (B): c", ["except (B): c"]),
        ("Constant", "x = ('a'  # b\n 'c')", ["'a'  # b\n 'c'"]),
    ],
)
def test_a_node_spans_what_belongs_to_it(kind: str, text: str, expected: list[str]) -> None:
    assert spans_of(kind, text) == expected


@pytest.mark.parametrize(
    ("kind", "text", "header"),
    [
        ("FunctionDef", "@a\nasync def f(b=(lambda: c)) -> d : # e\n  pass", "async def f(b=(lambda: c)) -> d :"),
        ("ClassDef", "@a\nclass B(c): d", "class B(c):"),
        ("If", "if x[1:2]:\n  y\nelse: z", "if x[1:2]:"),
        ("Match", "match (lambda: a) :\n case b: pass", "match (lambda: a) :"),
        ("Assign", "a = (\n b)", "a = (\n b)"),
    ],
)
def test_the_header_of_a_statement_ends_with_its_colon(kind: str, text: str, header: str) -> None:
    source = parsed(text)
    start, end = source.header_span(source.by_kind[kind][0])
    assert text[start:end] == header


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_form_feeds_move_nothing(line_end: str) -> None:
    text = "\x0cimport a\n \x0c\n\x0c\x0cclass B:\n\x0c  c = '\x0c'\n  \x0c  # d\n\x0c  e = 1\n\x0c".replace(
        "\n", line_end
    )
    source = parsed(text)
    assert [written(source, node) for node in source.by_kind["Name"]] == ["a", "B", "c", "e"]
    assert [source.lines.position(source.span(node)[0]) for node in source.by_kind["Name"]] == [
        (1, 9),
        (3, 9),
        (4, 4),
        (6, 4),
    ]
