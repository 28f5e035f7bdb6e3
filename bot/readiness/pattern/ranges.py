"""Places that a formula found, and how operators combine them.

A range is an interval, of pre-order numbers or of text offsets. Only ranges of one sort can be compared: `comparable`
turns numbers into offsets where they meet some, and no sooner, for it is dear to know where a node stands. What the
metavariables are bound to goes along, and two ranges agree only if their metavariables do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from readiness.pattern.bindings import Binding, Bindings, Place


class Sort(Enum):
    """What a range came from; negation and intersection ask."""

    PLAIN = "plain"
    INSIDE = "inside"
    REGEX = "regex"


class Range(Struct, frozen=True):
    """One place: from `start` to `end`, both included."""

    start: int
    end: int
    bindings: Bindings
    place: Place
    sort: Sort = Sort.PLAIN
    textual: bool = False
    """`start` and `end` are text offsets."""

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for ranges of one place between which nobody can tell a difference."""
        bound = ((name, *_identity(binding)) for name, binding in self.bindings.items())
        return (self.sort, frozenset(bound))


Same: TypeAlias = Callable[[Binding, Binding], bool]


def _identity(binding: Binding) -> tuple[object, ...]:
    return (tuple(node.enter for node in binding.nodes), binding.content, binding.offsets)


def distinct(ranges: Iterable[Range]) -> list[Range]:
    """Drop ranges that say the same as an earlier one."""
    ranges = list(ranges)
    if len(ranges) < 2:
        return ranges
    places: dict[tuple[int, int, bool], list[Range]] = {}
    for range_ in ranges:
        known = places.get((range_.start, range_.end, range_.textual))
        if known is None:
            places[range_.start, range_.end, range_.textual] = [range_]
        elif range_.key not in {other.key for other in known}:
            known.append(range_)
    return [range_ for known in places.values() for range_ in known]


def comparable(some: list[Range], others: list[Range]) -> tuple[list[Range], list[Range]]:
    """The ranges as offsets, if any of them are."""
    if not some or not others or len({range_.textual for range_ in (*some, *others)}) == 1:
        return some, others
    return list(map(_in_text, some)), list(map(_in_text, others))


def _in_text(range_: Range) -> Range:
    if range_.textual:
        return range_
    start, end = range_.place.span
    return replace(range_, start=start, end=end - 1, textual=True)


def within(inner: Range, outer: Range, same: Same) -> bool:
    """True if `inner` lies in `outer` and their metavariables agree."""
    return outer.start <= inner.start and inner.end <= outer.end and _agree(inner.bindings, outer.bindings, same)


def _agree(one: Bindings, other: Bindings, same: Same) -> bool:
    """Numbered groups of regular expressions never disagree."""
    return all(name[1:].isdigit() or name not in other or same(bound, other[name]) for name, bound in one.items())


def intersection(some: list[Range], others: list[Range], same: Same) -> list[Range]:
    """The inner range of each pair of which one lies in the other, with the metavariables of both."""
    inner = [_merged(a, b) for a in some for b in others if _keeps(a, b, same)]
    outer = [_merged(b, a) for b in others for a in some if _keeps(b, a, same)]
    return distinct(inner + outer)


def _keeps(inner: Range, outer: Range, same: Same) -> bool:
    """A range that only says where to look is no result inside of one that says what to look for."""
    return (inner.sort is not Sort.INSIDE or outer.sort is Sort.INSIDE) and within(inner, outer, same)


def _merged(inner: Range, outer: Range) -> Range:
    return replace(inner, bindings={**outer.bindings, **inner.bindings})


def difference(ranges: list[Range], excluded: list[Range], same: Same) -> list[Range]:
    """The ranges that no excluded one rules out."""
    return [range_ for range_ in ranges if not any(excludes(one, range_, same) for one in excluded)]


def excludes(excluded: Range, range_: Range, same: Same) -> bool:
    """`not` asks for the same place, `not inside` for a place around it, a regular expression for either way around."""
    around, inside = within(range_, excluded, same), within(excluded, range_, same)
    match excluded.sort:
        case Sort.INSIDE:
            return around
        case Sort.REGEX:
            return around or inside
        case Sort.PLAIN:
            return around and inside
