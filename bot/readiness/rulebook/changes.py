"""Tables of what libraries deprecated and removed: their rows, and the formula that finds every row at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from readiness.pattern import formula as f
from readiness.rulebook import knowledge
from readiness.rulebook.formulas import FormulaBuilder
from readiness.rulebook.operators import Clause, PatternText, Strict
from readiness.rulebook.parts import Link
from readiness.source.version import Range

CHANGE = "$CHANGE"
"""Bound to the name of the row that a place was found for."""


class Versions(Strict):
    """The versions of a package that deprecated and removed something."""

    since: str = ""
    removed: str = ""
    returned: str = ""
    """The version in which the name came back, with another meaning or the old one."""


class ApiChange(Versions):
    """A name, argument or value that a library deprecated or removed."""

    name: str
    """What texts call it, and unless another key says more, the dotted name to look for."""
    find: tuple[PatternText, ...] = ()
    argument: str = ""
    """A keyword argument of each of the callables `of`, with this `value` if one is given."""
    of: tuple[str, ...] = ()
    value: PatternText = "$VALUE"
    module: bool = False
    """The name is of a module: its imports are looked for."""
    package: str
    also: dict[str, Versions] = Field(default={})
    """Other packages that bring the same name, with their own versions."""
    kept_by: tuple[str, ...] = ()
    """Packages that bring the name back where they are installed."""
    replacement: str
    """The code that takes its place."""
    exact: bool = False
    """The replacement means the same in every program, so that it can be put in place of the name."""
    among: str = ""
    """What it is a part of that a program leaves as a whole."""
    source: Link

    @model_validator(mode="after")
    def _one_way_to_find(self) -> ApiChange:
        if bool(self.argument) != bool(self.of) or sum(map(bool, (self.find, self.argument, self.module))) > 1:
            raise PydanticCustomError("change", "needs one of `find`, `module`, or `argument` with `of`")
        return self

    @property
    def instead(self) -> str:
        """What texts say takes its place: of an argument with the callable in front."""
        renamed = self.argument and self.replacement.isidentifier()
        return f"{self.name.partition('(')[0]}({self.replacement}=...)" if renamed else self.replacement

    @property
    def patterns(self) -> tuple[str, ...]:
        """What is looked for in code."""
        if self.argument:
            return tuple(f"{called}(..., {self.argument}={self.value}, ...)" for called in self.of)
        imported = f"import {self.name}"  # `from a import b` too; it fails before the name is used
        return self.find or ((imported,) if self.module else (self.name, imported))


class ApiChanges(Strict):
    """What libraries deprecated and removed."""

    about: str
    also_called: dict[str, tuple[str, ...]]
    """Package -> other packages that bring the same library."""
    needs_python: dict[str, dict[str, str]]
    """Package -> the release from which on it needs a Python, and the lowest one."""
    not_inside: Clause
    """Code that prepares for several versions."""
    changes: tuple[ApiChange, ...] = Field(min_length=1)

    @cached_property
    def by_name(self) -> dict[str, ApiChange]:
        """The rows by what texts call them."""
        return {change.name: change for change in self.changes}

    def packages(self, package: str) -> tuple[str, ...]:
        """The packages that bring the same library as this one."""
        return (package, *self.also_called.get(package, ()))

    def first_beyond(self, package: str, python: Range) -> str | None:
        """The first release of a package that no permitted Python runs."""
        needs = self.needs_python.get(package, {})
        return next((release for release, lowest in needs.items() if not python.may_be_at_least(lowest)), None)

    def modules(self, change: ApiChange) -> Iterator[str]:
        """The top-level modules of the libraries that a change concerns."""
        for package in (change.package, *change.also):
            yield from self.modules_of(package)

    def modules_of(self, package: str) -> tuple[str, ...]:
        """The top-level modules of a package."""
        return knowledge.distributions().modules_of(package)


@cache
def changes_of(name: str) -> ApiChanges:
    """The table with this name."""
    return knowledge.validated(knowledge.read(name), ApiChanges)


@cache
def changes_formula(name: str) -> f.Formula:
    """Finds every row of a table; made once, for rules that share a table also share what it finds."""
    table, builder = changes_of(name), FormulaBuilder(knowledge.read(name))
    where = builder.yaml.where(("changes",))
    rows = tuple(f.Named(_row(change, builder, n), CHANGE, change.name) for n, change in enumerate(table.changes))
    prepared = f.NotInside(builder.build(table.not_inside, ("not_inside",)), where)
    return f.All((f.Any(rows, where), prepared), where)


def _row(change: ApiChange, builder: FormulaBuilder, number: int) -> f.Formula:
    where = builder.yaml.where(("changes", number))
    return f.Any(tuple(f.Match(pattern, where) for pattern in change.patterns), where)
