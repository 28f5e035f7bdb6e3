"""The pipeline: collect, analyse and conclude, judge. What comes out is ready to be spoken in any format."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from readiness.collect.files import collect
from readiness.collect.git import Repository
from readiness.collect.source_file import SourceFile
from readiness.engine.outcome import Outcome
from readiness.engine.rulebooks import rulebook_of
from readiness.engine.run import run
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


def check(settings: Settings, watcher: Watcher | None = None) -> Report:
    """Review what the settings say."""
    started = time.monotonic()
    watcher = watcher or Watcher()
    rulebook = rulebook_of(settings.rule_paths)
    chosen = choose(rulebook, settings.config)
    changes = Repository(settings.root).changes(settings.base) if settings.base is not None else None
    found = collect(settings)
    outcome = _analyse(found.files, chosen, settings, watcher)
    base = None
    if changes is not None:
        old_files = Repository(settings.root).at_base(changes, found.files)
        base = Base(changes, _analyse(old_files, chosen, settings, Watcher()))
    outcome = replace(outcome, skipped=(*found.skipped, *outcome.skipped))
    report = Judge(settings, rulebook, chosen).report(outcome, context=found.context, base=base)
    return replace(report, seconds=time.monotonic() - started)


def _analyse(files: Sequence[SourceFile], rulebook: Rulebook, settings: Settings, watcher: Watcher) -> Outcome:
    watcher.on_start(len(files))
    jobs, coverage = settings.config.jobs, settings.coverage
    return run(files, rulebook, jobs=jobs, coverage=coverage, on_done=watcher.on_done)
