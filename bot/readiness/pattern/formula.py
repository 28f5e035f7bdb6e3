"""What a rule looks for: patterns joined by operators, as plain data.

The native rule loader and the Semgrep loader both build these; `find.py` evaluates them. `where` is the place in the rule
file (`rules/x.yaml:7:5`), so that a mistake found while compiling can be shown to the author.

Formulas, and the steps, places and ranges of running them, are structs of `msgspec`: every start would pay a hundred times
as much to make frozen dataclasses of them, and every match ten times as much to fill one.
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import asdict, replace


class Match(Struct, frozen=True):
    """The places that look like this piece of Python."""

    pattern: str
    where: str = ""


class Regex(Struct, frozen=True):
    """The places in the text that this regular expression (Python's `re`, multi-line) finds."""

    regex: str
    where: str = ""


class All(Struct, frozen=True):
    """The places on which every item agrees; conditions and focus act on what the other items left."""

    items: tuple[Formula, ...]
    where: str = ""


class Any(Struct, frozen=True):
    """The places of any item."""

    items: tuple[Formula, ...]
    where: str = ""


class Named(Struct, frozen=True):
    """The places of the item, with a metavariable bound to a name for it: tells which of many alternatives matched."""

    item: Formula
    metavariable: str
    name: str
    where: str = ""


class Not(Struct, frozen=True):
    """In `All`: drops a place that the item matches exactly."""

    item: Formula
    where: str = ""


class Inside(Struct, frozen=True):
    """In `All`: keeps a place that lies within a place of the item, and takes over its metavariables."""

    item: Formula
    where: str = ""


class NotInside(Struct, frozen=True):
    """In `All`: drops a place that lies within a place of the item."""

    item: Formula
    where: str = ""


class MatchesRegex(Struct, frozen=True):
    """The text of the metavariable (the value, if it is a known string) has a match of the regular expression.

    `anchored` asks for it at the start; `literal` takes the source text even if the value is known.
    """

    metavariable: str
    regex: str
    negated: bool = False
    anchored: bool = False
    literal: bool = False
    where: str = ""


class IsOneOf(Struct, frozen=True):
    """The constant value of the metavariable, or its source text, is one of these."""

    metavariable: str
    values: tuple[object, ...]
    negated: bool = False
    where: str = ""


class MatchesFormula(Struct, frozen=True):
    """The formula matches somewhere in the code of the metavariable (`text`: in the content of the string)."""

    metavariable: str
    formula: Formula
    negated: bool = False
    text: bool = False
    where: str = ""


class IsConstant(Struct, frozen=True):
    """The value of the metavariable is known without running the program (or, if not `expected`, is not)."""

    metavariable: str
    expected: bool = True
    where: str = ""


class IsKind(Struct, frozen=True):
    """The metavariable is bound to a node of one of these kinds (names of `ast`: Name, Call, Lambda, ...)."""

    metavariable: str
    kinds: tuple[str, ...]
    where: str = ""


class HasType(Struct, frozen=True):
    """The metavariable is known to have one of these types: by a literal, an annotation or a constructor call."""

    metavariable: str
    types: tuple[str, ...]
    where: str = ""
    negated: bool = False


class Where(Struct, frozen=True):
    """The expression over metavariables (`$BITS < 2048 and $X != $Y`) is true."""

    expression: str
    where: str = ""


Condition: TypeAlias = MatchesRegex | IsOneOf | MatchesFormula | IsConstant | IsKind | HasType | Where


class Conditions(Struct, frozen=True):
    """In `All`: what must hold for the metavariables."""

    items: tuple[Condition, ...]
    where: str = ""


class Focus(Struct, frozen=True):
    """In `All`: narrows a place to what these metavariables are bound to (several names: one place for each)."""

    names: tuple[str, ...]
    where: str = ""


class Semgrep(Struct, frozen=True):
    """A whole formula, read as Semgrep reads it: names also match as they are spelt, star imports may bring any name."""

    item: Formula
    symbolic: bool = False
    """A name that is assigned once is as good as what is assigned to it."""
    constants: bool = True
    where: str = ""


Formula: TypeAlias = Match | Regex | All | Any | Named | Not | Inside | NotInside | Conditions | Focus | Semgrep


def placeless(formula: Formula) -> Formula:
    """The formula without its places in the rule file: equal for formulas that say the same."""
    changes: dict[str, object] = {"where": ""}
    for name, value in asdict(formula).items():
        if isinstance(value, Struct):
            changes[name] = placeless(value)  # type: ignore[arg-type]
        elif isinstance(value, tuple):
            changes[name] = tuple(placeless(one) if isinstance(one, Struct) else one for one in value)  # type: ignore[arg-type]
    return replace(formula, **changes)
