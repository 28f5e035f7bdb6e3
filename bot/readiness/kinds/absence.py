"""Kind `absence`: something is used, and what should accompany it is nowhere in the scope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from readiness.engine.unit import Unit
from readiness.facts.hit import Hit
from readiness.facts.model import FileFacts
from readiness.facts.project import ProjectFacts
from readiness.facts.sorts import FileKind
from readiness.finding import Finding
from readiness.kinds.base import CODE, Query, compiled, finding, fix_of, hit_of, looks_at
from readiness.pattern.expressions import evaluate
from readiness.pattern.find import Match, exists, find
from readiness.pattern.required import Clauses
from readiness.rulebook.formulas import METAVARIABLE, bound
from readiness.rulebook.schema import AbsenceRule
from readiness.source.python import PythonSource


def analyse(rule: AbsenceRule, unit: Unit) -> list[Finding]:
    """The findings of a rule whose scope is no larger than the file."""
    source = unit.python
    if rule.scope == "program" or source is None:
        return []
    triggers = find(compiled(rule, "when"), source)
    if not triggers:
        return []
    reported = _in_file if rule.scope == "file" else _in_parts
    return [_told(rule, source, match, beside) for match, beside in reported(rule, source, triggers)]


def _told(rule: AbsenceRule, source: PythonSource, found: Match, beside: Match | None) -> Finding:
    """What the rule says at a place; it may name what `given` has found beside it."""
    hit = hit_of(rule, source, found)
    known = hit_of(rule, source, beside).bindings if beside is not None else {}
    return finding(rule, _knowing(hit, known), fix=fix_of(rule, found, source))


def _knowing(hit: Hit, names: Mapping[str, str]) -> Hit:
    return replace(hit, bindings={**names, **hit.bindings})


def required(rule: AbsenceRule, kind: FileKind) -> Clauses | None:
    """The words without which a file has no findings of its own."""
    return compiled(rule, "when").required if kind in CODE and rule.scope != "program" else None


def queries(rule: AbsenceRule) -> list[Query]:
    """What to look for in every file, for a rule that is concluded over the whole program."""
    return [_query(rule, key) for key in _ASKED if key in rule.formulas] if rule.scope == "program" else []


_ASKED = ("unless", "given", "when")
"""In this order: what `unless` finds in a file makes the places of `when` there moot."""
_IF_IT_RUNS = "unless it never runs"
"""The key of what `unless` finds only where the file itself runs nothing."""


def _query(rule: AbsenceRule, key: str) -> Query:
    if key == "when":
        return Query(key, moot_with="unless", fix=partial(fix_of, rule) if rule.fix else None)
    if key == "unless":
        return Query(key, everywhere=True, places=False, key_if_idle=_IF_IT_RUNS)
    return Query(key, places=_speaks_of_given(rule))


def _speaks_of_given(rule: AbsenceRule) -> bool:
    """Whether a text of the rule has a name that `given` alone binds."""
    names = bound(rule.formulas["given"]) - bound(rule.formulas["when"])
    return not names.isdisjoint(METAVARIABLE.findall(f"{rule.message} {rule.next_step} {rule.sketch}"))


def conclude(rule: AbsenceRule, project: ProjectFacts) -> list[Finding]:
    """The findings of a rule whose scope is the program: a file with the local modules it imports or is imported by."""
    if rule.scope != "program":
        return []
    found: list[Finding] = []
    told: set[str] = set()
    for facts in project.files:
        triggers = facts.hits.get(rule.id, {}).get("when", ())
        if not triggers or facts.path in told or not looks_at(rule, facts):
            continue
        program = project.program_of(facts.path)
        given = _first(rule, "given", (facts, *program))
        triggers = _unmet(rule, triggers, facts.path, program, project)
        if not triggers or ("given" in rule.formulas and given is None):
            continue
        names = {"$project": project.view(facts.path)}
        if rule.silent_if is not None and evaluate(rule.silent_if, names):
            continue
        if rule.report == "first":
            told.update(file.path for file in program)
            triggers = triggers[:1]
        known = given.bindings if given is not None else {}
        found.extend(finding(rule, _knowing(hit, known), names, project=True) for hit in triggers)
    return found


def _unmet(
    rule: AbsenceRule, triggers: tuple[Hit, ...], path: str, program: Iterable[FileFacts], project: ProjectFacts
) -> tuple[Hit, ...]:
    """The places of `when` in a file for which the program does not hold what is asked for where something may run it."""
    found = [(facts.path, facts.hits.get(rule.id, {})) for facts in program]
    if any("unless" in hits for _, hits in found):
        return ()
    idle = [(other, hit) for other, hits in found for hit in hits.get(_IF_IT_RUNS, ())]
    if any(project.uses.may_run(other, hit.symbol) for other, hit in idle):
        return ()
    # Whoever calls what nothing here runs may call both.
    return tuple(hit for hit in triggers if not idle or project.uses.may_run(path, hit.symbol))


def _first(rule: AbsenceRule, key: str, program: Iterable[FileFacts]) -> Hit | None:
    return next((hit for facts in program for hit in facts.hits.get(rule.id, {}).get(key, ())), None)


_Beside: TypeAlias = "tuple[Match, Match | None]"
"""A place to report, and what `given` has found in its scope."""


def _in_file(rule: AbsenceRule, source: PythonSource, triggers: list[Match]) -> list[_Beside]:
    """The triggers to report where it is the whole file that should hold what is asked for."""
    given = find(compiled(rule, "given"), source) if "given" in rule.formulas else None
    if given == [] or exists(compiled(rule, "unless"), source):
        return []
    return [(found, given[0] if given else None) for found in (triggers if rule.report == "each" else triggers[:1])]


def _in_parts(rule: AbsenceRule, source: PythonSource, triggers: list[Match]) -> Iterator[_Beside]:
    """The triggers to report where a part of the file around each should hold it."""
    present = find(compiled(rule, "unless"), source)
    given = find(compiled(rule, "given"), source) if "given" in rule.formulas else None
    told: set[tuple[int, int]] = set()
    for found in triggers:
        scope = _scope(rule, source, found)
        beside = _held(scope, given or ())
        if _held(scope, present) or (given is not None and beside is None):
            continue
        if rule.report == "each" or scope not in told:
            yield found, beside
        told.add(scope)


def _held(scope: tuple[int, int], places: Iterable[Match]) -> Match | None:
    """The first of these places within a scope."""
    return next((place for place in places if scope[0] <= place.start and place.end <= scope[1]), None)


def _scope(rule: AbsenceRule, source: PythonSource, found: Match) -> tuple[int, int]:
    """From where to where the text should hold what is asked for."""
    if rule.scope == "call":
        return (found.start, found.end)
    node = source.statement_at(found.start)
    while rule.scope == "function" and node is not None and node.kind != "FunctionDef":
        node = node.parent
    return (0, len(source.text)) if node is None else source.span(node)
