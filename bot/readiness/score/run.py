"""From the settings of a run to the score of a project."""

from __future__ import annotations

from dataclasses import replace

from readiness.cache.store import user_store
from readiness.check import workers_of
from readiness.collect.files import collect
from readiness.engine.rulebooks import rulebook_of
from readiness.engine.run import analysed, concluded
from readiness.score.rules import rules_of
from readiness.score.sheet import read_sheet
from readiness.score.tally import Score, tally
from readiness.settings import Settings
from readiness.watcher import Watcher


def score(settings: Settings, watcher: Watcher) -> Score:
    """Look for the evidence in all files; suppressions and the choice of rules have no say in it."""
    sheet = read_sheet()
    rules = rules_of(sheet, rulebook_of())
    found = collect(settings)
    watcher.on_start(len(found.files))
    with user_store(wanted=settings.cache) as store:
        outcomes = analysed(found.files, rules, store=store, workers=workers_of(settings), on_done=watcher.on_done)
    outcome = concluded(outcomes, found.files, rules, settings.coverage)
    return tally(sheet, replace(outcome, skipped=(*found.skipped, *outcome.skipped)))
