"""Analyse one file: its bytes and the rules decide the outcome, nothing else does.

So the outcome can be cached by content, computed in any process, and merged with those of other files.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from readiness.collect.source_file import SourceFile
from readiness.engine.kinds import kind_of
from readiness.engine.outcome import FileOutcome, not_analysed
from readiness.engine.read import read_unit
from readiness.engine.unit import Unit
from readiness.errors import UnreadableSource
from readiness.facts.model import FileKind, Hit
from readiness.finding import Finding, Skipped
from readiness.flow.program import unfinished
from readiness.kinds.base import applies, compiled, masked
from readiness.pattern.find import find
from readiness.rulebook.loader import Rulebook
from readiness.rulebook.schema import BaseRule

EVIDENCE = "unless"
"""Queries with this prefix look for what satisfies a rule; it counts wherever it stands, in tests as well."""


@dataclass(slots=True)
class _Run:
    """The rules' results on one file, as they come."""

    findings: list[Finding] = field(default_factory=list)
    hits: dict[str, dict[str, tuple[Hit, ...]]] = field(default_factory=dict)
    failures: list[Skipped] = field(default_factory=list)


def analyse(file: SourceFile, rulebook: Rulebook) -> FileOutcome:
    """Run every rule on one file; a rule that fails is named and stops none of the others."""
    try:
        unit, skipped = read_unit(file)
    except UnreadableSource as error:
        # Data that only looks like configuration by its name costs no rule anything.
        return not_analysed(file, error.what, error.line, expected=file.kind is FileKind.TEXT)
    run = _Run()
    for rule in rulebook.rules:
        _run_rule(rule, unit, run)
    too_large = tuple(dict.fromkeys(unfinished(unit.python))) if unit.python is not None else ()
    if unit.python is not None:
        unit.python.close()
    return FileOutcome(
        facts=replace(unit.facts, hits=run.hits),
        findings=tuple(run.findings),
        skipped=(*skipped, *run.failures, *too_large),
        analysed=file.kind is not FileKind.OTHER,
    )


def _run_rule(rule: BaseRule, unit: Unit, run: _Run) -> None:
    kind = kind_of(rule)
    try:
        applicable = applies(rule, unit)
        if applicable:
            run.findings.extend(kind.analyse(rule, unit))
        hits = {
            name: found
            for name in kind.queries(rule)
            if (applicable or name.startswith(EVIDENCE)) and (found := _hits(rule, name, unit))
        }
    except Exception as error:  # noqa: BLE001 - a fault of one rule must cost neither the other rules nor the run
        run.failures.append(Skipped(unit.path, f"rule {rule.id} failed: {type(error).__name__}: {error}"))
        return
    if hits:
        run.hits[rule.id] = hits


def _hits(rule: BaseRule, query: str, unit: Unit) -> tuple[Hit, ...]:
    source = unit.python
    if source is None:
        return ()
    return tuple(masked(rule, source.hit(m.start, m.end, m.texts())) for m in find(compiled(rule, query), source))
