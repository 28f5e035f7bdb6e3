"""Conditions on rows."""

from __future__ import annotations

import pytest

from readiness.errors import PatternError
from readiness.flow.relations import parse_rows
from readiness.flow.rows import Piece

TABLE = frozenset({Piece("table.csv")})
OTHER = frozenset({Piece("other.csv")})


def test_names_are_labels_and_metavariables() -> None:
    condition = parse_rows("overlap(FITTED, $T) and not within(FITTED, TRAINED)")
    assert condition.labels == {"FITTED", "TRAINED"}
    assert condition.metavariables == {"$T"}


def test_a_condition_compares_the_rows_of_its_names() -> None:
    condition = parse_rows("overlap(FITTED, $T) and not (within(FITTED, TRAINED) or apart(FITTED, $T))")
    assert condition.holds({"FITTED": TABLE | OTHER, "$T": TABLE, "TRAINED": OTHER})
    assert not condition.holds({"FITTED": TABLE, "$T": TABLE, "TRAINED": TABLE})


def test_what_is_not_known_overlaps_nothing() -> None:
    assert not parse_rows("overlap(FITTED, $T)").holds({"$T": TABLE})


@pytest.mark.parametrize("text", ["", "FITTED", "touches(A, $B)", "overlap(A)", "overlap(A, 1)", "overlap(A, $B) +"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(PatternError, match="no condition on rows"):
        parse_rows(text)
