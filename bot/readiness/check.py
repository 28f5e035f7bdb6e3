"""The pipeline: collect, analyse and conclude, judge. What comes out is ready to be spoken in any format."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from readiness.cache.store import Store
from readiness.collect.files import Collection, collect
from readiness.collect.git import Changes, Repository
from readiness.collect.source_file import SourceFile
from readiness.engine.outcome import FileOutcome
from readiness.engine.processes import processes
from readiness.engine.profile import Clock, Profile
from readiness.engine.rulebooks import rulebook_of
from readiness.engine.run import analysed, concluded, run
from readiness.engine.workers import MakeWorkers
from readiness.judge.judge import Base, Judge
from readiness.judge.report import Report
from readiness.judge.select import choose
from readiness.rulebook.book import Rulebook
from readiness.settings import Settings
from readiness.store_of_run import store_of
from readiness.watcher import Watcher


@dataclass(frozen=True, slots=True)
class Scope:
    """What a run is about: the rules that run and the files that there are."""

    settings: Settings
    rulebook: Rulebook
    chosen: Rulebook
    found: Collection
    changes: Changes | None
    """Since the base of a comparison."""
    started: float = field(default_factory=time.monotonic)


@dataclass(frozen=True, slots=True)
class Analysed:
    """All that a report is made of; the outcome of a file may be exchanged when the file was mended."""

    settings: Settings
    rulebook: Rulebook
    chosen: Rulebook
    found: Collection
    outcomes: dict[str, FileOutcome]
    base: Base | None
    clock: Clock | None = None
    """What the rules took over all files together, if that is asked for."""
    started: float = field(default_factory=time.monotonic)

    def report(self) -> Report:
        """What is to be said of the files as they are now."""
        files = self.found.files
        of_files = [self.outcomes[file.path] for file in files]
        earlier = self.base.earlier if self.base else None
        coverage = self.settings.coverage
        outcome = concluded(of_files, files, self.chosen, coverage, clock=self.clock, earlier=earlier)
        outcome = replace(outcome, skipped=(*self.found.skipped, *outcome.skipped))
        judge = Judge(self.settings, self.rulebook, self.chosen)
        report = judge.report(outcome, context=self.found.context, base=self.base)
        by_path = {file.path: file for file in files}
        return replace(report, seconds=time.monotonic() - self.started, files=by_path)

    def profile(self) -> Profile:
        """Where the time went: in the files, and in all reports that were made so far."""
        profile = Profile()
        profile.add_files(outcome.spent for outcome in self.outcomes.values())
        profile.add_conclusion(self.clock.seconds if self.clock else {})
        return profile


def analyse(settings: Settings, watcher: Watcher | None = None) -> Analysed:
    """Read and analyse what the settings say, and what it was at the base of a comparison."""
    watcher = watcher or Watcher()
    with store_of(settings, watcher) as store:
        return analyse_found(settings, collect(settings), store, watcher)


def analyse_found(settings: Settings, found: Collection, store: Store, watcher: Watcher) -> Analysed:
    """Analyse the files that were found."""
    scope = scope_of(settings, found)
    return compared(scope, outcomes_of(scope, found.files, store, watcher), store)


def scope_of(settings: Settings, found: Collection) -> Scope:
    """Load the rules; mistakes in the settings are told here."""
    started = time.monotonic()
    rulebook = rulebook_of(settings.rule_paths)
    chosen = choose(rulebook, settings.config, compares=settings.base is not None)
    changes = Repository(settings.root).changes(settings.base) if settings.base is not None else None
    return Scope(settings, rulebook, chosen, found, changes, started)


def outcomes_of(scope: Scope, files: Sequence[SourceFile], store: Store, watcher: Watcher) -> list[FileOutcome]:
    """What each of these files gives by itself."""
    settings = scope.settings
    watcher.on_start(len(files))
    return analysed(
        files,
        scope.chosen,
        store=store,
        workers=workers_of(settings),
        profiled=settings.profile,
        on_done=watcher.on_done,
    )


def compared(scope: Scope, outcomes: Iterable[FileOutcome], store: Store) -> Analysed:
    """The outcomes of all files, beside what the changed ones were at the base of a comparison."""
    settings, base = scope.settings, None
    if scope.changes is not None:
        old_files = Repository(settings.root).at_base(scope.changes, scope.found.files)
        workers, coverage = workers_of(settings), settings.coverage
        base = Base(scope.changes, run(old_files, scope.chosen, store=store, workers=workers, coverage=coverage))
    by_path = {outcome.facts.path: outcome for outcome in outcomes}
    clock = Clock() if settings.profile else None
    return Analysed(settings, scope.rulebook, scope.chosen, scope.found, by_path, base, clock, scope.started)


def workers_of(settings: Settings) -> MakeWorkers:
    """Where files are analysed."""
    return settings.workers or processes(settings.config.jobs)
