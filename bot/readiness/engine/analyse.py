"""Analyse one file: its bytes and the rules decide the outcome, nothing else does.

So the outcome can be cached by content, computed in any process, and merged with those of other files.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from readiness.collect.source_file import SourceFile, digest_of
from readiness.engine.agenda import Job, agenda_of
from readiness.engine.kinds import kind_of
from readiness.engine.outcome import FileOutcome, never_read, not_analysed
from readiness.engine.profile import READING, Clock, timed
from readiness.engine.read import read_unit
from readiness.engine.unit import Unit
from readiness.errors import KeptElsewhere, UnreadableSource
from readiness.facts.hit import Hit
from readiness.facts.sorts import FileKind
from readiness.finding import Finding, Location, Skipped
from readiness.flow.program import unfinished
from readiness.kinds.base import Query, compile_all, compiled, hit_of
from readiness.kinds.passages import holds_text
from readiness.pattern.find import Match, exists, find
from readiness.rulebook.book import Rulebook
from readiness.rulebook.schema import BaseRule
from readiness.source.python import PythonSource

_SMALLEST = SourceFile("smallest.py", FileKind.PYTHON, data=b"import os\n")


@dataclass(slots=True)
class _Run:
    """The rules' results on one file, as they come."""

    findings: list[Finding] = field(default_factory=list)
    hits: dict[str, dict[str, tuple[Hit, ...]]] = field(default_factory=dict)
    failures: dict[str, Skipped] = field(default_factory=dict)
    """By the id of the rule."""


def analyse(file: SourceFile, rulebook: Rulebook, *, profiled: bool = False) -> FileOutcome:
    """Run every rule on one file; a rule that fails is named and stops none of the others."""
    if file.kind is FileKind.OTHER:
        return never_read(file)
    digest = b""
    try:
        data = file.read()
        digest = digest_of(data)
        return _analysed(replace(file, data=data), digest, rulebook, Clock() if profiled else None)
    except UnreadableSource as error:
        return unreadable(file, error, digest)


def prepare(rulebook: Rulebook) -> None:
    """Load what the analysis of any program needs, so that processes forked from this one have it."""
    compile_all(rulebook.rules)
    analyse(_SMALLEST, rulebook)


def unreadable(file: SourceFile, error: UnreadableSource, digest: bytes = b"") -> FileOutcome:
    """The outcome of a file that cannot be read or parsed."""
    # Data that only looks like configuration by its name costs no rule anything.
    expected = file.kind is FileKind.TEXT or isinstance(error, KeptElsewhere)
    return not_analysed(file, error.what, error.line, expected=expected, digest=digest)


def _analysed(file: SourceFile, digest: bytes, rulebook: Rulebook, clock: Clock | None) -> FileOutcome:
    unit, skipped = timed(clock, READING, read_unit, file)
    run = _Run()
    for job in agenda_of(rulebook).jobs(unit):
        if job.query is not None or not file.facts_only or job.rule.id in rulebook.everywhere:
            timed(clock, job.rule.id, _run_job, job, unit, run)
    too_large = tuple(dict.fromkeys(unfinished(unit.python))) if unit.python is not None else ()
    if unit.python is not None:
        unit.python.close()
    return FileOutcome(
        facts=replace(unit.facts, hits=run.hits),
        findings=tuple(run.findings),
        skipped=(*skipped, *run.failures.values(), *too_large),
        digest=digest,
        spent=clock.seconds if clock else {},
    )


def _run_job(job: Job, unit: Unit, run: _Run) -> None:
    rule = job.rule
    if rule.id in run.failures:
        return
    try:
        if not job.concerns(unit):
            return
        if job.query is None:
            run.findings.extend(kind_of(rule).analyse(rule, unit))
        elif job.query.moot_with not in run.hits.get(rule.id, {}) and (hits := _hits(rule, job.query, unit)):
            key = job.query.key_if_idle if hits[0].symbol and job.query.key_if_idle else job.query.key
            run.hits.setdefault(rule.id, {})[key] = hits
    except (UnreadableSource, MemoryError):  # by the second parser, which is asked for what the first does not tell
        raise
    except Exception as error:  # noqa: BLE001 - a fault of one rule must cost neither the other rules nor the run
        reason = f"rule {rule.id} failed: {type(error).__name__}: {error}"
        run.failures[rule.id] = Skipped(unit.path, reason)


def _hits(rule: BaseRule, query: Query, unit: Unit) -> tuple[Hit, ...]:
    if query.text is not None:
        return (Hit(Location(unit.path)),) if holds_text(unit, query.text) else ()
    source, formula = unit.python, compiled(rule, query.key)
    if source is None:
        return ()
    if query.places:
        return tuple(_hit(rule, query, source, match) for match in find(formula, source))
    if not exists(formula, source):
        return ()
    idle = _in_idle_definitions(rule, query, source, unit.facts.idle) if query.key_if_idle and unit.facts.idle else ()
    return idle or (Hit(Location(unit.path)),)


def _in_idle_definitions(rule: BaseRule, query: Query, source: PythonSource, idle: frozenset[str]) -> tuple[Hit, ...]:
    """The places of a query, if all of them stand in definitions that the file does not name."""
    hits = tuple(_hit(rule, query, source, match) for match in find(compiled(rule, query.key), source))
    return hits if all(hit.symbol.partition(".")[0] in idle for hit in hits) else ()


def _hit(rule: BaseRule, query: Query, source: PythonSource, match: Match) -> Hit:
    hit = hit_of(rule, source, match)
    return hit if query.fix is None else replace(hit, fix=query.fix(match, source))
