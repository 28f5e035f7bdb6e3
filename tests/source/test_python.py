"""A parsed program as rules see it, and what is said of text that is none."""

from __future__ import annotations

import contextlib
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.errors import UnreadableSource
from readiness.finding import Location
from readiness.source.python import PythonSource


def program(text: str) -> PythonSource:
    return PythonSource.parse("pkg/example.py", textwrap.dedent(text))


CLASS = """\
import a

class Model:
    @property
    def  size(self,
             unit=1):
        if self.ready:
            return a.f(1,
                       2)
        return 0
"""


def test_a_hit_tells_all_that_a_finding_needs() -> None:
    source = program(CLASS)
    hit = source.hit(*source.span(source.by_kind["Call"][0]), {"$X": "1"})
    assert hit.location == Location("pkg/example.py", 8, 20, 9, 26, file_line=8, file_end_line=9)
    assert hit.symbol == hit.scope_key == "Model.size"
    assert hit.anchor == "return a.f(1, 2)"
    assert hit.source_lines == ("            return a.f(1,", "                       2)")
    assert hit.bindings == {"$X": "1"}


@pytest.mark.parametrize(
    ("found", "symbol", "anchor"),
    [
        ("def  size", "Model.size", "def size(self, unit=1):"),
        ("@property", "Model.size", "def size(self, unit=1):"),
        ("unit=1", "Model.size", "def size(self, unit=1):"),
        ("self.ready", "Model.size", "if self.ready:"),
        ("class", "Model", "class Model:"),
        ("import a", "", "import a"),
    ],
)
def test_a_hit_stands_on_the_header_of_its_statement(found: str, symbol: str, anchor: str) -> None:
    source = program(CLASS)
    start = CLASS.index(found)
    hit = source.hit(start, start + len(found), {})
    assert (hit.symbol, hit.anchor) == (symbol, anchor)


def test_a_hit_between_statements_stands_on_its_line() -> None:
    source = program("a = 1\n#  b   c\n")
    assert source.hit(7, 10, {}).anchor == "# b c"
    assert program("").hit(0, 0, {}).anchor == ""


def test_a_hit_over_many_lines_shows_the_first_ones() -> None:
    text = "x = [\n" + "1,\n" * 100 + "]"
    hit = program(text).hit(0, len(text), {})
    assert hit.location.end_line == 102
    assert len(hit.source_lines) == 10


def test_the_caller_may_say_where_things_are() -> None:
    def in_cell(line: int, column: int, end_line: int, end_column: int) -> Location:
        return Location("book.ipynb", line - 10, column, end_line - 10, end_column, cell=3)

    source = PythonSource.parse(
        "book.ipynb", "\n" * 10 + "x = f()", locator=in_cell, scope_key=lambda line: f"cell-{line}"
    )
    hit = source.hit(*source.span(source.by_kind["Call"][0]), {})
    assert hit.location == Location("book.ipynb", 1, 5, 1, 8, cell=3)
    assert hit.scope_key == "cell-11"
    assert hit.symbol == ""


def test_statements_and_symbols_around_a_node_are_known() -> None:
    source = program("class A:\n    def f(self):\n        return [g(x) for x in y]\nh()")
    inner, outer = source.by_kind["Call"]
    assert source.enclosing_statement(inner).kind == "Return"
    assert source.enclosing_symbol(inner) == "A.f"
    assert source.enclosing_symbol(outer) == ""
    assert source.enclosing_statement(source.tree) is source.tree
    assert source.enclosing_symbol(source.by_kind["FunctionDef"][0]) == "A.f"


def test_a_range_of_nodes_has_one_span() -> None:
    source = program("a\nb  \nc")
    first, second, _ = source.tree.fields[0]
    assert source.span_of(first, second) == (0, 3)


def test_comments_come_with_their_place() -> None:
    source = program("a = '# no'  # yes\n# é again\nb")
    assert list(source.comments()) == [(1, 13, "# yes"), (2, 1, "# é again")]


