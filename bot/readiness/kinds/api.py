"""Kind `api`: what the version of a library that the project declares has deprecated or removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from readiness.facts.model import FileFacts
from readiness.facts.project import ProjectFacts
from readiness.finding import Finding
from readiness.kinds.base import Query, finding, looks_at
from readiness.pattern.expressions import evaluate
from readiness.rulebook.knowledge import ApiChange, api_changes
from readiness.rulebook.schema import ApiRule
from readiness.source.version import Range


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a library as conditions and texts see it, beside what the project declares of that library."""

    name: str
    package: str
    since: str
    removed: str
    replacement: str
    source: str
    declared: str
    state: str
    """removed (from every version that is declared), removable (from some), deprecated, or current."""


def queries(rule: ApiRule) -> list[Query]:
    """The formulas whose matches are kept for each file: one for each change."""
    return [Query(change.name, fix=change.fix) for change in api_changes(rule.changes).changes]


def conclude(rule: ApiRule, project: ProjectFacts) -> list[Finding]:
    """The findings of a rule in the project."""
    return [found for facts in project.files if looks_at(rule, facts) for found in _in_file(rule, facts, project)]


def _in_file(rule: ApiRule, facts: FileFacts, project: ProjectFacts) -> Iterator[Finding]:
    hits = facts.hits.get(rule.id, {})
    table = api_changes(rule.changes)
    for change in table.changes if hits else ():
        if change.name not in hits or not _imports(facts, table.modules(change)):
            continue
        declared = project.declared(facts.path, table.packages(change))
        names = {"$change": _item(change, declared)}
        if declared is not None and evaluate(rule.when, names):
            yield from (finding(rule, hit, names, project=True) for hit in hits[change.name])


def _imports(facts: FileFacts, modules: tuple[str, ...]) -> bool:
    """A method such as `append` belongs to a library only where the library is in use."""
    return any(fact.module.partition(".")[0] in modules for fact in facts.imports)


def _item(change: ApiChange, declared: str | None) -> Change:
    return Change(
        change.name,
        change.package,
        change.since,
        change.removed,
        change.replacement,
        change.source,
        f"{change.package} {declared or ''}".strip(),
        _state(change, Range.parse(declared)),
    )


def _state(change: ApiChange, declared: Range | None) -> str:
    if declared is None:
        return "unknown"
    if change.returned and declared.may_be_at_least(change.returned):
        return "current"
    if change.removed and declared.is_at_least(change.removed):
        return "removed"
    if change.removed and declared.may_be_at_least(change.removed):
        return "removable"
    return "deprecated" if change.since and declared.is_at_least(change.since) else "current"
