"""A formula made ready to run: patterns compiled, operators sorted into the order in which they act."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from msgspec import structs

from readiness.errors import PatternError
from readiness.pattern import formula as f
from readiness.pattern.compile import EXPRESSION, Pattern, compile_pattern, walk
from readiness.pattern.expressions import parse_expression
from readiness.pattern.match import Options
from readiness.pattern.nodes import DOTTED, METAVARIABLE, STRING_HOLE, TYPED
from readiness.pattern.regexes import checked_regex
from readiness.pattern.required import Clauses, Watch, all_of, any_of, first_words
from readiness.pattern.steps import (
    AllStep,
    AnyStep,
    Check,
    InsideStep,
    MatchStep,
    NamedStep,
    Plan,
    RegexStep,
    Step,
    always_bound,
    is_inside,
)
from readiness.pattern.witnesses import Witnesses, witnesses_in, witnesses_of

_BARE = frozenset({METAVARIABLE, STRING_HOLE})


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


@cache
def _asking(options: Options, unknown_keywords: bool) -> Options:
    """The dialect of one pattern: a few, however many patterns there are."""
    return replace(options, unknown_keywords=unknown_keywords)


@dataclass(frozen=True, slots=True)
class _Compiler:
    aliases: Mapping[str, str]
    options: Options
    negated: bool = False
    nested: bool = False

    def plan(self, formula: f.Formula) -> Plan:
        step = self.step(formula)
        alternatives = tuple(_alternatives(step))
        watch = Watch(tuple(one.required for one in alternatives))
        return Plan(step, alternatives, watch, self.options, _is_textual(step))

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
                return MatchStep(self._of_typed(pattern), _asking(self.options, unknown))
            case f.Regex(regex=text):
                return RegexStep(checked_regex(text, re.MULTILINE))
            case f.Any(items=items):
                alternatives = tuple(self.step(item) for item in items)
                needed = tuple(item.required for item in alternatives)
                return AnyStep(alternatives, any_of(needed), Watch(needed))
            case f.Named(item=item, metavariable=metavariable, name=name):
                return NamedStep(self.step(item), metavariable, name)
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
            positives = (_screened(positives[0], tuple(checks), witnesses_of(tuple(checks))),)
        excluded = [against.excluded(item) for item in items if isinstance(item, f.Not | f.NotInside)]
        excluded.sort(key=_is_textual)  # where code stands in the text is dear to know, so these act last, or never
        late = [check for check in checks if check.nested or not bound.isdisjoint(_subjects(check))]
        return AllStep(
            *_ordered(positives),
            tuple(check for check in checks if check not in late),
            tuple(excluded),
            tuple(late),
            tuple(item.names for item in items if isinstance(item, f.Focus)),
            self._required(positives, checks),
        )

    def _required(self, positives: tuple[Step, ...], checks: list[Check]) -> Clauses:
        """What the positives need, and what the conditions need that must hold for what they bind."""
        bound = frozenset().union(*map(always_bound, positives))
        needed = [self._needed(check) for check in checks if getattr(check.condition, "metavariable", "") in bound]
        return all_of([*(item.required for item in positives), *needed])

    def _needed(self, check: Check) -> Clauses:
        """The words of a formula that must match inside of what is bound, or those of the types that it may have."""
        match check.condition:
            case f.MatchesFormula(negated=False) if check.nested is not None:
                return check.nested.required
            case f.HasType(types=types, negated=False) if all(
                "." in name for name in types
            ):  # others may be those of literals
                return any_of(map(self._of_type, types))
        return ()

    def _of_typed(self, pattern: Pattern) -> Pattern:
        """The pattern, which also needs the words of the classes that it asks for, as in `($X: pandas.DataFrame)`."""
        types = [node.fields[1] for node in walk(pattern.nodes) if node.kind == TYPED]
        names = [wanted.fields[0] for wanted in types if wanted.kind == DOTTED and "." in wanted.fields[0]]
        if not names or not self.options.types:
            return pattern
        return replace(pattern, required=all_of([pattern.required, *map(self._of_type, names)]))

    def _of_type(self, name: str) -> Clauses:
        """The words of the name itself, or of the packages that give such values without naming their class."""
        origins = self.options.types.origins(name)
        return (
            compile_pattern(name, self.aliases).required if origins is None else (first_words(origins, self.aliases),)
        )

    def excluded(self, item: f.Not | f.NotInside) -> Step:
        step = self.step(item.item)
        return InsideStep(step) if isinstance(item, f.NotInside) else step

    def _check(self, condition: f.Condition) -> Check:
        vacuous = self.options.vacuous_conditions
        match condition:
            case f.MatchesRegex(regex=text):
                return Check(condition, regex=checked_regex(text), vacuous=vacuous)
            case f.MatchesFormula(formula=formula):
                return Check(condition, nested=replace(self, nested=True).plan(formula), vacuous=vacuous)
            case f.Where(expression=text):
                return Check(condition, expression=parse_expression(text), vacuous=vacuous)
            case f.HasType(types=types):
                roots = tuple(compile_pattern(name, self.aliases).root for name in types)
                return Check(condition, types=roots, vacuous=vacuous)
        return Check(condition, vacuous=vacuous)


def _alternatives(step: Step) -> Iterator[Step]:
    """The items of `any`, and of `any` directly in it; or the step itself."""
    if isinstance(step, AnyStep):
        for item in step.items:
            yield from _alternatives(item)
    else:
        yield step


def _ordered(positives: tuple[Step, ...]) -> tuple[tuple[Step, ...], tuple[MatchStep, ...]]:
    """In the order in which they act, and apart from them those that are nothing but `$X`."""
    bare = tuple(one for one in positives if isinstance(one, MatchStep) and one.is_bare_metavariable)
    others = tuple(sorted((one for one in positives if one not in bare), key=is_inside))
    return (others, bare) if others else (bare[:1], bare[1:])


def _screened(step: Step, checks: tuple[Check, ...], witnesses: Witnesses) -> Step:
    """The step with those conditions that its patterns can be asked while, or before, they match."""
    match step:
        case AnyStep(items=items):
            return structs.replace(step, items=tuple(_screened(item, checks, witnesses) for item in items))
        case MatchStep(pattern=pattern):
            own = tuple(check for check in checks if _is_screen(check) and _subjects(check) <= pattern.metavariables)
            held = witnesses_in(pattern, witnesses) if _is_told_all(step.options) else ()
            return structs.replace(step, screens=own, kinds=_kinds(pattern, own), witnesses=held)
    return step


def _is_told_all(options: Options) -> bool:
    """True if what a pattern matches is all within the place that it matches at."""
    return not options.symbolic and not options.unknown_keywords


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


def _is_textual(step: Step) -> bool:
    match step:
        case RegexStep():
            return True
        case AnyStep(items=items):
            return any(map(_is_textual, items))
        case InsideStep(item=item) | NamedStep(item=item):
            return _is_textual(item)
        case AllStep():
            return any(map(_is_textual, (*step.positives, *step.negatives)))
    return False
