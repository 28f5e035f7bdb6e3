"""Pieces of rows: what is certain about two of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.flow.rows import (
    MAX_PIECES,
    Chosen,
    Piece,
    Range,
    Rows,
    Side,
    apart,
    at_seam,
    joined,
    limited,
    narrowed,
    overlap,
    within,
)

TABLE: Rows = frozenset({Piece("table.csv")})
OTHER: Rows = frozenset({Piece("other.csv")})


def side(part: object, division: object = "split", chosen: Chosen = Chosen.DRAWN) -> Side:
    return Side(division, part, chosen)


def test_the_two_sides_of_a_split_are_apart() -> None:
    train, test = narrowed(TABLE, side(0)), narrowed(TABLE, side(1))
    assert apart(train, test)
    assert not overlap(train, test)
    assert within(train, TABLE)
    assert not within(TABLE, train)


def test_two_samples_of_a_table_meet() -> None:
    assert overlap(narrowed(TABLE, side(0, "first")), narrowed(TABLE, side(0, "second")))


def test_of_two_selections_by_different_conditions_nothing_is_certain() -> None:
    young = narrowed(TABLE, side("true", "young", Chosen.SELECTED))
    local = narrowed(TABLE, side("true", "local", Chosen.SELECTED))
    assert not overlap(young, local)
    assert not apart(young, local)


def test_of_alternatives_all_must_meet() -> None:
    first, second, some = (
        [Piece("table.csv", frozenset({side(Range(*ends))}))] for ends in ((0, 10), (20, 30), (5, 8))
    )
    assert overlap(frozenset(first), frozenset(some))
    assert not overlap(frozenset(first + second), frozenset(some))
    assert not apart(frozenset(first + second), frozenset(some))


def test_a_selection_meets_what_it_was_selected_from() -> None:
    assert overlap(narrowed(TABLE, side("true", "young", Chosen.SELECTED)), TABLE)


def test_a_selection_from_two_tables_may_hold_nothing_of_one() -> None:
    selected = narrowed(TABLE | OTHER, side("true", "young", Chosen.SELECTED))
    assert not overlap(selected, TABLE)
    assert overlap(selected, TABLE | OTHER)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Range(None, 800), Range(800, None), True),
        (Range(0, 10), Range(20, 30), True),
        (Range(0, 10), Range(5, 30), False),
        (Range(None, None), Range(5, None), False),
    ],
)
def test_ranges_are_apart_if_one_ends_before_the_other(one: Range, other: Range, expected: bool) -> None:
    first, second = narrowed(TABLE, side(one, "range")), narrowed(TABLE, side(other, "range"))
    assert apart(first, second) is expected


def test_a_slice_at_the_seam_gives_back_what_was_joined() -> None:
    both = joined([TABLE, OTHER], "here")
    before, after = at_seam(both, first=True), at_seam(both, first=False)
    assert before is not None
    assert after is not None
    assert within(before, TABLE)
    assert within(after, OTHER)
    assert at_seam(TABLE, first=True) is None


def test_where_rows_were_joined_does_not_make_them_others() -> None:
    both = joined([TABLE, OTHER], "here")
    assert within(both, TABLE | OTHER)
    assert within(TABLE, both)


def test_of_too_many_pieces_only_the_table_stays_known() -> None:
    pieces = [Piece("table.csv", frozenset({side(number)})) for number in range(MAX_PIECES + 1)]
    lost = limited(pieces)
    assert len(lost) == 1
    assert within(lost, TABLE)
    assert apart(lost, OTHER)
    assert not overlap(lost, frozenset({pieces[0]}))
    assert not apart(lost, frozenset({pieces[0]}))


def test_beside_all_rows_of_a_table_some_of_them_say_nothing_more() -> None:
    some = Piece("table.csv", frozenset({side(1)}))
    assert limited([*TABLE, some, *OTHER]) == TABLE | OTHER


_SIDES = st.builds(Side, st.sampled_from("abc"), st.integers(0, 2), st.sampled_from([Chosen.DRAWN, Chosen.SELECTED]))
_ROWS = st.frozensets(
    st.builds(Piece, st.sampled_from("xy"), st.frozensets(_SIDES, max_size=2).filter(lambda sides: _is_one(sides))),
    max_size=3,
)


def _is_one(sides: frozenset[Side]) -> bool:
    """A piece lies on one side of each division."""
    return len({one.division for one in sides}) == len(sides)


@given(_ROWS, _ROWS)
def test_relations_do_not_depend_on_the_order(one: Rows, other: Rows) -> None:
    assert overlap(one, other) == overlap(other, one)
    assert apart(one, other) == apart(other, one)


@given(_ROWS, _ROWS)
def test_rows_never_meet_and_are_apart(one: Rows, other: Rows) -> None:
    assert not (overlap(one, other) and apart(one, other))


@given(_ROWS)
def test_rows_are_within_themselves(rows: Rows) -> None:
    assert within(rows, rows)
    assert overlap(rows, rows) == bool(rows)
