"""Which parts of a program can hold a flow at all: those that get to a source and to a sink.

A part gets to all that it names, and to the code of the module, whose variables it sees. Names are taken as they are
written, whatever they stand for there: too much is followed rather than too little.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.source.python import PythonSource

Interval: TypeAlias = tuple[int, int]
"""First and last number of some code."""


class Regions:
    """The classes and functions of a program, and what each gets to."""

    def __init__(self, source: PythonSource) -> None:
        self._functions = source.by_kind.get("FunctionDef", ())
        self._defined: dict[str, list[Node]] = {}
        for definition in (*self._functions, *source.by_kind.get("ClassDef", ())):
            self._defined.setdefault(definition.fields[1].fields[0], []).append(definition)
        self._uses = [node for node in source.by_kind.get("Name", ()) if node.fields[0] in self._defined]
        self._numbers = [node.enter for node in self._uses]
        self._reached: dict[int, tuple[Interval, ...]] = {}
        self._tree = source.tree
        self._outer = list(_outermost(self._functions))
        self._parts = (source.tree, *source.by_kind.get("ClassDef", ()), *self._functions)

    def some_hold(self, *ends: Iterable[Interval]) -> bool:
        """Whether any part of the program gets to a place of each of the ends."""
        places = [sorted(end) for end in ends]
        return any(self.holds(part, *places) for part in self._parts)

    def holds(self, part: Node, *ends: Iterable[Interval]) -> bool:
        """Whether a part gets to a place of each of the ends."""
        return all(any(self._is_reached(part, place) for place in end) for end in ends)

    def _is_reached(self, part: Node, place: Interval) -> bool:
        if self._is_of_module(place):
            return True
        return any(first <= place[0] and place[1] <= last for first, last in self._reach(part))

    def _is_of_module(self, place: Interval) -> bool:
        number = bisect_right(self._outer, (place[0], place[0])) - 1
        return number < 0 or self._outer[number][1] < place[0]

    def _reach(self, part: Node) -> tuple[Interval, ...]:
        known = self._reached.get(part.enter)
        if known is None:
            known = self._reached[part.enter] = tuple(self._follow(part))
        return known

    def _follow(self, part: Node) -> Iterator[Interval]:
        """The part itself, but of the module only what it names, and everything that is named there."""
        seen: set[int] = set()
        waiting = list(self._named_by_module()) if part is self._tree else [part]
        while waiting:
            code = waiting.pop()
            if code.enter not in seen:
                seen.add(code.enter)
                yield code.enter, code.leave
                waiting += [found for use in self._uses_in(code) for found in self._defined[use.fields[0]]]

    def _uses_in(self, code: Node) -> list[Node]:
        return self._uses[bisect_left(self._numbers, code.enter) : bisect_right(self._numbers, code.leave)]

    def _named_by_module(self) -> Iterator[Node]:
        for use in self._uses:
            if self._is_of_module((use.enter, use.leave)):
                yield from self._defined[use.fields[0]]


def regions_of(source: PythonSource) -> Regions:
    """The parts of a program, found once."""
    regions = source.derived.get(Regions)
    if not isinstance(regions, Regions):
        regions = source.derived[Regions] = Regions(source)
    return regions


def _outermost(functions: Iterable[Node]) -> Iterator[Interval]:
    """The functions and methods that are in no other one, in order."""
    last = -1
    for function in functions:
        if function.enter > last:
            last = function.leave
            yield function.enter, function.leave
