"""The pipeline: collect, analyse and conclude, judge. What comes out is ready to be spoken in any format."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from readiness.cache.store import Store
from readiness.collect.files import Collection, collect
from readiness.collect.git import Changes, Repository
from readiness.collect.source_file import SourceFile
from readiness.engine.outcome import FileOutcome
from readiness.engine.outcome_cache import outcome_store
from readiness.engine.profile import Clock, Profile
from readiness.engine.rulebooks import rulebook_of
from readiness.engine.run import analysed, concluded, run
from readiness.judge.judge import Base, Judge
from readiness.judge.report import Report
from readiness.judge.select import choose
from readiness.rulebook.book import Rulebook
from readiness.settings import Settings


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who wants to hear how far a run is: the number of files first, then how many were finished."""

    on_start: Callable[[int], None] = lambda count: None
    on_done: Callable[[int], None] = lambda count: None
    on_trouble: Callable[[str], None] = lambda trouble: None
    """Hears what could not be kept for the next run, which changes nothing in this one."""


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


def check(settings: Settings, watcher: Watcher | None = None) -> Report:
    """Review what the settings say."""
    return analyse(settings, watcher).report()


def analyse(settings: Settings, watcher: Watcher | None = None) -> Analysed:
    """Read and analyse what the settings say, and what it was at the base of a comparison."""
    watcher = watcher or Watcher()
    scope = scope_of(settings)
    return compared(scope, outcomes_of(scope, scope.found.files, watcher), watcher)


def scope_of(settings: Settings) -> Scope:
    """Load the rules and find the files; mistakes in the settings are told here."""
    started = time.monotonic()
    rulebook = rulebook_of(settings.rule_paths)
    chosen = choose(rulebook, settings.config, compares=settings.base is not None)
    changes = Repository(settings.root).changes(settings.base) if settings.base is not None else None
    return Scope(settings, rulebook, chosen, collect(settings), changes, started)


def outcomes_of(scope: Scope, files: Sequence[SourceFile], watcher: Watcher) -> list[FileOutcome]:
    """What each of these files gives by itself."""
    settings = scope.settings
    watcher.on_start(len(files))
    with _store(settings, watcher) as store:
        return analysed(
            files,
            scope.chosen,
            store=store,
            jobs=settings.config.jobs,
            profiled=settings.profile,
            on_done=watcher.on_done,
        )


def compared(scope: Scope, outcomes: Iterable[FileOutcome], watcher: Watcher) -> Analysed:
    """The outcomes of all files, beside what the changed ones were at the base of a comparison."""
    settings, base = scope.settings, None
    if scope.changes is not None:
        old_files = Repository(settings.root).at_base(scope.changes, scope.found.files)
        with _store(settings, watcher) as store:
            jobs, coverage = settings.config.jobs, settings.coverage
            base = Base(scope.changes, run(old_files, scope.chosen, store=store, jobs=jobs, coverage=coverage))
    by_path = {outcome.facts.path: outcome for outcome in outcomes}
    clock = Clock() if settings.profile else None
    return Analysed(settings, scope.rulebook, scope.chosen, scope.found, by_path, base, clock, scope.started)


@contextmanager
def _store(settings: Settings, watcher: Watcher) -> Iterator[Store]:
    with outcome_store(wanted=settings.cache) as store:
        yield store
    if store.trouble:
        watcher.on_trouble(store.trouble)
