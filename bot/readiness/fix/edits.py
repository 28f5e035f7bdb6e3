"""Edits of a text: which go together, and what comes out of them."""

from __future__ import annotations

from collections.abc import Iterable

from readiness.finding import Edit


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text after all edits, whose offsets count in the text before them; edits that say the same count once."""
    parts, at = [], 0
    for edit in sorted(set(edits), key=lambda edit: (edit.start, edit.end)):
        parts += [text[at : edit.start], edit.replacement]
        at = edit.end
    return "".join([*parts, text[at:]])


def collide(some: Iterable[Edit], others: Iterable[Edit]) -> bool:
    """Whether edits of two fixes change the same place or touch; that both ask for the same edit is no conflict."""
    others = set(others)
    return any(_touch(one, other) for one in set(some) for other in others if one != other)


def smallest(text: str, edit: Edit) -> Edit:
    """The edit without what it leaves as it is at its start and its end."""
    return edit.within(text, edit.end, edit.start)


def _touch(one: Edit, other: Edit) -> bool:
    return one.start <= other.end and other.start <= one.end
