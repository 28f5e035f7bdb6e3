"""Analyse a change: what it introduces, which fixes are proven, and the facts that the texts of a review mention."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from readiness.cache.store import user_store
from readiness.collect.git import Changes
from readiness.collect.source_file import SourceFile
from readiness.config import TOML_NAME, TOML_TABLE, YAML_NAME
from readiness.engine.outcome import Outcome
from readiness.engine.processes import available_cpus
from readiness.engine.rulebooks import rulebook_of
from readiness.engine.run import run
from readiness.engine.standing import standing_processes
from readiness.facts.cells import CellFact
from readiness.finding import Skipped
from readiness.judge.judge import Base, Judge
from readiness.judge.select import choose
from readiness.mentor.evidence import told_apart, with_evidence
from readiness.mentor.praise import praised
from readiness.mentor.teaching import teaching
from readiness.modelcard.tables import slot_tables
from readiness.review.altered import altered_facts
from readiness.review.analysis import Analysis
from readiness.review.left_out import left_out
from readiness.review.suggestions import prove_all
from readiness.settings import Settings


@dataclass(frozen=True, slots=True)
class Change:
    """A change to review: the files as they are, the changed ones as they were, and how they differ."""

    settings: Settings
    files: tuple[SourceFile, ...]
    old_files: tuple[SourceFile, ...]
    """Under their new paths, so that findings can be compared."""
    changes: Changes
    skipped: tuple[Skipped, ...] = ()
    description: str = ""
    """What the author says about the change; it may answer what no file of the project does."""


def examine(change: Change) -> Analysis:
    """Run the rules over both sides and judge the difference by the settings."""
    started = time.monotonic()
    settings = change.settings
    rulebook = rulebook_of(settings.rule_paths)
    chosen = choose(rulebook, settings.config)
    looked_for = with_evidence(chosen, rulebook)  # for both sides: what was a head serves as a base later
    jobs = settings.config.jobs or available_cpus()
    with user_store(wanted=settings.cache) as store, standing_processes(jobs) as workers:
        before, _ = told_apart(run(change.old_files, looked_for, store=store, workers=workers), looked_for)
        base = Base(change.changes, before)
        outcome = run(
            _quiet_where_unchanged(change),
            looked_for,
            store=store,
            workers=workers,
            coverage=settings.coverage,
            earlier=base.earlier,
            description=change.description,
        )
    outcome, evidence = told_apart(replace(outcome, skipped=(*change.skipped, *outcome.skipped)), looked_for)
    report = Judge(settings, rulebook, chosen).report(outcome, base=base)
    proven = prove_all(report.findings, outcome, {file.path: file for file in change.files}, chosen, jobs=jobs)
    return Analysis(
        report=replace(report, seconds=time.monotonic() - started),
        suggestions=proven.suggestions,
        cells=_cells(outcome),
        praise=praised(evidence.good, change.changes),
        cards=slot_tables(change.files, outcome.facts),
        score=evidence.score,
        stage=settings.config.stage,
        teaching=teaching(chosen.rules, (finding.rule for finding in report.findings)),
        altered=altered_facts(base.outcome, base.earlier, outcome),
        policy_changes=tuple(_policy(change)),
        left_out=tuple(left_out(change.changes.files, change.files, outcome, chosen)),
        unsuggested=proven.failed,
    )


def _quiet_where_unchanged(change: Change) -> list[SourceFile]:
    changed = change.changes.files
    return [file if file.path in changed else replace(file, facts_only=True) for file in change.files]


def _cells(outcome: Outcome) -> Mapping[tuple[str, int], CellFact]:
    return {
        (facts.path, cell.index): cell for facts in outcome.facts if facts.notebook for cell in facts.notebook.cells
    }


def _policy(change: Change) -> Iterator[str]:
    """Changed files that configure the bot itself; of pyproject.toml only if it has our table, before or after."""
    texts = [file for file in (*change.files, *change.old_files) if PurePosixPath(file.path).name == TOML_NAME]
    ours = {file.path for file in texts if TOML_TABLE.encode() in file.read()}
    rules = [PurePosixPath(path) for path in change.settings.config.rules]
    for path in change.changes.files:
        place = PurePosixPath(path)
        if place.name == YAML_NAME or path in ours or any(place.is_relative_to(folder) for folder in rules):
            yield path
