"""A formula made ready to run: patterns compiled, operators sorted into the order in which they act."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from readiness.errors import PatternError
from readiness.pattern import formula as f
from readiness.pattern.compile import EXPRESSION, Pattern, compile_pattern
from readiness.pattern.expressions import Expression, parse_expression
from readiness.pattern.match import Options
from readiness.pattern.nodes import METAVARIABLE, STRING_HOLE
from readiness.pattern.required import Clauses, all_of, any_of
from readiness.source.tree import Node

_BARE = frozenset({METAVARIABLE, STRING_HOLE})
_INLINE_FLAGS = re.compile(r"\(\?[aimsux]+\)")


@dataclass(frozen=True, slots=True)
class MatchStep:
    """The places of a pattern."""

    pattern: Pattern
    options: Options
    kinds: frozenset[str] | None = None
    """The only kinds of node that the conditions beside it let pass."""
    screens: tuple[Check, ...] = ()
    """Conditions on what it binds that can be asked while it matches."""

    @property
    def required(self) -> Clauses:
        """Names without which a file cannot match."""
        return self.pattern.required

    @property
    def is_bare_metavariable(self) -> bool:
        """True for the pattern `$X`, which is any expression."""
        return self.pattern.form == EXPRESSION and self.pattern.root.kind == METAVARIABLE


@dataclass(frozen=True, slots=True)
class RegexStep:
    """The places in the text of a regular expression."""

    regex: re.Pattern[str]
    required: Clauses = ()


@dataclass(frozen=True, slots=True)
class AnyStep:
    """The places of every item."""

    items: tuple[Step, ...]
    required: Clauses


@dataclass(frozen=True, slots=True)
class InsideStep:
    """The places of the item, as places to look in."""

    item: Step

    @property
    def required(self) -> Clauses:
        """Names without which a file cannot match."""
        return self.item.required


@dataclass(frozen=True, slots=True)
class Check:
    """A condition with the parts of it that had to be compiled."""

    condition: f.Condition
    regex: re.Pattern[str] | None = None
    nested: Plan | None = None
    expression: Expression | None = None
    types: tuple[Node, ...] = ()
    vacuous: bool = True


@dataclass(frozen=True, slots=True)
class AllStep:
    """Places on which the positives agree, less those of the negatives, with the checks passed, narrowed by focus."""

    positives: tuple[Step, ...]
    checks: tuple[Check, ...]
    negatives: tuple[Step, ...]
    nested: tuple[Check, ...]
    """Checks that run a formula; they cost most, and what they bind is bound from then on."""
    focus: tuple[tuple[str, ...], ...]
    required: Clauses


Step: TypeAlias = MatchStep | RegexStep | AnyStep | InsideStep | AllStep


@dataclass(frozen=True, slots=True)
class Plan:
    """A compiled formula."""

    step: Step
    parts: tuple[Plan, ...]
    """The alternatives of a formula that is nothing but alternatives; they are looked for one by one."""
    options: Options
    textual: bool
    """Ranges are text offsets: a regular expression takes part."""

    @property
    def required(self) -> Clauses:
        """Every clause must share a name with a file, or the formula cannot match in it."""
        return self.step.required

    @property
    def metavariables(self) -> frozenset[str]:
        """All that its patterns can bind."""
        return frozenset(_bound(self.step))


CompiledFormula: TypeAlias = Plan


def compile_formula(
    formula: f.Formula, *, aliases: Mapping[str, str] | None = None, options: Options | None = None
) -> Plan:
    """Compile a formula; `PatternError` names what is wrong and, if the formula knows, where."""
    if isinstance(formula, f.Semgrep):
        aliases, options, formula = None, _as_semgrep(formula), formula.item
    return _Compiler(aliases or {}, options or Options()).plan(formula)


def _as_semgrep(formula: f.Semgrep) -> Options:
    return Options(
        constants=formula.constants,
        symbolic=formula.symbolic,
        imports_only=False,
        star_imports=True,
        unknown_keywords=False,
        vacuous_conditions=False,
    )


@dataclass(frozen=True, slots=True)
class _Compiler:
    aliases: Mapping[str, str]
    options: Options
    negated: bool = False
    nested: bool = False

    def plan(self, formula: f.Formula) -> Plan:
        step = self.step(formula)
        parts = tuple(map(self.plan, formula.items)) if isinstance(formula, f.Any) and not self.nested else ()
        return Plan(step, parts, self.options, _is_textual(step))

    def step(self, formula: f.Formula) -> Step:
        try:
            return self._step(formula)
        except PatternError as error:
            if error.where or not formula.where:
                raise
            raise PatternError(error.what, where=formula.where, advice=error.advice) from error

    def _step(self, formula: f.Formula) -> Step:
        match formula:
            case f.Match(pattern=text):
                unknown = self.options.unknown_keywords and self.negated
                pattern = compile_pattern(text, self.aliases, unknown_keywords=unknown)
                return MatchStep(pattern, replace(self.options, unknown_keywords=unknown))
            case f.Regex(regex=text):
                return RegexStep(compile_regex(text, re.MULTILINE))
            case f.Any(items=items):
                alternatives = tuple(self.step(item) for item in items)
                return AnyStep(alternatives, any_of(item.required for item in alternatives))
            case f.Inside(item=item):
                return InsideStep(self.step(item))
            case f.All():
                return self._all(formula.items)
        if self.nested:
            return self._all((formula,))
        raise PatternError(
            f"`{type(formula).__name__}` alone finds nothing: it only narrows what other parts of `all` find",
            advice="Put it in a list under `all`, beside a pattern.",
        )

    def _all(self, items: tuple[f.Formula, ...]) -> AllStep:
        narrowing = (f.Not, f.NotInside, f.Conditions, f.Focus)
        positives = tuple(self.step(item) for item in items if not isinstance(item, narrowing))
        if not positives and not self.nested:
            raise PatternError(
                "`all` holds nothing that finds a place: it needs a pattern beside what it excludes",
                advice="Add a pattern to the list, for example the code that is searched.",
            )
        against = replace(self, negated=True, nested=False)
        checks = [self._check(one) for item in items if isinstance(item, f.Conditions) for one in item.items]
        bound = frozenset(name for check in checks if check.nested for name in check.nested.metavariables)
        if len(positives) == 1:  # what several bind is only settled when they are joined
            positives = (_screened(positives[0], tuple(checks)),)
        late = [check for check in checks if check.nested or not bound.isdisjoint(_subjects(check))]
        return AllStep(
            positives,
            tuple(check for check in checks if check not in late),
            tuple(against.excluded(item) for item in items if isinstance(item, f.Not | f.NotInside)),
            tuple(late),
            tuple(item.names for item in items if isinstance(item, f.Focus)),
            self._required(positives, late),
        )

    def _required(self, positives: tuple[Step, ...], nested: list[Check]) -> Clauses:
        """What the positives need, and what the formulas need that must match inside of what they bind."""
        needed = [item.required for item in positives]
        for check in nested:
            condition = check.condition
            if check.nested is not None and isinstance(condition, f.MatchesFormula) and not condition.negated:
                surely = (condition.metavariable in _always_bound(item) for item in positives)
                needed += [check.nested.required] if any(surely) else []
        return all_of(needed)

    def excluded(self, item: f.Not | f.NotInside) -> Step:
        step = self.step(item.item)
        return InsideStep(step) if isinstance(item, f.NotInside) else step

    def _check(self, condition: f.Condition) -> Check:
        vacuous = self.options.vacuous_conditions
        match condition:
            case f.MatchesRegex(regex=text):
                return Check(condition, regex=compile_regex(text), vacuous=vacuous)
            case f.MatchesFormula(formula=formula):
                return Check(condition, nested=replace(self, nested=True).plan(formula), vacuous=vacuous)
            case f.Where(expression=text):
                return Check(condition, expression=parse_expression(text), vacuous=vacuous)
            case f.HasType(types=types):
                roots = tuple(compile_pattern(name, self.aliases).root for name in types)
                return Check(condition, types=roots, vacuous=vacuous)
        return Check(condition, vacuous=vacuous)


def _screened(step: Step, checks: tuple[Check, ...]) -> Step:
    """The step with those conditions that its patterns can be asked while they match."""
    match step:
        case AnyStep(items=items):
            return replace(step, items=tuple(_screened(item, checks) for item in items))
        case MatchStep():
            own = tuple(
                check for check in checks if _is_screen(check) and _subjects(check) <= step.pattern.metavariables
            )
            return replace(step, screens=own, kinds=_kinds(step.pattern, own))
    return step


def _is_screen(check: Check) -> bool:
    return isinstance(check.condition, f.MatchesRegex | f.IsKind | f.IsOneOf)


def _kinds(pattern: Pattern, screens: tuple[Check, ...]) -> frozenset[str] | None:
    """A pattern that is nothing but a hole need not be tried on other kinds of node."""
    if pattern.form == EXPRESSION and pattern.root.kind in _BARE:
        for check in screens:
            if isinstance(check.condition, f.IsKind) and check.condition.metavariable == pattern.root.fields[0]:
                return frozenset(check.condition.kinds)
    return None


def _subjects(check: Check) -> frozenset[str]:
    """The metavariables that a check asks about."""
    if check.expression is not None:
        return check.expression.names
    return frozenset({getattr(check.condition, "metavariable", "")})


def compile_regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression; flags such as `(?i)` may stand anywhere in it, as PCRE allows."""
    inline = "".join(dict.fromkeys(_INLINE_FLAGS.findall(text)))
    try:
        return re.compile(inline + _INLINE_FLAGS.sub("", text), flags)
    except re.error as error:
        raise PatternError(f"this is not a valid regular expression: {error}: {text}") from error