@pytest.mark.parametrize(
    "text", ["", "\n", "# only", "x = 1", "x = 1\r\ny = 2\r\n", "x = 1\ry = 2", "if x:\n\ty\n", "x = 1  \t"]
)
def test_unusual_but_valid_layout_is_read(text: str) -> None:
    source = PythonSource.parse("a.py", text)
    assert all(text[slice(*source.span(name))] == name.fields[0] for name in source.by_kind.get("Name", []))


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("x = 1\ny = (\n", "a.py:2:5", "'(' was never closed"),
        ("x = 1\n\n  y = 2\n", "a.py:3:", "unexpected indent"),
        ("a\xa0= 1", "a.py:1:2", "U+00A0"),
        ("x = 'a' b'c'", "a.py:1", "bytes"),
        ("if x:\n\ty\n        z\n", "a.py:3:1", "tabs and spaces"),
        ("x = 0777", "a.py:1", "0777"),
        ("x = 1" + "0" * 5000, "a.py:1", "digits"),
        ("%matplotlib inline", "a.py:1:1", "invalid syntax"),
        ("x = \\", "a.py:1", "unexpected EOF"),
        ("<<<<<<< HEAD\nx = 1", "a.py:1:1", "invalid syntax"),
        ("(x): int = 3\nx = (y): int", "a.py:2", ""),
    ],
)
def test_what_does_not_parse_is_explained_with_its_place(text: str, where: str, what: str) -> None:
    with pytest.raises(UnreadableSource) as caught:
        PythonSource.parse("a.py", text)
    assert caught.value.where.startswith(where)
    assert what in caught.value.what
    assert caught.value.advice


def test_what_only_libcst_refuses_is_said_to_be_unknown_to_it_once_it_is_needed() -> None:
    source = PythonSource.parse("a.py", "x = 1\ndef f():\n    (a): int\n    b\n")
    with pytest.raises(UnreadableSource, match="does not know this syntax") as caught:
        source.written(source.tree)
    assert caught.value.line == 3


def test_too_little_room_for_a_deep_program_makes_it_unreadable() -> None:
    with pytest.raises(UnreadableSource, match="nested too deeply"):
        PythonSource.parse("a.py", "a + " * 1500 + "a")


@pytest.mark.parametrize(
    ("line", "construct"),
    [
        ("print 'a'", "print statement"),
        ("print x", "print statement"),
        ("exec 'a'", "exec"),
        ("raise E, 'm'", "raise"),
        ("x = a <> b", "<>"),
        ("x = `a`", "`"),
        ("x = ur'a'", "ur"),
        ("x = 10L", "10L"),
        ("x = 0777", "0777"),
    ],
)
def test_python_2_is_recognised(line: str, construct: str) -> None:
    with pytest.raises(UnreadableSource, match="Python 2") as caught:
        PythonSource.parse("a.py", f"import os\n\n{line}\n")
    assert construct in caught.value.what
    assert caught.value.line == 3
    assert "Python 3" in caught.value.advice


@pytest.mark.parametrize("line", ["x = (", "print('a'", "x = y z", "def f(:", "'<>' x"])
def test_other_mistakes_are_not_taken_for_python_2(line: str) -> None:
    with pytest.raises(UnreadableSource, match="not valid Python") as caught:
        PythonSource.parse("a.py", line + "\n")
    assert "Python 2" not in caught.value.what


@given(st.text(alphabet="ab1 \t\n\r\x0c\xa0()[]{}'\"\\:=.,#@*fr;-+<>`%!é\x00\ufeff\x1c", max_size=30))
def test_any_text_is_either_parsed_or_unreadable(text: str) -> None:
    source = None
    with contextlib.suppress(UnreadableSource):
        source = PythonSource.parse("a.py", text)
    assert source is None or all(0 <= start <= end <= len(text) for start, end in map(source.span, source.nodes))
