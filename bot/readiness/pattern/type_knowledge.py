"""What calls, attributes and elements of libraries are, by the dotted names of classes, as far as it is known beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

Classes: TypeAlias = Mapping[str, str]
"""Something that a program writes -> the class of what it gives."""
ITSELF = "itself"
"""In the place of a class: that of the value whose method, attribute or element it is."""


@dataclass(frozen=True)
class TypeKnowledge:
    """What functions return, and for each class what its methods return, its attributes and its elements are."""

    functions: Classes = field(default_factory=dict)
    joins: Classes = field(default_factory=dict)
    """Functions whose result is of the class if one element of their first argument is."""
    halves: frozenset[str] = frozenset()
    """Functions that return two parts of each argument."""
    methods: Mapping[str, Classes] = field(default_factory=dict)
    attributes: Mapping[str, Classes] = field(default_factory=dict)
    elements: Mapping[str, Classes] = field(default_factory=dict)
    """By what stands between the brackets: `text`, `list`, `slice` or `condition`."""
    bases: Classes = field(default_factory=dict)
    """Class, or module with all its classes -> the class that they are kinds of."""
    elementwise: frozenset[str] = frozenset()
    """Classes whose operators give the same class."""

    def __hash__(self) -> int:
        return id(self)

    def __bool__(self) -> bool:
        return bool(self.functions or self.bases)

    def base(self, name: str) -> str | None:
        """The class that a class is a kind of."""
        module, _, last = name.rpartition(".")
        return self.bases.get(name) or (self.bases.get(module) if last[:1].isupper() else None)

    def origins(self, name: str) -> frozenset[str] | None:
        """The functions and classes without which nothing is known to be of this class; None if none are listed."""
        return self._origins.get(name)

    @cached_property
    def _origins(self) -> dict[str, frozenset[str]]:
        """What leads to a class, followed back to functions and to classes that are made."""
        leads: dict[str, set[str]] = {}
        for way in (self.functions, self.bases):
            for start, end in way.items():
                leads.setdefault(end, set()).add(start)
        for table in (self.methods, self.attributes, self.elements):
            for owner, parts in table.items():
                for end in parts.values():
                    leads.setdefault(owner if end == ITSELF else end, set()).add(owner)
        return {name: frozenset(_behind(name, leads)) for name in leads}


def _behind(name: str, leads: Mapping[str, set[str]]) -> set[str]:
    found, waiting = {name}, [name]
    while waiting:
        new = leads.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


NO_TYPES = TypeKnowledge()
