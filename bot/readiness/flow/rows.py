"""Whose rows a value holds: where they came from, and which divisions they went through.

The rows of a value are pieces. A piece comes from one origin, such as a file that was read, and lies on one side of each
division that it went through, such as a split. Two pieces of one origin share no rows if they lie on different sides of one
division. Whether they do share some is certain only if nothing but chance chose them: two samples of a table meet, two
selections by conditions may not.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import TypeAlias

MAX_PIECES = 24
"""Of more pieces than this only the origins stay known."""


class Chosen(IntEnum):
    """How the rows on a side were chosen."""

    DRAWN = 0
    """By chance, or so that every part has some: any two such choices meet."""
    SELECTED = 1
    """By a condition or a range: two such choices may or may not meet."""
    MAYBE = 2
    """From rows of several origins: there may be none of this one."""
    PLACED = 3
    """Not chosen: where in a concatenation they are, and whether that part was put together as well."""
    LOST = 4
    """By nobody knows what: there were too many pieces."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a division of rows."""

    division: Hashable
    part: Hashable
    chosen: Chosen


@dataclass(frozen=True, slots=True)
class Range:
    """The rows from one number to before another one; None is the end."""

    start: float | None
    stop: float | None

    def apart(self, other: Range) -> bool:
        """True if one range ends before the other begins."""
        return _ends_before(self.stop, other.start) or _ends_before(other.stop, self.start)


