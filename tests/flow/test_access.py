"""Paths name parts of values; steps move, drop or widen them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.errors import PatternError
from readiness.flow.access import ANY, MAX_DEPTH, MAX_WITHOUT, WHOLE, Every, Op, Path, Without, moved, parse_path

KEYS = st.one_of(st.integers(0, 9), st.sampled_from(["a", "b", "c"]), st.just(ANY))
PATHS = st.lists(KEYS, max_size=MAX_DEPTH).map(tuple)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("[0]", (0,)),
        ("[*][1]", (ANY, 1)),
        ("[1::2]", (Every(1, None, 2),)),
        ("[:2]", (Every(0, 2, 1),)),
        ("['a b'].c", ("a b", "c")),
        ('["x"]', ("x",)),
    ],
)
def test_a_part_is_written_as_in_python(text: str, path: Path) -> None:
    assert parse_path(text) == path


@pytest.mark.parametrize("text", ["", "x", "[", "[x]", "[-1]", "[0]x", "[::0]x", ".", "[0] [1]"])
def test_what_names_no_part_is_refused(text: str) -> None:
    with pytest.raises(PatternError, match="names no part"):
        parse_path(text)


@given(st.text("[]*.:'\"ab012", max_size=12))
def test_any_text_is_a_path_or_refused(text: str) -> None:
    with suppress(PatternError):
        assert parse_path(text)


@given(PATHS, KEYS)
def test_what_is_put_in_can_be_taken_out(path: Path, key: object) -> None:
    inside = moved(path, Op.PUT, key)
    assert inside is not None
    assert moved(inside, Op.GET, key) == path[: MAX_DEPTH - 1]


@given(PATHS, KEYS, KEYS)
def test_another_part_does_not_have_it(path: Path, key: object, other: object) -> None:
    inside = moved(path, Op.PUT, key)
    assert inside is not None
    taken = moved(inside, Op.GET, other)
    assert (taken is None) == (key != other and ANY not in (key, other))


@given(PATHS)
def test_a_use_is_of_all_and_a_copy_of_the_same(path: Path) -> None:
    assert moved(path, Op.USE, None) == WHOLE
    assert moved(path, Op.KEEP, None) == path


def test_a_replaced_part_is_gone_and_the_others_stay() -> None:
    path = moved(WHOLE, Op.KILL, "a")
    assert path == (Without(frozenset({"a"})),)
    assert moved(path, Op.GET, "a") is None
    assert moved(path, Op.GET, "b") == WHOLE
    assert moved(("a",), Op.KILL, "a") is None
    assert moved(("b",), Op.KILL, "a") == ("b",)


def test_of_very_many_replaced_parts_the_later_ones_still_count() -> None:
    path: Path | None = WHOLE
    for number in range(MAX_WITHOUT + 1):
        path = moved(path, Op.KILL, number) if path is not None else None
    assert path is not None
    assert moved(path, Op.GET, 0) is None
    assert moved(path, Op.GET, MAX_WITHOUT) == WHOLE


@pytest.mark.parametrize(("key", "taken"), [(0, None), (1, WHOLE), (2, None), (3, WHOLE), (ANY, WHOLE), ("a", None)])
def test_every_second_part_is_every_second_part(key: object, taken: Path | None) -> None:
    assert moved((Every(1, None, 2),), Op.GET, key) == taken


def test_a_copy_of_some_parts_has_what_is_in_them() -> None:
    keys = frozenset({"a", "b"})
    assert moved(("a",), Op.AMONG, keys) == ("a",)
    assert moved(("c",), Op.AMONG, keys) is None
    assert moved(WHOLE, Op.AMONG, keys) == WHOLE
