"""The steps of a compiled formula, and what can be known of them before they run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

from readiness.pattern import formula as f
from readiness.pattern.compile import EXPRESSION, STATEMENTS, Pattern
from readiness.pattern.expressions import Expression
from readiness.pattern.match import Options
from readiness.pattern.nodes import METAVARIABLE
from readiness.pattern.regexes import Regex
from readiness.pattern.required import Clauses, Watch
from readiness.source.tree import Node


class MatchStep(Struct, frozen=True):
    """The places of a pattern."""

    pattern: Pattern
    options: Options
    kinds: frozenset[str] | None = None
    """The only kinds of node that the conditions beside it let pass."""
    screens: tuple[Check, ...] = ()
    """Conditions on what it binds that can be asked while it matches."""
    witnesses: tuple[Witness, ...] = ()
    """What is inside of every place of it."""

    @property
    def required(self) -> Clauses:
        """Words without which a file cannot match."""
        return self.pattern.required

    @property
    def is_bare_metavariable(self) -> bool:
        """True for the pattern `$X`, which is any expression."""
        return self.pattern.form == EXPRESSION and self.pattern.root.kind == METAVARIABLE


class RegexStep(Struct, frozen=True):
    """The places in the text of a regular expression."""

    regex: Regex
    required: Clauses = ()


class AnyStep(Struct, frozen=True):
    """The places of every item."""

    items: tuple[Step, ...]
    required: Clauses
    watch: Watch
    """Of the items."""


class NamedStep(Struct, frozen=True):
    """The places of the item, with its name in a metavariable."""

    item: Step
    metavariable: str
    name: str

    @property
    def required(self) -> Clauses:
        """Words without which a file cannot match."""
        return self.item.required


class InsideStep(Struct, frozen=True):
    """The places of the item, as places to look in."""

    item: Step

    @property
    def required(self) -> Clauses:
        """Words without which a file cannot match."""
        return self.item.required


class Check(Struct, frozen=True, eq=False):
    """A condition with the parts of it that had to be compiled."""

    condition: f.Condition
    regex: Regex | None = None
    nested: Plan | None = None
    expression: Expression | None = None
    types: tuple[Node, ...] = ()
    vacuous: bool = True


class AllStep(Struct, frozen=True):
    """Places on which the positives agree, less those of the negatives, with the checks passed, narrowed by focus."""

    positives: tuple[Step, ...]
    """Those that say where to look stand behind those that say what to look for."""
    anywhere: tuple[MatchStep, ...]
    """The pattern `$X` beside others: any expression in what they find."""
    checks: tuple[Check, ...]
    negatives: tuple[Step, ...]
    nested: tuple[Check, ...]
    """Checks that run a formula; they cost most, and what they bind is bound from then on."""
    focus: tuple[tuple[str, ...], ...]
    required: Clauses


class Literal(Struct, frozen=True, eq=False):
    """A string of one of these kinds that passes the checks."""

    kinds: tuple[str, ...]
    checks: tuple[Check, ...]


class Found(Struct, frozen=True, eq=False):
    """A place of one of these steps."""

    steps: tuple[MatchStep, ...]


Witness: TypeAlias = Literal | Found
Step: TypeAlias = MatchStep | RegexStep | AnyStep | NamedStep | InsideStep | AllStep


class Plan(Struct, frozen=True):
    """A compiled formula."""

    step: Step
    alternatives: tuple[Step, ...]
    """Of a formula that is nothing but alternatives all of them, for they are looked for one by one; or the step alone."""
    watch: Watch
    """Of the alternatives."""
    options: Options
    textual: bool
    """A regular expression takes part."""

    @property
    def required(self) -> Clauses:
        """Every clause must share a word with a file, or the formula cannot match in it."""
        return self.step.required

    @property
    def metavariables(self) -> frozenset[str]:
        """All that its patterns can bind."""
        return frozenset(_bound(self.step))


def _bound(step: Step) -> Iterator[str]:
    match step:
        case MatchStep():
            yield from step.pattern.metavariables
        case RegexStep(regex=regex):
            yield from group_names(regex)
        case AnyStep(items=items):
            yield from (name for item in items for name in _bound(item))
        case InsideStep(item=item):
            yield from _bound(item)
        case NamedStep(item=item, metavariable=metavariable):
            yield metavariable
            yield from _bound(item)
        case AllStep():
            yield from (name for item in (*step.positives, *step.anywhere) for name in _bound(item))
            yield from (name for check in step.nested if check.nested for name in _bound(check.nested.step))


def group_names(regex: Regex) -> tuple[str, ...]:
    """The metavariables that the groups of a regular expression bind: `$1`, `$2`, and `$NAME` of `(?P<NAME>...)`."""
    names = {number: name for name, number in regex.compiled.groupindex.items()}
    return tuple(f"${names.get(number, number)}" for number in range(1, regex.compiled.groups + 1))


def always_bound(step: Step) -> frozenset[str]:
    """The metavariables that every place of a step binds."""
    match step:
        case MatchStep():
            return step.pattern.metavariables
        case AnyStep(items=items):
            return frozenset.intersection(*map(always_bound, items)) if items else frozenset()
        case InsideStep(item=item):
            return always_bound(item)
        case NamedStep(item=item, metavariable=metavariable):
            return always_bound(item) | {metavariable}
        case AllStep(positives=positives, anywhere=anywhere):
            return frozenset().union(*map(always_bound, (*positives, *anywhere)))
    return frozenset()


def finds_places_of_patterns(step: Step) -> bool:
    """True if each place of a step is one that a pattern of it matches at, and is found without any other place."""
    match step:
        case MatchStep(pattern=pattern):
            return pattern.form != STATEMENTS
        case AnyStep(items=items):
            return all(map(finds_places_of_patterns, items))
        case AllStep(positives=(only,), anywhere=(), focus=()):
            return finds_places_of_patterns(only)
    return False


def is_inside(step: Step) -> bool:
    """True for a step that says where to look; such steps act after those that say what to look for."""
    match step:
        case InsideStep():
            return True
        case AnyStep(items=items):
            return bool(items) and is_inside(items[0])
        case AllStep(positives=positives, anywhere=anywhere):
            return bool(positives) and not anywhere and all(map(is_inside, positives))
    return False
