"""Kind `repository`: a condition over functions, dependencies, files or matches, with the whole project in view."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from readiness.facts.features import feature_lists, served_rows
from readiness.facts.hit import Hit
from readiness.facts.model import DependencyFact, FileFacts, FunctionFact, ManifestFact
from readiness.facts.project import ProjectFacts, is_filled_card
from readiness.facts.sorts import Role
from readiness.finding import Finding, Location
from readiness.kinds.base import Query, TextSearch, finding, looks_at
from readiness.modelcard.clock import clocks
from readiness.modelcard.contradictions import contradictions
from readiness.pattern.expressions import evaluate
from readiness.rulebook.evidence import (
    ConditionHolds,
    DocumentThere,
    FileThere,
    MatchThere,
    PackageThere,
    TestsRefer,
    TextThere,
)
from readiness.rulebook.operators import Strict
from readiness.rulebook.schema import RepositoryRule


@dataclass(frozen=True, slots=True)
class FileItem:
    """A file as conditions see it."""

    path: str
    kind: str
    role: str
    size: int
    lines: int
    folder: str
    kept_elsewhere: bool
    """Git LFS or DVC keeps the content."""


@dataclass(frozen=True, slots=True)
class FunctionItem(FunctionFact):
    """A function, and where else it stands."""

    copies: tuple[str, ...] = ()
    """The other program files that hold the same function."""
    test_file: str = ""
    """Where a test of it belongs."""

    @property
    def call(self) -> str:
        """A call of it, with the names of its parameters."""
        owner = f"{self.class_name}(...)." if self.is_method else ""
        return f"{owner}{self.name}({', '.join(name for name in self.parameters if name not in ('self', 'cls'))})"


@dataclass(frozen=True, slots=True)
class ImportItem:
    """A package that a file imports, and whether something installs it."""

    module: str
    package: str
    """What has to be installed for the module."""
    optional: bool
    lazy: bool
    known: bool
    """The module is known to be a package, and no file or folder of the project has its name."""
    declared: bool
    governed: bool
    """A manifest lies beside the file or above it."""
    in_package: bool
    """The file is a module of a package, not a script beside one."""


@dataclass(frozen=True, slots=True)
class DependencyItem(DependencyFact):
    """A declared package, and whether the project uses it."""

    used: bool | None = None
    """None if nobody knows under which name it would be imported."""


@dataclass(frozen=True, slots=True)
class ManifestItem(ManifestFact):
    """A manifest, and what it leaves open."""

    unlisted: tuple[str, ...] = ()
    """Packages that the listed ones bring along and that it does not list."""


@dataclass(frozen=True, slots=True)
class _Item:
    """What a rule asks about: where it stands, its names in conditions, and the facts it comes from."""

    hit: Hit
    facts: FileFacts
    names: Mapping[str, object]
    function: FunctionFact | None = None
    is_change: bool = False
    """It is about what the change brings, wherever that stands."""


def queries(rule: RepositoryRule) -> list[Query]:
    """The formulas whose matches are kept for each file: the items, and what excuses the whole project."""
    formulas = [Query(key) if key == "match" else Query(key, everywhere=True, places=False) for key in rule.formulas]
    texts = [(key, clause) for key, clause in _clauses(rule) if isinstance(clause, TextThere)]
    return [*formulas, *(Query(key, everywhere=True, text=_search(clause)) for key, clause in texts)]


def _search(clause: TextThere) -> TextSearch:
    return TextSearch(clause.text, clause.texts, clause.paths)


def _clauses(rule: RepositoryRule) -> Iterator[tuple[str, Strict]]:
    """What must be there and what excuses, each with the key of its query."""
    for key, clauses in (("given", rule.given), ("unless", rule.unless)):
        for number, clause in enumerate(clauses):
            yield f"{key}.{number}", clause


def conclude(rule: RepositoryRule, project: ProjectFacts) -> list[Finding]:
    """The findings of a rule in the project."""
    if any(_is_there(rule, key, clause, project) == key.startswith("unless") for key, clause in _clauses(rule)):
        return []
    groups: dict[tuple[str, str], list[_Item]] = defaultdict(list)
    one_is_enough = _says_all_of_one(rule)
    for item in _items(rule, project):
        names = {**item.names, "$project": project.view(item.facts.path)}
        if rule.when is not None and not evaluate(rule.when, names):
            continue
        if not _is_excused(rule, item, names, project):
            groups[_group(rule, item, names)].append(item)
            if one_is_enough:
                break
    return [found for items in groups.values() for found in _reported(rule, items, project)]


def _says_all_of_one(rule: RepositoryRule) -> bool:
    """Whether the first item is all that the rule speaks about, so that the others are not even counted."""
    said = f"{rule.message} {rule.next_step} {rule.sketch}"
    return rule.report == "project" and rule.per is None and "$others" not in said


def _reported(rule: RepositoryRule, items: list[_Item], project: ProjectFacts) -> Iterator[Finding]:
    told = items if rule.report == "each" else items[:1]
    for item in told:
        names = {**item.names, "$project": project.view(item.facts.path), "$others": len(items) - len(told)}
        yield replace(finding(rule, item.hit, names, project=True), change=item.is_change)


def _group(rule: RepositoryRule, item: _Item, names: Mapping[str, object]) -> tuple[str, str]:
    part = "" if rule.per is None else str(evaluate(rule.per, names))
    return ("" if rule.report == "project" else item.facts.path), part


def _is_there(rule: RepositoryRule, key: str, clause: Strict, project: ProjectFacts) -> bool:
    """Whether the whole project has what a clause asks for; what must be there counts in the files of the rule's roles alone."""
    match clause:
        case FileThere(file=globs):
            return project.has_path(globs)
        case DocumentThere(document=kind):
            return project.has_document(kind)
        case PackageThere(imports=packages):
            return project.uses_package(packages)
        case MatchThere() | TextThere():
            roles = frozenset(rule.where.roles if key.startswith("given") else Role)
            return any(key in facts.hits.get(rule.id, {}) for facts in project.files if facts.role in roles)
    return False


