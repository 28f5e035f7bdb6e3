"""YAML is read with the place of everything in it, and nothing hostile gets through."""

from __future__ import annotations

import string

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from readiness.errors import RuleError
from readiness.rulebook.marks import MAX_CHARACTERS, MAX_DEPTH, load

WORDS = st.text(string.ascii_lowercase, min_size=1, max_size=8).map(lambda word: f"w{word}")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-1000, 1000) | WORDS | st.text(max_size=20).filter(str.isprintable),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_values_are_those_of_a_yaml_library(value: object) -> None:
    text = yaml.safe_dump(value, allow_unicode=True)
    assert load(text, "f.yaml").value == value


@given(st.dictionaries(WORDS, VALUES, min_size=1, max_size=5))
def test_every_key_is_found_at_its_place(value: dict[str, object]) -> None:
    text = yaml.safe_dump(value, allow_unicode=True)
    document = load(text, "f.yaml")
    for path in document.keys:
        _, line, column = document.where(path, key=True).rsplit(":", 2)
        assert text.splitlines()[int(line) - 1][int(column) - 1 :].lstrip("'\"").startswith(str(path[-1]))


def test_words_of_yaml_1_1_stay_words() -> None:
    document = load("off: true\nanswer: no\nday: 2026-01-31\nhour: 12:30\noctal: 017", "f.yaml")
    assert document.value == {"off": True, "answer": "no", "day": "2026-01-31", "hour": "12:30", "octal": "017"}


def test_a_position_inside_a_block_counts_from_the_block() -> None:
    document = load("a:\n  b: |\n    first\n    second\n", "f.yaml")
    assert document.where_inside(("a", "b"), 2, 3) == "f.yaml:4:7"


def test_a_position_inside_a_quoted_text_counts_from_its_quote() -> None:
    assert load("a: 'x(y'\n", "f.yaml").where_inside(("a",), 1, 2) == "f.yaml:1:6"


def test_a_path_that_is_not_written_is_where_the_nearest_part_is() -> None:
    assert load("a:\n  b: 1\n", "f.yaml").where(("a", "c", "d")) == "f.yaml:2:3"


def test_an_alias_stands_for_its_value() -> None:
    assert load("a: &x [1, 2]\nb: *x\n", "f.yaml").value == {"a": [1, 2], "b": [1, 2]}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a: 1\nb: 2\na: 3", "f.yaml:3:1: the key `a` is written twice"),
        ("a:\n  - [1", "not valid YAML"),
        ("a: b: c", "f.yaml:1:5: not valid YAML"),
        ("!!python/object:os.system x", "the tag tag:yaml.org,2002:python/object:os.system is not allowed"),
        ("a: !!set {b}", "is not allowed"),
        ("a: &x [*x]", "`*x` stands for nothing above it"),
        ("? [a]\n: 1", "a key must be a word"),
        ("a: 1\n---\nb: 1", "a second YAML document"),
        ("a: \x01", "holds a character that YAML does not allow"),
        ("", "the file is empty"),
        ("# only a comment", "the file is empty"),
        ("[" * 3000, f"nested more than {MAX_DEPTH} levels deep"),
        ("a: " + "x" * MAX_CHARACTERS, "longer than"),
    ],
)
def test_what_is_no_plain_yaml_is_refused(text: str, what: str) -> None:
    with pytest.raises(RuleError) as refused:
        load(text, "f.yaml")
    assert what in str(refused.value)


def test_a_bomb_of_aliases_is_refused_before_it_grows() -> None:
    levels = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    levels += [
        f"{new}: &{new} [{', '.join([f'*{old}'] * 10)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    with pytest.raises(RuleError, match="more than 50000 values"):
        load("\n".join(levels), "f.yaml")


def test_a_byte_order_mark_is_no_part_of_the_first_key() -> None:
    assert load("\ufeffa: 1", "f.yaml").value == {"a": 1}
