"""From the parts of a flow rule to the plan that the flow engine runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from readiness.errors import PatternError, RuleError
from readiness.flow.access import WHOLE, parse_path
from readiness.flow.knowledge import Options
from readiness.flow.labels import ANY_LABEL, parse_requires
from readiness.flow.plan import ANYTHING, HERE, PLAIN_LABEL, FlowPlan, Needs, Propagator, Sanitizer, Sink, Source
from readiness.flow.relations import RowCondition, parse_rows
from readiness.pattern import formula as f
from readiness.pattern.find import CompiledFormula
from readiness.rulebook.flow_parts import (
    PARTS,
    FlowPart,
    PropagatorPart,
    SanitizerPart,
    SinkPart,
    SourcePart,
    part_of,
)
from readiness.rulebook.formulas import FormulaBuilder, about, bound, joined
from readiness.rulebook.knowledge import flow_knowledge
from readiness.rulebook.marks import MarkedYaml, Path
from readiness.rulebook.mistakes import did_you_mean
from readiness.rulebook.schema import FlowRule

Compile = Callable[[str], CompiledFormula]
"""The key of a formula -> the formula, compiled."""


def parts(rule: FlowRule) -> Iterator[tuple[str, str, int, FlowPart]]:
    """The key of its formula, the key that it stands under, its number, and the part itself."""
    for key in PARTS:
        for number, given in enumerate(getattr(rule, key)):
            yield f"{key}.{number}", key, number, part_of(key, given)


def flow_formulas(
    rule: FlowRule, builder: FormulaBuilder, conditions: tuple[f.Condition, ...]
) -> Iterator[tuple[str, f.Formula]]:
    """The formula of each part. A focus is no part of it: the engine asks what is around it as well."""
    for name, key, number, part in parts(rule):
        path: Path = (key, number)
        body = builder.build(part.match, (*path, "match"))
        own = tuple(builder.conditions(part.with_, (*path, "with")))
        yield name, joined(body, (*own, *about(conditions, body, first=False)), ())


def plan_of(rule: FlowRule, compiled: Compile) -> FlowPlan:
    """The rule, ready to run."""
    found: dict[str, list[Any]] = {key: [] for key in PARTS}
    for name, key, _, part in parts(rule):
        found[key].append(_READERS[type(part)](part, compiled(name)))
    return FlowPlan(
        sources=tuple(found["sources"]),
        sinks=tuple(found["sinks"]),
        sanitizers=tuple(found["sanitizers"]),
        propagators=tuple(found["propagators"]),
        options=rule.reading or own_reading(),
        report=rule.report,
        together=rule.together,
        unless=rule.unless,
        unify=rule.unify,
    )


def own_reading() -> Options:
    """How programs are read by rules of our own."""
    return Options(knowledge=flow_knowledge())


def _source(part: SourcePart, formula: CompiledFormula) -> Source:
    return Source(
        formula,
        part.focus,
        part.exact,
        side_effect=part.side_effect,
        label=part.label or PLAIN_LABEL,
        needs=None if part.requires is None else _needs(part.requires, part.same_origin),
        renews=part.renews,
        at=WHOLE if part.at is None else parse_path(part.at),
        rows_of=part.rows_of or "",
        rows=None if part.rows is None else parse_rows(part.rows),
    )


def _sink(part: SinkPart, formula: CompiledFormula) -> Sink:
    needs = ANYTHING if part.requires is None else _needs(part.requires, part.same_origin)
    rows = None if part.rows is None else parse_rows(part.rows)
    return Sink(formula, part.focus, part.exact, needs=needs, name=part.name or "", rows=rows)


def _sanitizer(part: SanitizerPart, formula: CompiledFormula) -> Sanitizer:
    return Sanitizer(
        formula, part.focus, part.exact, side_effect=part.side_effect, yields=part.yields, labels=frozenset(part.stops)
    )


def _propagator(part: PropagatorPart, formula: CompiledFormula) -> Propagator:
    return Propagator(
        formula,
        part.focus,
        part.exact,
        start=part.from_,
        end=part.to,
        side_effect=part.side_effect,
        needs=ANY_LABEL if part.requires is None else parse_requires(part.requires),
        label=part.label,
        replaced=frozenset(part.replaces) or None,
    )


_READERS: dict[type[FlowPart], Callable[[Any, CompiledFormula], Any]] = {
    SourcePart: _source,
    SinkPart: _sink,
    SanitizerPart: _sanitizer,
    PropagatorPart: _propagator,
}


def _needs(requires: str | Mapping[str, str], same_origin: bool) -> Needs:
    at = {HERE: requires} if isinstance(requires, str) else requires
    return Needs({name: parse_requires(text) for name, text in at.items()}, same_origin)


# mistakes


def check_flow(rule: FlowRule, yaml: MarkedYaml) -> Iterator[RuleError]:
    """Labels that no source gives, parts of values that are not written well, metavariables that nothing binds."""
    given = {part.label for *_, part in parts(rule) if isinstance(part, SourcePart | PropagatorPart) and part.label}
    for name, key, number, part in parts(rule):
        known = bound(rule.formulas[name])
        yield from _metavariables(part, known, (key, number), yaml)
        yield from _labels(part, given, (key, number), yaml)
        if isinstance(part, SourcePart | SinkPart) and part.rows is not None:
            yield from _mistake(lambda rows=part.rows: parse_rows(rows), yaml.where((key, number, "rows")))  # type: ignore[misc]
        if isinstance(part, SourcePart) and part.rows is not None and part.requires is None:
            where = yaml.where((key, number, "rows"))
            yield RuleError("`rows` compares what arrives, and nothing has to", where=where, advice="Add `requires`.")
        if isinstance(part, SourcePart) and part.at is not None:
            yield from _mistake(lambda at=part.at: parse_path(at), yaml.where((key, number, "at")))  # type: ignore[misc]
    names = {part.name for *_, part in parts(rule) if isinstance(part, SinkPart) and part.name}
    for key in ("together", "unless"):
        for number, wanted in enumerate(getattr(rule, key)):
            if wanted not in names:
                where = yaml.where((key, number))
                yield RuleError(
                    f"no sink has the name `{wanted}`", where=where, advice=did_you_mean(wanted, sorted(names))
                )


def _metavariables(part: FlowPart, known: frozenset[str], path: Path, yaml: MarkedYaml) -> Iterator[RuleError]:
    used = [("focus", name) for name in part.focus]
    if isinstance(part, PropagatorPart):
        used += [("from", part.from_), ("to", part.to)]
    if isinstance(part, SourcePart | SinkPart) and isinstance(part.requires, Mapping):
        used += [("requires", name) for name in part.requires]
    if isinstance(part, SourcePart) and part.rows_of is not None:
        used.append(("rows_of", part.rows_of))
    if isinstance(part, SourcePart | SinkPart) and (rows := _rows(part)) is not None:
        used += [("rows", name) for name in sorted(rows.metavariables)]
    for key, name in used:
        if name not in known:
            where = yaml.where((*path, key))
            yield RuleError(f"`{name}` is bound by no pattern", where=where, advice=did_you_mean(name, sorted(known)))


def _rows(part: SourcePart | SinkPart) -> RowCondition | None:
    try:
        return None if part.rows is None else parse_rows(part.rows)
    except PatternError:
        return None


def _labels(part: FlowPart, given: set[str], path: Path, yaml: MarkedYaml) -> Iterator[RuleError]:
    rows = _rows(part) if isinstance(part, SourcePart | SinkPart) else None
    for label in sorted((rows.labels if rows is not None else frozenset()) - given):
        where = yaml.where((*path, "rows"))
        yield RuleError(f"no source gives the label `{label}`", where=where, advice=did_you_mean(label, given))
    requires = getattr(part, "requires", None) or ()
    where = yaml.where((*path, "requires"))
    for text in requires.values() if isinstance(requires, Mapping) else [requires] if requires else []:
        yield from _mistake(lambda text=text: parse_requires(text), where)  # type: ignore[misc]
        try:
            condition = parse_requires(text)
        except PatternError:
            continue
        for label in sorted((condition.wanted | condition.excluded) - given):
            yield RuleError(f"no source gives the label `{label}`", where=where, advice=did_you_mean(label, given))
    for label in (*getattr(part, "stops", ()), *getattr(part, "replaces", ())):
        if label not in given:
            where = yaml.where((*path, "stops" if isinstance(part, SanitizerPart) else "replaces"))
            yield RuleError(f"no source gives the label `{label}`", where=where, advice=did_you_mean(label, given))


def _mistake(read: Callable[[], object], where: str) -> Iterator[RuleError]:
    try:
        read()
    except PatternError as error:
        yield RuleError(error.what, where=where, advice=error.advice)
