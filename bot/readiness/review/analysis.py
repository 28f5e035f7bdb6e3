"""What analysing a change gave: all that a plan and the texts need beside what is on the pull request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from readiness.facts.cells import CellFact
from readiness.facts.drift import Drift
from readiness.finding import Finding, Skipped, Stage
from readiness.judge.report import Report, RuleInfo
from readiness.mentor.teaching import Teaching
from readiness.modelcard.tables import Tables
from readiness.score.tally import Score


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Lines first to last of a file, as the platform may replace them with one click; proven before it is offered."""

    path: str
    first: int
    last: int
    lines: tuple[str, ...]
    """What they are replaced with; nothing deletes them."""


@dataclass(frozen=True)
class Analysis:
    """The report of the change, with the facts that its texts mention."""

    report: Report
    score: Score
    """Of the whole project, whatever the change touches."""
    suggestions: Mapping[str, Suggestion] = field(default_factory=dict)
    """By the fingerprint of the finding that they mend."""
    praise: tuple[Finding, ...] = ()
    """What the change does well; the second stage of a fork does not know."""
    cells: Mapping[tuple[str, int], CellFact] = field(default_factory=dict)
    cards: Tables = field(default_factory=dict)
    """What the project's model cards answer, by path."""
    altered: tuple[Drift, ...] = ()
    """What the change does to the facts of the model; the second stage of a fork does not know."""
    stage: Stage = Stage.CANDIDATE
    teaching: Mapping[str, Teaching] = field(default_factory=dict)
    """What there is to teach, by the rule of a finding."""
    policy_changes: tuple[str, ...] = ()
    """Files of the bot's own configuration that the change edits; they apply after it is merged."""
    left_out: tuple[Skipped, ...] = ()
    """Changed files that no rule looks at."""
    unsuggested: int = 0
    """Fixes that were not offered because the proof failed."""

    @cached_property
    def rules(self) -> dict[str, RuleInfo]:
        """What is told about the rules that ran, by id."""
        return {rule.id: rule for rule in self.report.rules}