def _ends_before(stop: float | None, start: float | None) -> bool:
    return stop is not None and start is not None and stop <= start


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows of one origin, on some sides of divisions."""

    origin: Hashable
    sides: frozenset[Side] = frozenset()
    parted: bool = False
    """Of an unknown container: its elements are other rows than each other."""

    def on(self, side: Side) -> Piece:
        """The part of the piece that is on a side."""
        return Piece(self.origin, self.sides | {side})

    def off(self, sides: set[Side]) -> Piece:
        """The piece as if it had not gone through some divisions."""
        return Piece(self.origin, self.sides - sides, self.parted)

    @property
    def defined(self) -> bool:
        """False for what a name stands for that the program does not define: it may be no data at all."""
        return not (isinstance(self.origin, tuple) and self.origin[0] == _UNDEFINED)

    @property
    def is_empty(self) -> bool:
        """True for a table that was made without rows."""
        return isinstance(self.origin, tuple) and self.origin[0] == _EMPTY


_LOST = Side("lost", None, Chosen.LOST)
_LOST_SIDES = frozenset({_LOST})
_UNDEFINED = "undefined"
_EMPTY = "empty"
Rows: TypeAlias = frozenset[Piece]
_ELEMENT = "element"
KIND = "kind"
"""How the divisions begin that tell kinds of rows apart, such as those of one ward, and set nothing aside."""
FOLDS = "folds"
SPLITS = ("split", FOLDS)
"""How the divisions begin that set rows aside for a test."""
NO_ROWS: Rows = frozenset()


def undefined(number: int) -> Piece:
    """What a name stands for that the program does not define."""
    return Piece((_UNDEFINED, number), parted=True)


def empty(number: int) -> Piece:
    """The rows of a table that was made without any."""
    return Piece((_EMPTY, number), parted=True)


def part(piece: Piece, key: object) -> Piece:
    """What a container of which nothing is known has under a key."""
    depth = sum(map(is_part, piece.sides))
    return Piece(piece.origin, piece.sides).on(Side((_ELEMENT, piece.origin, depth), key, Chosen.DRAWN))


@cache
def is_named_part(name: str) -> bool:
    """A part that was set aside, by its name: `data.X_train`, `tables["test"]`."""
    return re.search(r"(?i)(^|_)(train|test|val|valid|validation|dev|holdout)(_|$)", name) is not None


def is_part(side: Side) -> bool:
    """True if the rows were one of the elements of a container of which nothing is known."""
    return isinstance(side.division, tuple) and side.division[0] == _ELEMENT


def filled(rows: Rows) -> Rows:
    """Without the pieces of tables that were made empty, where others were put in."""
    return frozenset(piece for piece in rows if not piece.is_empty) or rows


def is_table(rows: Rows) -> bool:
    """Known rows, and not a container whose elements may be anything."""
    return bool(rows) and not any(piece.parted for piece in rows)


def limited(pieces: Iterable[Piece]) -> Rows:
    """Not too many pieces; beside all rows of an origin, or lost ones, some of them say nothing more."""
    rows = frozenset(pieces)
    if len(rows) > MAX_PIECES:
        return frozenset(Piece(piece.origin, _LOST_SIDES) for piece in rows)
    if len(rows) < 2:
        return rows
    lost = {piece.origin for piece in rows if piece.sides == _LOST_SIDES}
    complete = {piece.origin for piece in rows if not piece.sides} - lost
    if not lost and (not complete or len(complete) == len(rows)):
        return rows
    return frozenset(piece for piece in rows if _is_kept(piece, lost, complete))


def _is_kept(piece: Piece, lost: set[Hashable], complete: set[Hashable]) -> bool:
    if piece.origin in lost:
        return piece.sides == _LOST_SIDES
    return not piece.sides or piece.origin not in complete


def narrowed(rows: Rows, side: Side) -> Rows:
    """The rows that are on a side as well; of those on another side of the same division there are none."""
    if side.chosen is Chosen.SELECTED and len({piece.origin for piece in rows}) > 1:
        side = Side(side.division, side.part, Chosen.MAYBE)
    return limited(piece.on(side) for piece in rows if not any(_sides_apart(side, other) for other in piece.sides))


def joined(parts: Iterable[Rows], place: Hashable) -> Rows:
    """Rows of several values, one after the other."""
    pieces = []
    for number, rows in enumerate(parts):
        here = Side(("place", place), (number, any(map(_place, rows))), Chosen.PLACED)
        pieces += [Piece(piece.origin, _chosen(piece.sides) | {here}) for piece in rows]
    return limited(pieces)


def _place(piece: Piece) -> Side | None:
    return next((side for side in piece.sides if side.chosen is Chosen.PLACED), None)


def at_seam(rows: Rows, first: bool) -> Rows | None:
    """What a slice up to, or from, a seam of a concatenation keeps; None for rows that were not concatenated.

    With several seams it may be any of them: only the part at the end that the slice keeps is certainly there. What is
    left alone is as if it had never been put together with anything.
    """
    places = {piece: side.part for piece in rows if (side := _place(piece)) and isinstance(side.part, tuple)}
    numbers = {number for number, _ in places.values()}
    if len(places) < len(rows) or len(numbers) < 2:
        return None
    kept, lost = (min(numbers), max(numbers)) if first else (max(numbers), min(numbers))
    left = {piece: place for piece, place in places.items() if place != (lost, False)}
    if set(left.values()) == {(kept, False)}:
        return frozenset(Piece(piece.origin, _chosen(piece.sides)) for piece in left)
    return frozenset(
        piece if place == (kept, False) else piece.on(_maybe(piece, first)) for piece, place in left.items()
    )


def _maybe(piece: Piece, first: bool) -> Side:
    """On a side of a seam, which may be one of several of that concatenation."""
    place = _place(piece)
    return Side(("seam", place and place.division, first), None, Chosen.MAYBE)


def _chosen(sides: frozenset[Side]) -> frozenset[Side]:
    return frozenset(side for side in sides if side.chosen is not Chosen.PLACED)


def _sides_apart(one: Side, other: Side) -> bool:
    if one.division != other.division or one.chosen is Chosen.PLACED:
        return False
    if isinstance(one.part, Range) and isinstance(other.part, Range):
        return one.part.apart(other.part)
    return one.part != other.part


def _apart(one: Piece, other: Piece) -> bool:
    if one.origin != other.origin:
        return True
    return any(_sides_apart(side, beside) for side in one.sides for beside in other.sides)


def _meet(one: Piece, other: Piece) -> bool:
    if _apart(one, other):
        return False
    mine = [side.chosen for side in one.sides if not _is_met(side, other)]
    theirs = [side.chosen for side in other.sides if not _is_met(side, one)]
    if _LOST in one.sides or _LOST in other.sides or Chosen.MAYBE in mine or Chosen.MAYBE in theirs:
        return False
    return not (Chosen.SELECTED in mine and Chosen.SELECTED in theirs)


def _is_met(side: Side, piece: Piece) -> bool:
    """Two ranges that are not apart have rows in common."""
    if side in piece.sides or not isinstance(side.part, Range):
        return side in piece.sides
    return any(side.division == beside.division for beside in piece.sides)


def apart(one: Rows, other: Rows) -> bool:
    """Certainly without common rows."""
    return all(_apart(piece, beside) for piece in one for beside in other)


def within(part: Rows, whole: Rows) -> bool:
    """Certainly all among the others."""
    return all(any(piece.origin == around.origin and _is_inside(piece, around) for around in whole) for piece in part)


def is_in_each(piece: Piece, ways: Iterable[Rows]) -> bool:
    """Among the rows of a variable whichever of several values it has."""
    return all(within(frozenset({piece}), rows) for rows in ways)


def _is_inside(piece: Piece, around: Piece) -> bool:
    return _LOST not in around.sides and _chosen(around.sides) <= piece.sides


def overlap(one: Rows, other: Rows) -> bool:
    """Certainly with common rows."""
    if not one or not other:
        return False
    if _surely_meet(one, other) and _surely_meet(other, one):
        return True
    return _is_part(one, other) or _is_part(other, one)


def _is_part(part: Rows, whole: Rows) -> bool:
    """Within the others, which are all there: no one of them may be instead of another one."""
    return within(part, whole) and (len(set(map(_where, whole))) == len(whole) or within(whole, part))


def _surely_meet(one: Rows, other: Rows) -> bool:
    """Of rows that were put together, or come from several tables, all are there; of several pieces of one it may be any."""
    places: dict[Hashable, list[bool]] = {}
    for piece in one:
        places.setdefault(_where(piece), []).append(any(_meet(piece, beside) for beside in other))
    return any(map(all, places.values()))


def _where(piece: Piece) -> Hashable:
    place = _place(piece)
    return place.part if place else piece.origin


def siblings(one: Rows, other: Rows) -> bool:
    """Certainly different parts of the same rows, of which one could be kept for a test."""
    return bool(one) and bool(other) and apart(one, other) and any(_set_aside(p, q) for p in one for q in other)


def _set_aside(one: Piece, other: Piece) -> bool:
    """Parts of the same rows that are more than two kinds of them."""
    if one.origin != other.origin:
        return False
    return any(_sides_apart(a, b) for a in one.sides for b in other.sides if not _is_of_kind(a))


def _is_of_kind(side: Side) -> bool:
    """One kind of rows, or what an unknown container has under a name, which may be a column."""
    if is_part(side):
        return isinstance(side.part, str) and not is_named_part(side.part)
    return isinstance(side.division, tuple) and side.division[0] == KIND


def is_fold(side: Side) -> bool:
    """A part of rows of which a loop goes through all."""
    return isinstance(side.division, tuple) and side.division[0] == FOLDS


def exceeds(one: Rows, other: Rows) -> bool:
    """Certainly with rows of the side of a split that the other is not on."""
    return any(_is_around(piece, within) for piece in one for within in other)


def _is_around(piece: Piece, inner: Piece) -> bool:
    divisions = [side.division for side in inner.sides - piece.sides]
    return piece.origin == inner.origin and piece.sides <= inner.sides and any(map(_is_split, divisions))


def _is_split(division: Hashable) -> bool:
    return isinstance(division, tuple) and division[0] in SPLITS
