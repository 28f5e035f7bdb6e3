"""What the files of a project tell of one model: the file that trains it, what that imports, and what is stored beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from readiness.errors import UsageError
from readiness.facts.model import DependencyFact, FileFacts, SettingFact
from readiness.facts.project import ProjectFacts
from readiness.facts.sorts import FileKind, Role
from readiness.facts.training import sets_up_a_model
from readiness.finding import Finding
from readiness.rulebook import knowledge
from readiness.rulebook.mistakes import did_you_mean

_CODE = (FileKind.PYTHON, FileKind.NOTEBOOK)
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Training:
    """The facts of one model."""

    path: str
    """The file that trains it."""
    settings: tuple[SettingFact, ...]
    hashes: Mapping[str, SettingFact]
    """What is recorded of the content of files, by their paths."""
    libraries: tuple[DependencyFact, ...]
    evidence: Mapping[str, tuple[Finding, ...]]
    """Topic -> where code does what it asks for."""
    program: frozenset[str]
    """The paths of the file and of all that it imports."""


def training_of(project: ProjectFacts, findings: Iterable[Finding], path: str, folder: str) -> Training:
    """The facts of the model that the file at `path` trains and whose card lies in `folder`."""
    program = [facts for facts in project.imports_of(path) if facts.role in (Role.SOURCE, Role.EXAMPLE)]
    beside = [facts for facts in project.files if facts.role is Role.SOURCE and _is_below(facts.path, folder)]
    stored = [facts for facts in beside if facts.kind not in _CODE]
    settings = [setting for facts in (*_first(program, path), *stored) for setting in facts.settings]
    places = frozenset(facts.path for facts in program)
    everywhere = places.union(facts.path for facts in beside)
    seen: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda finding: finding.location):
        if finding.location.path in everywhere:
            seen.setdefault(finding.rule, []).append(finding)
    return Training(
        path,
        tuple(setting for setting in settings if setting.topic != "hash"),
        {setting.name: setting for facts in project.files for setting in facts.settings if setting.topic == "hash"},
        tuple(_libraries(project, program)),
        {topic: tuple(found) for topic, found in seen.items()},
        places,
    )


def training_file(project: ProjectFacts, named: str = "") -> str:
    """The file that trains the model: the one that was named, or the only one there is."""
    files = {facts.path: facts for facts in project.files if facts.kind in _CODE and facts.role is not Role.TEST}
    if named:
        if named in files:
            return named
        raise UsageError(f"no program is called {named}", advice=did_you_mean(named, sorted(files)))
    found = [path for path, facts in files.items() if facts.role is Role.SOURCE and sets_up_a_model(facts)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError("no file here is known to train a model", advice="Name the one that does: train.py.")
    shown = "".join(f"\n    {path}" for path in found[:_SHOWN]) + ("\n    ..." if found[_SHOWN:] else "")
    raise UsageError(f"{len(found)} files train a model", advice=f"Name the one that the card is about:{shown}")


def _first(program: Iterable[FileFacts], path: str) -> list[FileFacts]:
    """The files of a program, from the one that trains on."""
    return sorted(program, key=lambda facts: (facts.path != path, facts.path))


def _is_below(path: str, folder: str) -> bool:
    return PurePosixPath(path).is_relative_to(folder)


def _libraries(project: ProjectFacts, program: Iterable[FileFacts]) -> Iterator[DependencyFact]:
    """The libraries that the program trains with, where one version of them is fixed."""
    table, distributions = frozenset(knowledge.packages("training-libraries")), knowledge.distributions()
    modules = {(package.module, facts.path) for facts in program for package in facts.packages}
    found: dict[str, DependencyFact] = {}
    for module, path in sorted(modules):
        declared = (
            project.dependencies.declared(path, distributions.modules.get(module, ())) if module in table else None
        )
        if declared is not None and declared.pinned:
            found.setdefault(declared.name, declared)
    yield from found.values()
