"""Pattern text becomes a tree, or an error that says where."""

from __future__ import annotations

import pytest

from readiness.errors import PatternError
from readiness.pattern.compile import DECORATOR, EXPRESSION, STATEMENTS, compile_pattern


@pytest.mark.parametrize(
    ("text", "form", "kind"),
    [
        ("f(...)", EXPRESSION, "Call"),
        ("$X = f(...)", EXPRESSION, "Assign"),
        ("a\nb", STATEMENTS, "Expr"),
        ("def f(...)", EXPRESSION, "FunctionDef"),
        ("class $C(...):", EXPRESSION, "ClassDef"),
        ("if $X", EXPRESSION, "If"),
        ("@app.route(...)", DECORATOR, "Call"),
        ("except $E as $N: ...", EXPRESSION, "ExceptHandler"),
        ("except $E", EXPRESSION, "ExceptHandler"),
        ("else: ...", EXPRESSION, "Clause"),
        ("finally: ...", EXPRESSION, "Clause"),
        ('"key": $V', EXPRESSION, "DictItem"),
    ],
)
def test_a_pattern_may_be_a_part_of_a_program(text: str, form: str, kind: str) -> None:
    pattern = compile_pattern(text)
    assert (pattern.form, pattern.root.kind) == (form, kind)


def test_the_indentation_of_a_yaml_block_does_not_count() -> None:
    assert compile_pattern("    if $X:\n        ...\n").root.kind == "If"


@pytest.mark.parametrize(("text", "place"), [("f($X", "line 1"), ("a = 1\nb = = 2", "line 2")])
def test_a_mistake_is_shown_where_the_author_made_it(text: str, place: str) -> None:
    with pytest.raises(PatternError, match="not valid Python") as caught:
        compile_pattern(text)
    assert place in str(caught.value)


def test_an_empty_pattern_is_refused() -> None:
    with pytest.raises(PatternError, match="empty"):
        compile_pattern("  \n ")


def test_a_broken_regular_expression_in_a_string_is_refused() -> None:
    with pytest.raises(PatternError, match="regular expression"):
        compile_pattern('f("=~/(/")')


def test_metavariables_of_all_sorts_are_listed() -> None:
    pattern = compile_pattern('f($A, "$B", $...C, ($D: int), "/home/$E/...")')
    assert pattern.metavariables == {"$A", "$B", "$...C", "$D", "$E"}


def test_names_that_a_file_must_hold_are_known_before_it_is_parsed() -> None:
    pattern = compile_pattern("numpy.random.seed($X, legacy=True)")
    assert set(pattern.required) == {frozenset({"numpy"}), frozenset({"seed"}), frozenset({"legacy"})}


def test_other_spellings_of_a_module_satisfy_what_is_required() -> None:
    pattern = compile_pattern("keras.layers.Dense(...)", {"keras": "tensorflow.keras"})
    assert frozenset({"tensorflow", "keras"}) in pattern.required


def test_the_type_of_a_metavariable_need_not_be_in_the_file() -> None:
    assert compile_pattern("f($X: int)").required == (frozenset({"f"}),)