def _is_textual(step: Step) -> bool:
    match step:
        case RegexStep():
            return True
        case AnyStep(items=items):
            return any(map(_is_textual, items))
        case InsideStep(item=item):
            return _is_textual(item)
        case AllStep():
            return any(map(_is_textual, (*step.positives, *step.negatives)))
    return False


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
        case AllStep():
            yield from (name for item in step.positives for name in _bound(item))
            yield from (name for check in step.nested if check.nested for name in _bound(check.nested.step))


def group_names(regex: re.Pattern[str]) -> tuple[str, ...]:
    """The metavariables that the groups of a regular expression bind: `$1`, `$2`, and `$NAME` of `(?P<NAME>...)`."""
    names = {number: name for name, number in regex.groupindex.items()}
    return tuple(f"${names.get(number, number)}" for number in range(1, regex.groups + 1))


def _always_bound(step: Step) -> frozenset[str]:
    """The metavariables that every place of a step binds."""
    match step:
        case MatchStep():
            return step.pattern.metavariables
        case AnyStep(items=items):
            return frozenset.intersection(*map(_always_bound, items)) if items else frozenset()
        case InsideStep(item=item):
            return _always_bound(item)
        case AllStep(positives=positives):
            return frozenset().union(*map(_always_bound, positives))
    return frozenset()
