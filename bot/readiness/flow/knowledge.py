"""What calls and attributes do with the values they are given, as far as it is known beforehand."""

from __future__ import annotations

from dataclasses import dataclass, field

from readiness.flow.access import Path
from readiness.flow.row_knowledge import RowKnowledge


@dataclass(frozen=True, slots=True)
class Transfer:
    """A part of an argument that becomes a part of the result."""

    argument: int
    taken: Path
    put: Path


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Names of functions (dotted, or of built-in ones) and of methods and attributes (the last name)."""

    silent_functions: frozenset[str] = frozenset()
    """Their result carries nothing of their arguments."""
    silent_methods: frozenset[str] = frozenset()
    silent_attributes: frozenset[str] = frozenset()
    views: frozenset[str] = frozenset()
    """Attributes that are the object itself, seen otherwise: `.loc`, `.values`."""
    copies: frozenset[str] = frozenset()
    """Methods whose result has the parts of the receiver: `.copy()`, `.fillna(...)`."""
    same_object: frozenset[str] = frozenset()
    """Methods that return the receiver."""
    fillers: frozenset[str] = frozenset()
    """Methods that put their arguments into the receiver: `.setdefault(...)`."""
    silent_fillers: frozenset[str] = frozenset()
    """Such methods that return nothing: `.append(...)`, of a list and not of a table."""
    transfers: dict[str, tuple[Transfer, ...]] = field(default_factory=dict)
    """Functions that move parts: `enumerate`, `zip`."""
    rows: RowKnowledge = field(default_factory=RowKnowledge)
    """What becomes of the rows of tables."""

    def __hash__(self) -> int:
        return id(self)


@dataclass(frozen=True, slots=True)
class Options:
    """How a program is read: our own way, or as Semgrep reads it."""

    knowledge: Knowledge = field(default_factory=Knowledge)
    native: bool = True
    """Our own way: functions of the program are followed where they are called, and parts of values are told apart."""
    assume_safe_functions: bool = False
    assume_safe_indexes: bool = False
    assume_safe_booleans: bool = False
    assume_safe_numbers: bool = False
    assume_safe_comparisons: bool = False
    only_assignments: bool = False
    """Values flow through assignments alone, not through calls and operators."""
