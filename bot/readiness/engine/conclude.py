"""Conclude from the facts of all files what no file shows alone."""

from __future__ import annotations

from readiness.engine.kinds import kind_of
from readiness.engine.profile import Clock, timed
from readiness.facts.project import ProjectFacts
from readiness.finding import Finding, Skipped
from readiness.rulebook.book import Rulebook


def conclude(
    project: ProjectFacts, rulebook: Rulebook, clock: Clock | None = None
) -> tuple[list[Finding], list[Skipped]]:
    """The findings of project rules; a rule that fails is named and stops none of the others."""
    findings: list[Finding] = []
    failures: list[Skipped] = []
    for rule in rulebook.rules:
        try:
            findings.extend(timed(clock, rule.id, kind_of(rule).conclude, rule, project))
        except Exception as error:  # noqa: BLE001 - a fault of one rule must cost neither the other rules nor the run
            failures.append(Skipped(".", f"rule {rule.id} failed: {type(error).__name__}: {error}"))
    return findings, failures
