"""The pipeline: collect, analyse and conclude, judge. What comes out is ready to be spoken in any format."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from readiness.collect.files import Collection, collect
from readiness.collect.git import Repository
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
        return replace(report, seconds=time.monotonic() - self.started)

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
    started = time.monotonic()
    watcher = watcher or Watcher()
    rulebook = rulebook_of(settings.rule_paths)
    chosen = choose(rulebook, settings.config, compares=settings.base is not None)
    changes = Repository(settings.root).changes(settings.base) if settings.base is not None else None
    found = collect(settings)
    watcher.on_start(len(found.files))
    jobs, base = settings.config.jobs, None
    with outcome_store(wanted=settings.cache) as store:
        outcomes = analysed(
            found.files, chosen, store=store, jobs=jobs, profiled=settings.profile, on_done=watcher.on_done
        )
        if changes is not None:
            old_files = Repository(settings.root).at_base(changes, found.files)
            base = Base(changes, run(old_files, chosen, store=store, jobs=jobs, coverage=settings.coverage))
    if store.trouble:
        watcher.on_trouble(store.trouble)
    by_path = {outcome.facts.path: outcome for outcome in outcomes}
    clock = Clock() if settings.profile else None
    return Analysed(settings, rulebook, chosen, found, by_path, base, clock, started)
