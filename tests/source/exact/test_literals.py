"""Values of literal tokens, compared with what Python makes of them."""

from __future__ import annotations

import ast
import io
import tokenize
import warnings

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from readiness.source.exact.literals import number_value, string_value

bodies = st.text(alphabet="ab\\nrtxuUN01749{}é\n\"'", max_size=12)
prefixes = st.sampled_from(["", "r", "R", "u", "b", "B", "br", "Rb"])
quotes = st.sampled_from(["'", '"', "'''", '"""'])


def python_value(token: str) -> object:
    """What Python makes of a text that is one string token; `...` if it is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            kinds = [found.type for found in tokenize.generate_tokens(io.StringIO(token).readline)]
            return ast.literal_eval(token) if kinds.count(tokenize.STRING) == 1 else ...
        except (SyntaxError, ValueError, tokenize.TokenError):
            return ...


@given(prefixes, quotes, bodies)
def test_a_string_has_the_value_that_python_gives_it(prefix: str, quote: str, body: str) -> None:
    token = f"{prefix}{quote}{body}{quote}"
    expected = python_value(token)
    assume(isinstance(expected, str | bytes))
    assert string_value(token) == expected


@pytest.mark.parametrize(
    ("token", "value"),
    [
        (r"'\N{LATIN SMALL LETTER E WITH ACUTE}'", "é"),
        (r"'\N{no such name}'", r"\N{no such name}"),
        (r"'\x4'", r"\x4"),
        (r"'\U00110000'", r"\U00110000"),
        (r"'\d\.'", r"\d\."),
        (r"b'\N{x}\u0041\400'", b"\\N{x}\\u0041\x00"),
        ("'a\\\nb'", "ab"),
        ("'''a\r\nb\rc'''", "a\nb\nc"),
        ("''", ""),
        ('""""a" """', '"a" '),
    ],
)
def test_what_python_would_refuse_is_kept_as_written(token: str, value: str | bytes) -> None:
    assert string_value(token) == value


@given(st.one_of(st.integers(0), st.floats(0, allow_nan=False, allow_infinity=False)))
def test_a_number_has_its_value(number: float) -> None:
    assert number_value(repr(number)) == number


@pytest.mark.parametrize(
    ("token", "value"),
    [
        ("0xFF_ff", 65535),
        ("0O17", 15),
        ("0b1_0", 2),
        ("00", 0),
        ("1_000", 1000),
        ("1E3", 1000.0),
        (".5", 0.5),
        ("1_0J", 10j),
    ],
)
def test_every_way_to_write_a_number_is_read(token: str, value: complex) -> None:
    assert number_value(token) == value
    assert type(number_value(token)) is type(value)
