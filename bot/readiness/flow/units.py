"""Which parts of a program a rule needs: those in which, or in what they call, a source and a sink can meet."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from readiness.source.names import enclosing_scopes, is_label
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.source.python import PythonSource

MODULE = -1
"""The code of the module that is in no function or class."""
Selection: TypeAlias = frozenset[int]
"""Numbers of functions and classes of the module's scope, and `MODULE`."""


class Units:
    """The functions and classes at the top of a program, and which of them mention which."""

    def __init__(self, source: PythonSource) -> None:
        definitions = [*source.by_kind.get("FunctionDef", ()), *source.by_kind.get("ClassDef", ())]
        top = [node for node in definitions if next(enclosing_scopes(node)) is source.tree]
        self.definitions = sorted(top, key=lambda node: node.enter)
        self._starts = [node.enter for node in self.definitions]
        self._called: dict[int, set[int]] = {}
        self._reached: dict[int, frozenset[int]] = {}
        self._note_mentions(source)

    def of(self, number: int) -> int:
        """The unit that the node with this number belongs to."""
        at = bisect_right(self._starts, number) - 1
        return at if at >= 0 and number <= self.definitions[at].leave else MODULE

    @property
    def all(self) -> Selection:
        """Every unit."""
        return frozenset(range(MODULE, len(self.definitions)))

    def meeting(self, sources: Iterable[int], sinks: Iterable[int], *, callers: bool) -> Selection:
        """The units to walk, so that all flows between nodes with these numbers are found; all, if the module is one.

        `callers`: what a function with both of them is given matters, so that its callers are walked too.
        """
        begin, end = set(map(self.of, sources)), set(map(self.of, sinks))
        units = frozenset(unit for unit in self.all if self._meet(unit, begin, end, callers))
        return self.all if MODULE in units else units

    def _meet(self, unit: int, begin: set[int], end: set[int], callers: bool) -> bool:
        """Both ends are in what the unit runs; if callers do not matter, not all in one function that it calls."""
        reached = self._reaches(unit)
        seen = {*reached, MODULE}
        here = (begin | end) & reached
        if not here or begin.isdisjoint(seen) or end.isdisjoint(seen):
            return False
        return callers or unit in here or len(here) > 1 or MODULE in begin | end

    def _reaches(self, unit: int) -> frozenset[int]:
        """The unit and all that it calls, and so on."""
        if unit not in self._reached:
            found, waiting = {unit}, [unit]
            while waiting:
                for called in self._called.get(waiting.pop(), ()):
                    if called not in found:
                        found.add(called)
                        waiting.append(called)
            self._reached[unit] = frozenset(found)
        return self._reached[unit]

    def _note_mentions(self, source: PythonSource) -> None:
        """A unit calls, as far as can be known, whatever it names, and methods of objects that the module makes."""
        named: dict[str, set[int]] = {}
        for number, definition in enumerate(self.definitions):
            named.setdefault(definition.fields[1].fields[0], set()).add(number)
        self._note(named, (node for node in source.by_kind.get("Name", ()) if not is_label(node)))
        made = [unit for unit in self._called.get(MODULE, ()) if self.definitions[unit].kind == "ClassDef"]
        methods: dict[str, set[int]] = {}
        for unit in made:
            for name in _methods(self.definitions[unit]):
                methods.setdefault(name, set()).add(unit)
        if methods:
            self._note(methods, (node.fields[1] for node in source.by_kind.get("Attribute", ())))

    def _note(self, names: Mapping[str, set[int]], mentioned: Iterable[Node]) -> None:
        for node in mentioned:
            called = names.get(node.fields[0])
            if called:
                self._called.setdefault(self.of(node.enter), set()).update(called)


def _methods(definition: Node) -> Iterator[str]:
    return (part.fields[1].fields[0] for part in definition.fields[4] if part.kind == "FunctionDef")


def units_of(source: PythonSource) -> Units:
    """The units of a program, from their first use on."""
    units = source.derived.get(Units)
    if not isinstance(units, Units):
        units = source.derived[Units] = Units(source)
    return units
