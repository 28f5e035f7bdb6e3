"""Hostile text cannot act on a terminal, and plain text stays as it is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.finding import Skipped
from readiness.report._text import counted, place_of_skipped, visible

HIDDEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
ANY_CHARACTER = st.text(st.characters(exclude_categories=()))


@given(ANY_CHARACTER)
def test_nothing_invisible_is_printed(text: str) -> None:
    shown = visible(text)
    assert {unicodedata.category(character) for character in shown}.isdisjoint(HIDDEN)
    shown.encode("utf-8")


@given(st.text(st.characters(categories=("L", "N", "P", "S", "Zs"))))
def test_what_can_be_seen_is_not_changed(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m", r"\x1b[31m"),
        ("a\nb", r"a\x0ab"),
        ("\u202eabc", r"\u202eabc"),
        ("\ufeff", r"\ufeff"),
        ("\U000e0041", r"\U000e0041"),
        (b"caf\xe9.py".decode(errors="surrogateescape"), r"caf\xe9.py"),
        ("\ta", "    a"),
    ],
)
def test_an_invisible_character_is_written_as_an_escape(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_number_and_its_noun_agree() -> None:
    assert [counted(0, "file"), counted(1, "file"), counted(2, "file"), counted(2, "entry", "entries")] == [
        "0 files",
        "1 file",
        "2 files",
        "2 entries",
    ]


def test_a_cell_that_was_left_out_is_counted_from_one() -> None:
    assert place_of_skipped(Skipped("a.ipynb", "no Python", cell=0, line=3)) == "a.ipynb cell 1, line 3"
    assert place_of_skipped(Skipped("a.py", "no Python", line=3)) == "a.py:3"
