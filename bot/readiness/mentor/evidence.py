"""What a mentor rests on beside the findings: what was done well, and the signs of the score. One run looks for all of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from readiness.engine.outcome import Outcome
from readiness.finding import Finding
from readiness.mentor.praise import praise_rules
from readiness.rulebook.book import Rulebook
from readiness.score.rules import rules_of
from readiness.score.sheet import read_sheet
from readiness.score.tally import Score, tally


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen of a project beside its findings."""

    good: tuple[Finding, ...]
    """All that may be praised."""
    score: Score


def with_evidence(chosen: Rulebook, rulebook: Rulebook) -> Rulebook:
    """The chosen rules, and what looks for evidence; the signs of the score count wherever they stand in the project."""
    signs = rules_of(read_sheet(), rulebook).rules
    names = frozenset(rule.id for rule in signs)
    return replace(chosen, rules=(*chosen.rules, *praise_rules(), *signs), everywhere=names)


def told_apart(outcome: Outcome, looked_for: Rulebook) -> tuple[Outcome, Evidence]:
    """What the chosen rules found, and what was seen beside it."""
    praise = {rule.id for rule in praise_rules()}
    signs = [finding for finding in outcome.findings if finding.rule in looked_for.everywhere]
    good = tuple(finding for finding in outcome.findings if finding.rule in praise)
    beside = looked_for.everywhere | praise
    wrong = tuple(finding for finding in outcome.findings if finding.rule not in beside)
    score = tally(read_sheet(), replace(outcome, findings=tuple(signs)))
    return replace(outcome, findings=wrong), Evidence(good, score)
