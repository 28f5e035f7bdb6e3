"""From the settings of a run to its mentoring report: a check, and one more look for evidence of what is done well."""

from __future__ import annotations

from dataclasses import replace

from readiness.cache.store import user_store
from readiness.check import analyse, workers_of
from readiness.collect.files import Collection
from readiness.engine.outcome import Outcome
from readiness.engine.run import run
from readiness.mentor.evidence import told_apart, with_evidence
from readiness.mentor.praise import praised
from readiness.mentor.report import Mentoring, mentoring
from readiness.modelcard.tables import slot_tables
from readiness.rulebook.book import Rulebook
from readiness.settings import Settings
from readiness.watcher import Watcher


def mentor(settings: Settings, watcher: Watcher) -> Mentoring:
    """Review what the settings say, and put it as a mentor would."""
    found = analyse(settings, watcher)
    changes = found.base.changes if found.base else None
    rules = with_evidence(replace(found.rulebook, rules=()), found.rulebook)
    evidence = told_apart(_outcome(settings, found.found, rules), rules)[1]
    good = tuple(finding for finding in evidence.good if finding.location.path not in found.found.context)
    return mentoring(
        found.report(),
        praised(good, changes),
        slot_tables(found.found.files, (outcome.facts for outcome in found.outcomes.values())),
        evidence.score,
        stage=settings.config.stage,
        base=changes.base if changes else "",
    )


def _outcome(settings: Settings, found: Collection, rules: Rulebook) -> Outcome:
    """What the evidence rests on: suppressions and the choice of rules have no say in it."""
    with user_store(wanted=settings.cache) as store:
        outcome = run(found.files, rules, store=store, workers=workers_of(settings), coverage=settings.coverage)
    return replace(outcome, skipped=(*found.skipped, *outcome.skipped))
