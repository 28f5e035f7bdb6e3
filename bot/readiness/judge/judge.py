"""Decide what is shown: the one place where findings are silenced, compared, changed in severity or left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from readiness.collect.git import Changes
from readiness.engine.outcome import Outcome
from readiness.facts.project import Earlier
from readiness.finding import Finding, Skipped
from readiness.judge.changed import introduced
from readiness.judge.fingerprint import fingerprinted, in_order
from readiness.judge.policy import Policy
from readiness.judge.rank import one_for_all, unique, without_superseded
from readiness.judge.report import Report, RuleInfo
from readiness.judge.suppress import suppress
from readiness.kinds import suppression
from readiness.rulebook.book import Rulebook
from readiness.rulebook.schema import Rule
from readiness.settings import Settings


@dataclass(frozen=True, slots=True)
class Base:
    """The base of a comparison: what changed since, and what analysing the changed files gave there."""

    changes: Changes
    outcome: Outcome

    @property
    def earlier(self) -> Earlier:
        """What rules about changes compare with."""
        deleted = (file.old_path for file in self.changes.deleted)
        return Earlier(self.outcome.facts, frozenset((*self.changes.files, *deleted)))


class Judge:
    """Judges outcomes by one configuration; `rulebook` has all rules, `ran` those that were run."""

    def __init__(self, settings: Settings, rulebook: Rulebook, ran: Rulebook) -> None:
        self._settings = settings
        self._rulebook = rulebook
        self._ran = ran
        folder = settings.config_folder or settings.root
        self._policy = Policy(settings.config, rulebook, PurePosixPath(folder.relative_to(settings.root).as_posix()))

    def report(
        self,
        outcome: Outcome,
        *,
        context: frozenset[str] = frozenset(),
        base: Base | None = None,
        seconds: float = 0.0,
    ) -> Report:
        """What a run says; nothing is said about files that are only `context`."""
        findings, silenced = self._shown(outcome)
        findings = [finding for finding in findings if finding.location.path not in context]
        skipped: Iterable[Skipped] = [item for item in outcome.skipped if item.path not in context]
        if base is not None:
            findings = list(introduced(findings, self._shown(base.outcome)[0], base.changes))
            unchanged = {file.path for file in outcome.facts} - base.changes.files.keys()
            skipped = [item for item in skipped if item.path not in unchanged and not item.expected]
        return Report(
            findings=tuple(one_for_all(findings)),
            skipped=tuple(skipped),
            analysed=len(outcome.analysed - context),
            rules=tuple(_info(rule) for rule in self._ran.rules),
            silenced=silenced,
            seconds=seconds,
            fail_on=self._settings.config.fail_on,
            shown_from=self._settings.shown_from,
        )

    def _shown(self, outcome: Outcome) -> tuple[list[Finding], int]:
        found = fingerprinted(unique(outcome.findings))
        suppressed = suppress(found, outcome.facts, self._rulebook, self._ran)
        about_comments = suppression.review(self._ran.rules, suppressed.comments)
        findings = in_order([*suppressed.kept, *fingerprinted(about_comments)])
        shown, speaking = self._policy.apply(findings), self._policy.apply(found)
        return list(without_superseded(shown, speaking, self._rulebook)), suppressed.silenced


def _info(rule: Rule) -> RuleInfo:
    texts = rule.why, rule.next_step, rule.learn, rule.lesson
    return RuleInfo(rule.id, rule.title, rule.pillar, rule.severity, *texts, compares_card=rule.compares_card)
