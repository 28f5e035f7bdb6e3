"""From the operators of a rule file to the formulas that the pattern engine runs, with the place of each part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from readiness.errors import RuleError
from readiness.pattern import formula as f
from readiness.rulebook import knowledge
from readiness.rulebook.marks import MarkedYaml, Path
from readiness.rulebook.operators import (
    AllOf,
    AnyOf,
    Condition,
    FocusOf,
    InsideOf,
    NotInsideOf,
    NotThis,
    RegexOf,
    Strict,
    UseOf,
    WithOf,
)

METAVARIABLE = re.compile(r"\$(?:\.\.\.)?[A-Z_][A-Z_0-9]*")


@dataclass(frozen=True, slots=True)
class FormulaBuilder:
    """Builds the formulas of one rule file."""

    yaml: MarkedYaml

    def build(self, clause: Strict | str, path: Path) -> f.Formula:
        """The formula that is written at `path`."""
        where = self.yaml.where(path)
        match clause:
            case str():
                return f.Match(clause, where)
            case AllOf():
                return f.All(self._parts(clause.parts, (*path, "all")), where)
            case AnyOf():
                return f.Any(self._parts(clause.parts, (*path, "any")), where)
            case NotThis():
                return f.Not(self.build(clause.part, (*path, "not")), where)
            case InsideOf():
                return f.Inside(self.build(clause.part, (*path, "inside")), where)
            case NotInsideOf():
                return f.NotInside(self.build(clause.part, (*path, "not_inside")), where)
            case RegexOf():
                return f.Regex(clause.regex, where)
            case UseOf():
                return self._use(clause.use, where)
            case WithOf():
                return f.Conditions(tuple(self.conditions(clause.conditions, (*path, "with"))), where)
            case FocusOf():
                return f.Focus(clause.focus, where)
            case _:
                raise TypeError(type(clause))

    def conditions(self, conditions: dict[str, Condition | str], path: Path) -> Iterator[f.Condition]:
        """The conditions of a `with` mapping."""
        for name, condition in conditions.items():
            if isinstance(condition, str):
                yield f.Where(condition, self.yaml.where((*path, name)))
            else:
                yield from self._conditions_of(name, condition, (*path, name))

    def _parts(self, parts: tuple[Strict | str, ...], path: Path) -> tuple[f.Formula, ...]:
        return tuple(self.build(part, (*path, index)) for index, part in enumerate(parts))

    def _words(self, name: str, where: str) -> str:
        try:
            return knowledge.words(name)
        except RuleError as error:
            raise RuleError(error.what, where=where, advice=error.advice) from error

    def _use(self, name: str, where: str) -> f.Formula:
        try:
            return f.Any(tuple(f.Match(pattern, where) for pattern in knowledge.patterns(name)), where)
        except RuleError as error:
            raise RuleError(error.what, where=error.where or where, advice=error.advice, others=error.others) from error

    def _conditions_of(self, name: str, given: Condition, path: Path) -> Iterator[f.Condition]:
        """In the order of what they cost: the kind of a node is known, its text may have to be written out."""
        where = self.yaml.where(path)
        if given.kind is not None:
            yield f.IsKind(name, given.kind, where)
        for regex, negated in ((given.regex, False), (given.not_regex, True)):
            if regex is not None:
                yield f.MatchesRegex(name, regex, negated, where=where)
        if given.words is not None:
            yield f.MatchesRegex(name, self._words(given.words, where), negated=False, where=where)
        for values, negated in ((given.one_of, False), (given.none_of, True)):
            if values is not None:
                yield f.IsOneOf(name, values, negated, where=where)
        for key, clause, negated in (("match", given.match, False), ("not_match", given.not_match, True)):
            if clause is not None:
                yield f.MatchesFormula(name, self.build(clause, (*path, key)), negated, where=where)
        if given.const is not None:
            yield f.IsConstant(name, given.const, where)
        yield from _types_of(name, given, where)
        if given.where is not None:
            yield f.Where(given.where, where)


def _types_of(name: str, given: Condition, where: str) -> Iterator[f.Condition]:
    for types, negated in ((given.type, False), (given.not_type, True)):
        if types is not None:
            yield f.HasType(name, types, where, negated=negated)


def joined(body: f.Formula, conditions: tuple[f.Condition, ...], focus: tuple[str, ...]) -> f.Formula:
    """A formula with the top-level `with` and `focus` of its rule."""
    more: list[f.Formula] = [f.Conditions(conditions, conditions[0].where)] if conditions else []
    if focus:
        more.append(f.Focus(focus, body.where))
    return f.All((body, *more), body.where) if more else body


def about(conditions: tuple[f.Condition, ...], body: f.Formula, *, first: bool) -> tuple[f.Condition, ...]:
    """The conditions that speak of a formula: all in the first one, elsewhere those of metavariables that it binds."""
    names = bound(body)
    return tuple(
        c for c in conditions if getattr(c, "metavariable", None) in names or (first and isinstance(c, f.Where))
    )


def bound(formula: f.Formula) -> frozenset[str]:
    """The metavariables that a place found by the formula can have."""
    match formula:
        case f.Match(pattern=text):
            return frozenset(METAVARIABLE.findall(text))
        case f.Regex(regex=text):
            return frozenset(f"${number}" for number in range(1, re.compile(text).groups + 1))
        case f.All(items=items) | f.Any(items=items):
            return frozenset().union(*map(bound, items))
        case f.Inside(item=item) | f.Semgrep(item=item):
            return bound(item)
        case f.Named(item=item, metavariable=name):
            return bound(item) | {name}
        case f.Conditions(items=conditions):
            inner = (c.formula for c in conditions if isinstance(c, f.MatchesFormula) and not c.negated)
            return frozenset().union(*map(bound, inner))
        case f.Not() | f.NotInside() | f.Focus():
            return frozenset()
        case _:
            assert_never(formula)
