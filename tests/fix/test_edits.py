"""Edits of a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readiness.finding import Edit
from readiness.fix.edits import applied, collide, smallest

TEXTS = st.text("abc\n", max_size=12)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, Edit]:
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text)))
    return text, Edit(start, draw(st.integers(start, len(text))), draw(TEXTS))


@given(edited())
def test_the_smallest_edit_does_the_same(case: tuple[str, Edit]) -> None:
    text, edit = case
    small = smallest(text, edit)
    assert applied(text, [small]) == applied(text, [edit])
    assert edit.start <= small.start <= small.end <= edit.end
    assert smallest(text, small) == small


@given(st.lists(st.tuples(TEXTS.filter(bool), TEXTS, TEXTS), max_size=5))
def test_what_no_edit_names_stays(parts: list[tuple[str, str, str]]) -> None:
    text, edits = "", []
    for kept, old, new in parts:
        edits.append(Edit(len(text) + len(kept), len(text) + len(kept) + len(old), new))
        text += kept + old
    assert applied(text, reversed(edits)) == "".join(kept + new for kept, _, new in parts)


def test_an_edit_that_two_fixes_ask_for_is_made_once() -> None:
    assert applied("ab", [Edit(1, 1, "x"), Edit(1, 1, "x")]) == "axb"


def test_edits_that_overlap_or_touch_collide_unless_they_are_the_same() -> None:
    one = Edit(2, 5, "x")
    assert collide([one], [Edit(4, 6, "")])
    assert collide([one], [Edit(5, 5, "")])
    assert not collide([one], [Edit(6, 7, "")])
    assert not collide([one], [one])