def _is_excused(rule: RepositoryRule, item: _Item, names: Mapping[str, object], project: ProjectFacts) -> bool:
    """Whether a clause of `unless` excuses this one item."""
    for clause in rule.unless:
        if isinstance(clause, ConditionHolds) and evaluate(clause.when, names):
            return True
        if isinstance(clause, TestsRefer) and _tested(item, project) is clause.tests_refer:
            return True
    return False


def _tested(item: _Item, project: ProjectFacts) -> bool | None:
    """Whether a test refers to the function that the item is; None if it is none."""
    return project.is_tested(item.facts, item.function) if item.function else None


def _items(rule: RepositoryRule, project: ProjectFacts) -> Iterator[_Item]:
    if rule.for_each == "project":
        if project.files:
            yield _Item(_file_hit(project.files[0]), project.files[0], {})
        return
    if rule.for_each == "statement":
        yield from _statement(rule, project)
        return
    if rule.for_each == "row":
        yield from _rows(rule, project)
        return
    # One finding for the whole project stands at its first item, wherever that is.
    quiet = project.quiet if rule.report != "project" else frozenset()
    for facts in project.files:
        if facts.path not in quiet and looks_at(rule, facts):
            yield from _OF_FILE[rule.for_each](rule, facts, project)


def _statement(rule: RepositoryRule, project: ProjectFacts) -> Iterator[_Item]:
    """The statement where it stands; if a change leaves that alone and brings the model, it is asked about where that is."""
    best, brought = project.statements.best, _bringing(rule, project)
    if brought is not None and not (best and project.is_changed(best[0])):
        if (told := project.statements.of_change) is not None:
            yield _Item(_file_hit(brought), brought, {"$statement": told}, is_change=True)
    elif best is not None and looks_at(rule, best[0]):
        yield _Item(best[1], best[0], {"$statement": best[2]})


def _bringing(rule: RepositoryRule, project: ProjectFacts) -> FileFacts | None:
    """The file that brings most of what the rule asks the project for, if a change brings all of that."""
    asked = {key for key, _ in _clauses(rule) if key.startswith("given")}
    gained = {facts.path: asked & project.gained(facts, rule.id) for facts in project.files if looks_at(rule, facts)}
    if not asked or asked != set().union(*gained.values()):
        return None
    return project.file(max(sorted(gained), key=lambda path: len(gained[path])))


def _rows(rule: RepositoryRule, project: ProjectFacts) -> Iterator[_Item]:
    """What the files that the rule looks at, and all that they import, fall short of."""
    asked = [facts.path for facts in project.files if looks_at(rule, facts)]
    program = {facts.path: facts for path in asked for facts in project.imports_of(path)}
    if any(facts.rows for facts in program.values()):
        for facts, hit, row in served_rows(program.values(), feature_lists(project.files, project.imports_of)):
            yield _Item(hit, facts, {"$row": row})


