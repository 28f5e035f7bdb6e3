"""Kind `absence`: something is used, and what should accompany it is nowhere in the scope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from readiness.engine.unit import Unit
from readiness.facts.model import FileFacts
from readiness.facts.project import ProjectFacts
from readiness.finding import Finding
from readiness.kinds.base import compiled, finding, found_at, looks_at
from readiness.pattern.find import Match, find
from readiness.pattern.formula import Formula
from readiness.rulebook.schema import AbsenceRule
from readiness.source.python import PythonSource
from readiness.source.tree import Node


def analyse(rule: AbsenceRule, unit: Unit) -> list[Finding]:
    """The findings of a rule whose scope is no larger than the file."""
    source = unit.python
    if rule.scope == "program" or source is None:
        return []
    triggers = find(compiled(rule, "when"), source)
    if not triggers:
        return []
    present = find(compiled(rule, "unless"), source)
    return [found_at(rule, source, match) for match in _reported(rule, source, triggers, present)]


def queries(rule: AbsenceRule) -> dict[str, Formula]:
    """What to look for in every file, for a rule that is concluded over the whole program."""
    return dict(rule.formulas) if rule.scope == "program" else {}


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
        if _satisfied(rule, program):
            continue
        if rule.report == "first":
            told.update(file.path for file in program)
            triggers = triggers[:1]
        found.extend(finding(rule, hit, project=True) for hit in triggers)
    return found


def _satisfied(rule: AbsenceRule, program: Iterable[FileFacts]) -> bool:
    return any(facts.hits.get(rule.id, {}).get("unless") for facts in program)


def _reported(
    rule: AbsenceRule, source: PythonSource, triggers: Iterable[Match], present: Iterable[Match]
) -> Iterator[Match]:
    told: set[int] = set()
    for match in triggers:
        scope = _scope(rule, source, match)
        if any(scope.enter <= other.first.enter and other.last.leave <= scope.leave for other in present):
            continue
        if rule.report == "each" or scope.enter not in told:
            yield match
        told.add(scope.enter)


def _scope(rule: AbsenceRule, source: PythonSource, match: Match) -> Node:
    """The node that should hold what is asked for."""
    if rule.scope == "file":
        return source.tree
    node = match.first if rule.scope != "statement" else source.enclosing_statement(match.first)
    while rule.scope == "function" and node.kind != "FunctionDef" and node.parent is not None:
        node = node.parent
    return node
