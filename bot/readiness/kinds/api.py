"""Kind `api`: what the version of a library that the project declares has deprecated or removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from readiness.facts.dependencies import PYTHON
from readiness.facts.model import FileFacts
from readiness.facts.project import ProjectFacts
from readiness.finding import Finding, Fix
from readiness.kinds.base import Query, finding, looks_at
from readiness.pattern.expressions import evaluate
from readiness.rulebook.changes import CHANGE, ApiChange, ApiChanges, Versions, changes_of
from readiness.rulebook.schema import ApiRule
from readiness.source.version import Range

if TYPE_CHECKING:
    from readiness.pattern.find import Match
    from readiness.source.python import PythonSource


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
    """removed (from every version that is permitted), removable (from some), deprecated (in some), or current."""


def queries(rule: ApiRule) -> list[Query]:
    """One query, which finds every change of the table."""
    return [Query("changes", fix=partial(_fix, rule.changes))]


def _fix(table: str, match: Match, source: PythonSource) -> Fix | None:
    from readiness.kinds.renaming import renamed

    return renamed(changes_of(table).by_name[match.bindings[CHANGE].text], match, source)


def conclude(rule: ApiRule, project: ProjectFacts) -> list[Finding]:
    """The findings of a rule in the project."""
    return [found for facts in project.files if looks_at(rule, facts) for found in _in_file(rule, facts, project)]


def _in_file(rule: ApiRule, facts: FileFacts, project: ProjectFacts) -> Iterator[Finding]:
    for hit in facts.hits.get(rule.id, {}).get("changes", ()):
        table = changes_of(rule.changes)  # long: it is read only where a use of something in it was found
        change = table.by_name[hit.bindings[CHANGE]]
        if _is_in_use(table, change, facts) and not _is_replaced(change, facts, project):
            names = {"$change": _item(table, change, facts, project)}
            if evaluate(rule.when, names):
                yield _alone_or_among(finding(rule, hit, names, project=True), change)


def _alone_or_among(found: Finding, change: ApiChange) -> Finding:
    """Uses of a name in a file have one cause; those that can be mended are named one by one."""
    return found if found.fix else replace(found, cause=f"uses of `{change.among or change.name}`")


def _is_in_use(table: ApiChanges, change: ApiChange, facts: FileFacts) -> bool:
    """A method such as `append` belongs to a library only where the library is in use; Python itself always is."""
    return change.package == PYTHON or not _imported(facts).isdisjoint(table.modules(change))


def _is_replaced(change: ApiChange, facts: FileFacts, project: ProjectFacts) -> bool:
    """Whether something else has the name: a package that brings it back, or a module of the project, as in the library itself."""
    own = change.module and project.dependencies.is_local(change.name)
    return own or project.uses_package(change.kept_by) or project.defines_package(change.name, facts.path)


def _imported(facts: FileFacts) -> frozenset[str]:
    return frozenset(fact.module.partition(".")[0] for fact in facts.imports)


def _item(table: ApiChanges, change: ApiChange, facts: FileFacts, project: ProjectFacts) -> Change:
    package, specifier = _permitted(table, change, facts, project)
    versions = change.also.get(package, change)
    return Change(
        change.name,
        package,
        versions.since,
        versions.removed,
        change.instead,
        change.source,
        f"{package} {specifier or 'in any version'}",
        _state(versions, _that_runs(table, package, Range.parse(specifier), facts, project)),
    )


def _that_runs(
    table: ApiChanges, package: str, permitted: Range | None, facts: FileFacts, project: ProjectFacts
) -> Range | None:
    """The permitted versions without the later ones that no Python of the project runs."""
    python = Range.parse(project.dependencies.permitted(facts.path, (PYTHON,)))
    end = table.first_beyond(package, python) if python else None
    return permitted.below(end) if permitted and end else permitted


def _permitted(table: ApiChanges, change: ApiChange, facts: FileFacts, project: ProjectFacts) -> tuple[str, str]:
    """The package that decides, and its permitted versions: one with a declared range, or else whatever is released."""
    packages = (change.package, *change.also)
    permitted = {package: project.dependencies.permitted(facts.path, table.packages(package)) for package in packages}
    imported = [package for package in packages if not _imported(facts).isdisjoint(table.modules_of(package))]
    ranges = [(package, specifier) for package, specifier in permitted.items() if specifier]
    return next(iter(ranges), ((imported or packages)[0], ""))


def _state(versions: Versions, permitted: Range | None) -> str:
    if permitted is None or (versions.returned and permitted.may_be_at_least(versions.returned)):
        return "current"
    if versions.removed and permitted.is_at_least(versions.removed):
        return "removed"
    if versions.removed and permitted.may_be_at_least(versions.removed):
        return "removable"
    return "deprecated" if versions.since and permitted.may_be_at_least(versions.since) else "current"
