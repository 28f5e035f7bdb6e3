"""What calls do with the rows of what they are given, as far as it is known beforehand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RowKnowledge:
    """Last names of functions, methods and classes."""

    without: frozenset[str] = frozenset()
    """The result holds no rows."""
    builtin_without: frozenset[str] = frozenset()
    """Nor does that of these built-in functions."""
    same: frozenset[str] = frozenset()
    """The result is the argument, with its parts."""
    containers: frozenset[str] = frozenset()
    """Classes whose objects hold the rows that they are made from."""
    blanks: frozenset[str] = frozenset()
    """Functions that make an array to put rows into, by their full names."""
    of_arguments: frozenset[str] = frozenset()
    """Methods whose result holds the rows of an argument, whatever the object is."""
    splits: frozenset[str] = frozenset()
    """Two parts of each argument."""
    partitions: frozenset[str] = frozenset()
    """Parts of the first argument."""
    folds: frozenset[str] = frozenset()
    """Pairs of the numbers of rows."""
    joins: frozenset[str] = frozenset()
    """The rows of several values, one after the other."""
    pairs: frozenset[str] = frozenset()
    """The receiver and the argument."""
    draws: frozenset[str] = frozenset()
    """Some rows, by chance."""
    beginnings: frozenset[str] = frozenset()
    """The first rows."""
    selections: frozenset[str] = frozenset()
    """Some rows, by a condition."""
    removals: frozenset[str] = frozenset()
    """All rows but those that are given."""
    lookups: frozenset[str] = frozenset()
    """The rows for which another table has some."""
    row_numbers: str = r"(?!)"
    """A regular expression for names of variables that choose rows."""
    readers: frozenset[str] = frozenset()
    """Tables from files."""
