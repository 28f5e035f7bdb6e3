"""What the types of a rule file cannot say: names that nothing binds, patterns that do not parse, examples that are missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple

from readiness.errors import PatternError, RuleError
from readiness.facts.cards import card_knowledge
from readiness.facts.cells import CellFact, NotebookFact, OutputFact, StaleUse, UndefinedName
from readiness.facts.project import ProjectView
from readiness.facts.statement import Statement
from readiness.facts.texts import DocumentFact, FieldFact, PlaceholderFact, SectionFact
from readiness.finding import Step
from readiness.kinds.api import Change
from readiness.kinds.change import CardPlace, ChangedSetting, Evidence
from readiness.kinds.document import LinkItem, SlotItem
from readiness.kinds.repository import DependencyItem, FileItem, FunctionItem, ImportItem, ManifestItem
from readiness.kinds.suppression import Suppression
from readiness.modelcard.clock import Clock
from readiness.modelcard.contradictions import Contradiction
from readiness.pattern import formula as f
from readiness.pattern.compile import compile_pattern
from readiness.pattern.expressions import names_in
from readiness.pattern.find import compile_formula
from readiness.rulebook.flows import check_flow
from readiness.rulebook.formulas import bound
from readiness.rulebook.marks import MarkedYaml, Path
from readiness.rulebook.mistakes import did_you_mean
from readiness.rulebook.parts import BadExample, FixSpec, GoodExample
from readiness.rulebook.schema import BaseRule, ChangeRule, DocumentRule, FlowRule, RepositoryRule

REFERENCE = re.compile(r"\$((?:\.\.\.)?(?:[A-Za-z_][A-Za-z_0-9]*|[0-9]+))")
_FIELD = re.compile(r"\$([A-Za-z]+)\.([a-z_]+)")
_TEXTS = ("message", "why", "next_step", "sketch")
_ITEMS: dict[str, type] = {
    "A": CellFact,
    "B": CellFact,
    "cell": CellFact,
    "notebook": NotebookFact,
    "output": OutputFact,
    "name": UndefinedName,
    "stale": StaleUse,
    "slot": SlotItem,
    "section": SectionFact,
    "placeholder": PlaceholderFact,
    "link": LinkItem,
    "field": FieldFact,
    "document": DocumentFact,
    "function": FunctionItem,
    "import": ImportItem,
    "dependency": DependencyItem,
    "manifest": ManifestItem,
    "file": FileItem,
    "statement": Statement,
    "project": ProjectView,
    "suppression": Suppression,
    "SOURCE": Step,
    "SINK": Step,
    "change": Change,
    "setting": ChangedSetting,
    "card": CardPlace,
    "evidence": Evidence,
    "contradiction": Contradiction,
    "clock": Clock,
}
"""What each `$item` is: texts and expressions read its fields."""


def check(rule: BaseRule, yaml: MarkedYaml) -> Iterator[RuleError]:
    """All mistakes of a rule whose keys are in order."""
    yield from _examples(rule, yaml)
    yield from _required(rule, yaml)
    yield from _slots(rule, yaml)
    known = names_of(rule)
    for key in _TEXTS:
        yield from _unbound(getattr(rule, key), (key,), known, yaml)
        yield from _fields(getattr(rule, key), rule, yaml.where((key,)))
    for path, text in _templates(rule):
        yield from _unbound(text, path, known, yaml)
    for index, name in enumerate(rule.mask):
        if name not in known:
            yield RuleError(
                f"`{name}` is bound by no pattern", where=yaml.where(("mask", index)), advice=did_you_mean(name, known)
            )
    for name in getattr(rule, "with_", {}):
        if name != "where" and name not in known:
            where = yaml.where(("with", name), key=True)
            yield RuleError(f"`{name}` is bound by no pattern", where=where, advice=did_you_mean(name, sorted(known)))
    for formula in rule.formulas.values():
        yield from _formula(formula, known)
    yield from _condition(rule, known, yaml)
    if isinstance(rule, FlowRule):
        yield from check_flow(rule, yaml)


def names_of(rule: BaseRule) -> frozenset[str]:
    """Every `$NAME` and `$item` that a text or expression of the rule may use."""
    return frozenset(f"${name}" for name in rule.names()).union(*map(bound, rule.formulas.values()))


def parts_of(formula: Any) -> Iterator[Any]:
    """The formula and every formula and condition in it."""
    yield formula
    for part in _held_by(formula):
        yield from parts_of(part)


def _held_by(formula: Any) -> Iterator[Any]:
    for value in astuple(formula):
        yield from (part for part in (value if isinstance(value, tuple) else (value,)) if isinstance(part, Struct))


def _examples(rule: BaseRule, yaml: MarkedYaml) -> Iterator[RuleError]:
    for model, key in ((BadExample, "bad"), (GoodExample, "good")):
        if not any(isinstance(example, model) for example in rule.examples):
            advice = "Examples are the rule's tests and its documentation."
            yield RuleError(f"no `{key}` example", where=yaml.where(("examples",)), advice=advice)


def _required(rule: BaseRule, yaml: MarkedYaml) -> Iterator[RuleError]:
    fix = getattr(rule, "fix", None)
    if not rule.next_step and not (isinstance(fix, FixSpec) and fix.title):
        advice = "Say the smallest action that mends it, or give the fix a `title`."
        yield RuleError("the key `next_step` is missing", where=yaml.where(()), advice=advice)
    if isinstance(rule, RepositoryRule) and (rule.for_each == "match") != (rule.match is not None):
        yield RuleError("`match` belongs to `for_each: match`", where=yaml.where(("for_each",)))
    if isinstance(rule, RepositoryRule) and (rule.for_each == "contradiction") != bool(rule.facts):
        yield RuleError("`facts` belongs to `for_each: contradiction`", where=yaml.where(("for_each",)))
    if isinstance(rule, ChangeRule):
        yield from _change(rule, yaml)


def _change(rule: ChangeRule, yaml: MarkedYaml) -> Iterator[RuleError]:
    """Each sort of item has keys of its own."""
    wanted, known = _CHANGE_KEYS[rule.for_each]
    unwanted = {key for _, keys in _CHANGE_KEYS.values() for key in keys}.difference(known)
    for key in wanted:
        if not getattr(rule, key):
            yield RuleError(f"`for_each: {rule.for_each}` needs `{key}`", where=yaml.where(("for_each",)))
    for key in sorted(unwanted):
        if getattr(rule, key):
            yield RuleError(
                f"`{key}` does not belong to `for_each: {rule.for_each}`", where=yaml.where((key,), key=True)
            )
    if rule.mends_card and rule.card != "states-old":
        yield RuleError("`mends_card` needs `card: states-old`", where=yaml.where(("mends_card",), key=True))


_CHANGE_KEYS = {
    "setting": (("facts",), ("facts", "card", "mends_card")),
    "evidence": (("match", "needed_by"), ("match", "replaced_by", "needed_by")),
    "file": ((), ()),
}
"""For each sort of item the keys that it needs, and those that it may have."""


def _slots(rule: BaseRule, yaml: MarkedYaml) -> Iterator[RuleError]:
    if not isinstance(rule, DocumentRule):
        return
    if (rule.for_each == "slot") != bool(rule.slots):
        yield RuleError("`slots` belongs to `for_each: slot`", where=yaml.where(("for_each",)))
    known = [slot.id for slot in card_knowledge().slots] if rule.slots else []
    for index, slot in enumerate(rule.slots):
        if slot not in known:
            where = yaml.where(("slots", index))
            yield RuleError(f"no slot is called `{slot}`", where=where, advice=did_you_mean(slot, known))


def _unbound(text: str, path: Path, known: frozenset[str], yaml: MarkedYaml) -> Iterator[RuleError]:
    for reference in REFERENCE.finditer(text):
        name = f"${reference[1]}"
        if name not in known:
            line = text.count("\n", 0, reference.start()) + 1
            column = reference.start() - text.rfind("\n", 0, reference.start())
            what = f"`{path[0]}` uses `{name}`, which nothing binds"
            yield RuleError(what, where=yaml.where_inside(path, line, column), advice=did_you_mean(name, sorted(known)))


def _fields(text: str, rule: BaseRule, where: str) -> Iterator[RuleError]:
    for reference in _FIELD.finditer(text):
        name, field = reference.groups()
        if name in rule.names() and name in _ITEMS and field not in (known := _readable(_ITEMS[name])):
            yield RuleError(f"`${name}` has no field `{field}`", where=where, advice=did_you_mean(field, known))


def _readable(item: type) -> list[str]:
    """The public fields and properties of an item."""
    properties = [name for name, value in vars(item).items() if isinstance(value, property)]
    return [*(field.name for field in fields(item)), *properties]


def _templates(rule: BaseRule) -> Iterator[tuple[Path, str]]:
    fix = getattr(rule, "fix", None)
    if isinstance(fix, str):
        yield ("fix",), fix
    elif isinstance(fix, FixSpec):
        named = {"replace": fix.replace, "add_argument": fix.add_argument, "title": fix.title}
        yield from ((("fix", key), text) for key, text in named.items() if text)


def _formula(formula: f.Formula, known: frozenset[str]) -> Iterator[RuleError]:
    before = list(_leaves(formula))
    yield from before
    if not before:
        yield from _compiled(formula)
    yield from _used(formula, _Known(known))


@dataclass(frozen=True, slots=True)
class _Known:
    """The metavariables that a part of a formula may speak of."""

    here: frozenset[str]
    given: frozenset[str] = frozenset()
    """Those that were bound before the formula is looked for; of all that is bound outside, a `not` knows these alone."""
    outside: frozenset[str] = frozenset()

    def inside(self, part: Any) -> _Known:
        """What is known to the parts of a part."""
        match part:
            case f.Not() | f.NotInside():
                here = self.given | bound(part.item)
                return _Known(here, self.given, (self.outside | self.here) - here)
            case f.MatchesFormula() | f.Semgrep():
                return _Known(self.here, self.here, self.outside)
        return self


def _used(part: Any, known: _Known) -> Iterator[RuleError]:
    """Names that no pattern binds where they are used."""
    for name in _asked_about(part):
        if name in known.outside:
            advice = "Bind it in a pattern of the `not`, or put the condition beside it."
            yield RuleError(f"`{name}` is not known inside of this `not`", where=part.where, advice=advice)
        elif name not in known.here and not isinstance(part, f.Where):
            advice = did_you_mean(name, sorted(known.here))
            yield RuleError(f"`{name}` is bound by no pattern", where=part.where, advice=advice)
    if isinstance(part, f.Where):
        yield from _expression(part.expression, part.where, known.here | known.outside)
    for inner in _held_by(part):
        yield from _used(inner, known.inside(part))


def _asked_about(part: Any) -> Iterable[str]:
    """The metavariables that a focus or a condition speaks of."""
    if isinstance(part, f.Focus):
        return part.names
    if isinstance(part, f.Where):
        with suppress(PatternError):  # `_expression` tells of it
            return sorted(names_in(part.expression))
    return filter(None, (getattr(part, "metavariable", None),))


def _leaves(formula: f.Formula) -> Iterator[RuleError]:
    for part in parts_of(formula):
        if isinstance(part, f.Match):
            try:
                compile_pattern(part.pattern)
            except PatternError as error:
                yield RuleError(error.what, where=part.where, advice=error.advice)


def _compiled(formula: f.Formula) -> Iterator[RuleError]:
    try:
        compile_formula(formula)
    except PatternError as error:
        yield RuleError(error.what, where=error.where or formula.where, advice=error.advice)


def _condition(rule: BaseRule, known: frozenset[str], yaml: MarkedYaml) -> Iterator[RuleError]:
    for path, text in _expressions(rule):
        yield from _expression(text, yaml.where(path), known)
        yield from _fields(text, rule, yaml.where(path))


def _expressions(rule: BaseRule) -> Iterator[tuple[Path, str]]:
    if isinstance(when := getattr(rule, "when", None), str) and "when" not in rule.clauses:
        yield ("when",), when
    if isinstance(silent_if := getattr(rule, "silent_if", None), str):
        yield ("silent_if",), silent_if
    if isinstance(per := getattr(rule, "per", None), str):
        yield ("per",), per
    for index, unless in enumerate(getattr(rule, "unless", ()) if isinstance(rule, RepositoryRule) else ()):
        if isinstance(when := getattr(unless, "when", None), str):
            yield ("unless", index, "when"), when


def _expression(text: str, where: str, known: frozenset[str]) -> Iterator[RuleError]:
    try:
        used = names_in(text)
    except PatternError as error:
        yield RuleError(error.what, where=where, advice=error.advice)
        return
    for name in sorted(used - known):
        yield RuleError(f"`{name}` is known to nothing here", where=where, advice=did_you_mean(name, sorted(known)))
