"""Finding matches in a program."""

from __future__ import annotations

from collections.abc import Callable

from readiness.pattern.find import Match, compile_formula, find, index_of, missing_words
from readiness.pattern.formula import Any, Regex
from readiness.pattern.formula import Match as Pattern
from readiness.source.python import PythonSource


def test_a_program_without_the_words_of_a_pattern_is_not_searched() -> None:
    compiled = compile_formula(Pattern("pandas.read_csv(...)"))
    assert missing_words(compiled, PythonSource.parse("a.py", "import pandas\npandas.read_json(x)\n")) == {"read_csv"}
    assert not missing_words(compiled, PythonSource.parse("b.py", "import pandas as pd\npd.read_csv(x)\n"))


def test_a_match_knows_its_first_and_last_node(found: Callable[..., list[Match]]) -> None:
    [match] = found("a()\n...\nb()", "a()\nx()\nb()")
    assert (match.first.kind, match.last.kind) == ("Expr", "Expr")
    assert match.first.enter < match.last.enter


def test_a_match_in_the_text_belongs_to_the_statement_around_it(found: Callable[..., list[Match]]) -> None:
    [match] = found(Regex("secret"), "x = 1\ny = 'secret'\n")
    assert match.first.kind == "Assign"
    assert (match.start, match.end) == (11, 17)


def test_text_and_code_are_found_beside_each_other(texts: Callable[..., list[str]]) -> None:
    assert texts(Any((Regex("TODO"), Pattern("f(...)"))), "f(1)  # TODO\nf(2)") == ["f(1)", "TODO", "f(2)"]


def test_the_tables_of_a_program_are_made_once() -> None:
    source = PythonSource.parse("a.py", "f(1)\n")
    find(compile_formula(Pattern("f(...)")), source)
    assert index_of(source) is index_of(source)


def test_offsets_are_those_of_the_text_in_any_alphabet(found: Callable[..., list[Match]]) -> None:
    code = "größe = 'ß'\nf('ü', größe)\n"
    [match] = found("f(...)", code)
    assert code[match.start : match.end] == "f('ü', größe)"
