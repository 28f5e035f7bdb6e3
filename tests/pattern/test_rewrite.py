"""Holes become names that a parser accepts."""

from __future__ import annotations

import libcst as cst
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.pattern.rewrite import restore, rewrite


@pytest.mark.parametrize(
    "pattern",
    [
        "f($X, ...)",
        "f(a=1, ...)",
        "f(**$K, ...)",
        "f($...ARGS, key=$V)",
        "f($X: int, $Y : str)",
        "($X: np.ndarray).sum()",
        "[..., $X, ...]",
        "{..., 'a': $V, ...}",
        "{..., $X, ...}",
        "{ ... }",
        "x[...]",
        "$X[$A:$B]",
        "lambda ...: $X",
        "lambda $X, $Y=1: $X",
        "def f(...): ...",
        "def f(self, ..., $D=[], ...): ...",
        "def f($...PARAMS): ...",
        "class A(..., B, ...): ...",
        "@$D(...)\ndef $F(...): ...",
        "f'...{$X}...{...}'",
        "[... for ... in $XS if ...]",
        "$X. ... .fit(...)",
        "<... $X + 1 ...>",
        "if <... $X ...>:\n    ...",
        "try:\n    ...\nexcept ...:\n    ...",
        "with ($X as $Y, $Z as $W): ...",
        "import $X\nfrom $M import $N as $A",
        "return ...",
        "$X = ... if ... else ...",
        "f(x for x in ...)",
    ],
)
def test_every_hole_has_a_place_in_the_grammar(pattern: str) -> None:
    rewritten = rewrite(pattern).text
    cst.parse_module(rewritten)
    assert "$" not in rewritten


@pytest.mark.parametrize("pattern", ["'$X ... <...'", '"=~/^\\d+$/"', "x = 1  # $X ..."])
def test_strings_and_comments_are_left_alone(pattern: str) -> None:
    assert rewrite(pattern).text == pattern


def test_doubled_braces_of_an_f_string_are_text() -> None:
    assert rewrite("f'{{$X}}'").text == "f'{{$X}}'"


def test_an_offset_leads_back_to_the_pattern() -> None:
    rewritten = rewrite("f($X, y)")
    assert rewritten.origin(rewritten.text.index("y)")) == "f($X, y)".index("y)")


@pytest.mark.parametrize("pattern", ["f($X, ...)", "$...ARGS", "<... $X ...>", "{..., 'a': $V}", "$X. ... .fit()"])
def test_messages_show_the_pattern_as_it_was_written(pattern: str) -> None:
    assert restore(rewrite(pattern).text).replace(" ", "") == pattern.replace(" ", "")


@given(st.text(alphabet="$.<>XA(){}[]'\"=:,*# \nfdelambd01", max_size=40))
def test_no_text_breaks_the_rewriter(pattern: str) -> None:
    assert rewrite(pattern).text.count("\n") == pattern.count("\n")
