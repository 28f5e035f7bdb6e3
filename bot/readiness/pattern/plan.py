"""A formula made ready to run: patterns compiled, operators sorted into the order in which they act."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import TypeAlias

from readiness.errors import PatternError
from readiness.pattern import formula as f
from readiness.pattern.compile import EXPRESSION, Pattern, compile_pattern
from readiness.pattern.expressions import Expression, parse_expression
from readiness.pattern.match import Options
from readiness.pattern.nodes import METAVARIABLE
from readiness.source.tree import Node

Clauses: TypeAlias = tuple[frozenset[str], ...]
_MAX_CLAUSES = 16
_INLINE_FLAGS = re.compile(r"\(\?[aimsux]+\)")


@dataclass(frozen=True, slots=True)
class MatchStep:
    """The places of a pattern."""

    pattern: Pattern
    options: Options

    @property
    def is_bare_metavariable(self) -> bool:
        """True for the pattern `$X`, which is any expression."""
        return self.pattern.form == EXPRESSION and self.pattern.root.kind == METAVARIABLE


@dataclass(frozen=True, slots=True)
class RegexStep:
    """The places in the text of a regular expression."""

    regex: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class AnyStep:
    """The places of every item."""

    items: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class InsideStep:
    """The places of the item, as places to look in."""

    item: Step


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


Step: TypeAlias = MatchStep | RegexStep | AnyStep | InsideStep | AllStep


@dataclass(frozen=True, slots=True)
class Plan:
    """A compiled formula."""

    step: Step
    parts: tuple[Plan, ...]
    """The alternatives of a formula that is nothing but alternatives; they are looked for one by one."""
    options: Options
    required: Clauses
    """Every clause must share a name with a file, or the formula cannot match in it."""
    textual: bool
    """Ranges are text offsets: a regular expression takes part."""

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
        options, formula = _as_semgrep(formula), formula.item
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
        return Plan(step, parts, self.options, _required(step), _is_textual(step))

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
                options = replace(self.options, unknown_keywords=self.options.unknown_keywords and self.negated)
                return MatchStep(compile_pattern(text, self.aliases), options)
            case f.Regex(regex=text):
                return RegexStep(compile_regex(text, re.MULTILINE))
            case f.Any(items=items):
                return AnyStep(tuple(self.step(item) for item in items))
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
        late = [check for check in checks if check.nested or not bound.isdisjoint(_subjects(check))]
        return AllStep(
            positives,
            tuple(check for check in checks if check not in late),
            tuple(against.excluded(item) for item in items if isinstance(item, f.Not | f.NotInside)),
            tuple(late),
            tuple(item.names for item in items if isinstance(item, f.Focus)),
        )

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


def _required(step: Step) -> Clauses:
    """What must be in a file; for alternatives every combination of what one of each needs."""
    match step:
        case MatchStep():
            return step.pattern.required
        case InsideStep(item=item):
            return _required(item)
        case AllStep():
            clauses = {clause for item in step.positives for clause in _required(item)}
            return tuple(sorted(clauses, key=sorted))
        case AnyStep(items=items):
            return _of_alternatives([_required(item) for item in items])
    return ()


def _of_alternatives(alternatives: list[Clauses]) -> Clauses:
    combinations = 1
    for clauses in alternatives:
        combinations *= len(clauses)
    if combinations > _MAX_CLAUSES:
        alternatives = [(min(clauses, key=lambda clause: (len(clause), sorted(clause))),) for clauses in alternatives]
    combined = {frozenset[str]().union(*choice) for choice in product(*alternatives)}
    return tuple(sorted(combined, key=sorted)) if combinations else ()