def _matches(rule: RepositoryRule, facts: FileFacts, _project: ProjectFacts) -> Iterator[_Item]:
    for hit in facts.hits.get(rule.id, {}).get("match", ()):
        yield _Item(hit, facts, dict(hit.bindings))


def _functions(_rule: RepositoryRule, facts: FileFacts, project: ProjectFacts) -> Iterator[_Item]:
    test_file = project.test_file(facts.path)
    for function in facts.functions:
        item = FunctionItem(**_values(function), copies=project.copies(facts.path, function), test_file=test_file)
        yield _Item(function.hit, facts, {"$function": item}, function)


def _imports(_rule: RepositoryRule, facts: FileFacts, project: ProjectFacts) -> Iterator[_Item]:
    known = project.dependencies
    for fact in facts.packages:
        item = ImportItem(
            fact.module,
            known.package(fact.module),
            fact.optional,
            fact.lazy,
            known.is_known(fact.module),
            known.is_declared(fact.module, facts.path),
            known.is_governed(facts.path),
            known.is_in_package(facts.path),
        )
        yield _Item(fact.hit, facts, {"$import": item})


def _dependencies(_rule: RepositoryRule, facts: FileFacts, project: ProjectFacts) -> Iterator[_Item]:
    manifest = facts.manifest
    for dependency in manifest.dependencies if manifest is not None else ():
        item = DependencyItem(**_values(dependency), used=project.dependencies.is_used(dependency))
        yield _Item(dependency.hit, facts, {"$dependency": item, "$manifest": manifest})


def _manifests(_rule: RepositoryRule, facts: FileFacts, project: ProjectFacts) -> Iterator[_Item]:
    if facts.manifest is not None:
        item = ManifestItem(**_values(facts.manifest), unlisted=project.dependencies.unlisted(facts.manifest))
        yield _Item(_file_hit(facts), facts, {"$manifest": item})


def _files(_rule: RepositoryRule, facts: FileFacts, project: ProjectFacts) -> Iterator[_Item]:
    yield _Item(_file_hit(facts), facts, {"$file": file_item(facts, project)})


def file_item(facts: FileFacts, project: ProjectFacts) -> FileItem:
    """A file as conditions see it."""
    folder, kept = str(PurePosixPath(facts.path).parent), project.is_kept_elsewhere(facts.path)
    return FileItem(facts.path, facts.kind.value, facts.role.value, facts.size, facts.lines, folder, kept)


def _contradictions(rule: RepositoryRule, facts: FileFacts, project: ProjectFacts) -> Iterator[_Item]:
    for found in contradictions(facts, project, rule.facts):
        yield _Item(_line_hit(facts, found.line, f"{found.name} {found.written}"), facts, {"$contradiction": found})


def _clocks(_rule: RepositoryRule, facts: FileFacts, _project: ProjectFacts) -> Iterator[_Item]:
    if facts.document is not None and is_filled_card(facts.document):
        for clock in clocks(facts.document):
            yield _Item(_line_hit(facts, clock.line, clock.text), facts, {"$clock": clock})


def _line_hit(facts: FileFacts, line: int, anchor: str) -> Hit:
    lines = facts.document.text.splitlines() if facts.document else []
    shown = tuple(lines[line - 1 : line])
    end = len(shown[0]) + 1 if shown else 1
    place = Location(facts.path, line, 1, line, end, file_line=line, file_end_line=line)
    return Hit(place, anchor=anchor, source_lines=shown)


def _file_hit(facts: FileFacts) -> Hit:
    return Hit(Location(facts.path))


def _values(fact: DependencyFact | ManifestFact | FunctionFact) -> dict[str, Any]:
    kind: type = type(fact)
    return {name: getattr(fact, name) for name in _names_of(kind)}


@cache
def _names_of(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


_OF_FILE: dict[str, Callable[[RepositoryRule, FileFacts, ProjectFacts], Iterator[_Item]]] = {
    "match": _matches,
    "function": _functions,
    "import": _imports,
    "dependency": _dependencies,
    "manifest": _manifests,
    "file": _files,
    "contradiction": _contradictions,
    "clock": _clocks,
}
