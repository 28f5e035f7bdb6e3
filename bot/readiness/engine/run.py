"""The pipeline from files to an outcome: analyse each, conclude from all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from readiness.cache.store import Store
from readiness.collect.source_file import SourceFile
from readiness.engine.conclude import conclude
from readiness.engine.outcome import FileOutcome, Outcome, never_read
from readiness.engine.outcome_cache import OutcomeCache
from readiness.engine.processes import processes
from readiness.engine.profile import Clock
from readiness.engine.sandbox import Limits
from readiness.engine.workers import MakeWorkers, analyse_all
from readiness.facts.coverage import read_coverage
from readiness.facts.project import Earlier, ProjectFacts
from readiness.facts.sorts import FileKind
from readiness.rulebook.book import Rulebook


def run(
    files: Sequence[SourceFile],
    rulebook: Rulebook,
    *,
    store: Store,
    workers: MakeWorkers | None = None,
    coverage: Path | None = None,
    earlier: Earlier | None = None,
    description: str = "",
) -> Outcome:
    """Analyse the files, or remember what came of it, and conclude."""
    found = analysed(files, rulebook, store=store, workers=workers)
    return concluded(found, files, rulebook, coverage, earlier=earlier, description=description)


def analysed(
    files: Sequence[SourceFile],
    rulebook: Rulebook,
    *,
    store: Store,
    workers: MakeWorkers | None = None,
    profiled: bool = False,
    on_done: Callable[[int], None] = lambda count: None,
) -> list[FileOutcome]:
    """What each file gives by itself, or gave in an earlier run; `on_done` hears how many files were finished.

    It is found out by the workers; if none are named, in processes on this machine.
    """
    outcomes = {file.path: never_read(file) for file in files if file.kind is FileKind.OTHER}
    cache = OutcomeCache(store, rulebook)
    outcomes |= {} if profiled else cache.known([file for file in files if file.path not in outcomes])
    on_done(len(outcomes))

    def took(found: Sequence[FileOutcome]) -> None:
        cache.keep(found)
        on_done(len(found))

    rest = [file for file in files if file.path not in outcomes]
    found = analyse_all(rest, (workers or processes())(rulebook, Limits(), profiled=profiled), took)
    cache.flush()
    outcomes |= {outcome.facts.path: outcome for outcome in found}
    return [outcomes[file.path] for file in files]


def concluded(
    outcomes: Sequence[FileOutcome],
    files: Sequence[SourceFile],
    rulebook: Rulebook,
    coverage: Path | None = None,
    *,
    clock: Clock | None = None,
    earlier: Earlier | None = None,
    description: str = "",
) -> Outcome:
    """What the files give together.

    `coverage` is a Cobertura XML, coverage.py JSON or lcov file; when given, it is believed about what is tested. `earlier`
    is what a change began with; without it, rules about changes are silent. `description` is what its author says about
    it: it may answer what no file of the project does.
    """
    measured = read_coverage(coverage) if coverage else None
    facts = tuple(outcome.facts for outcome in outcomes)
    quiet = frozenset(file.path for file in files if file.facts_only)
    project = ProjectFacts(facts, measured, quiet, earlier, description)
    project_findings, failures = conclude(project, rulebook, clock)
    return Outcome(
        findings=(*(finding for outcome in outcomes for finding in outcome.findings), *project_findings),
        facts=facts,
        skipped=(*(skipped for outcome in outcomes for skipped in outcome.skipped), *failures),
        analysed=frozenset(outcome.facts.path for outcome in outcomes if outcome.analysed),
    )
