"""Audit one repository: what `readiness check` and `readiness score` say of its newest commit, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from readiness.audit.record import Record
from readiness.audit.sources import Source
from readiness.cache.store import Store
from readiness.collect.clone import Clone
from readiness.collect.source_file import digest_of
from readiness.collect.tree import tree_of
from readiness.engine.outcome import Outcome
from readiness.engine.run import run
from readiness.engine.workers import MakeWorkers
from readiness.facts.document import MODEL_CARD
from readiness.facts.sorts import Role
from readiness.judge.judge import Judge
from readiness.judge.select import choose
from readiness.rulebook.book import Rulebook
from readiness.score.rules import rules_of
from readiness.score.sheet import read_sheet
from readiness.score.tally import tally
from readiness.settings import Settings

_HEAD = "HEAD"


@dataclass(frozen=True)
class Examiner:
    """One policy for all repositories: what their own configuration says is not asked."""

    settings: Settings
    rulebook: Rulebook
    store: Store
    workers: MakeWorkers

    @cached_property
    def _chosen(self) -> Rulebook:
        return choose(self.rulebook, self.settings.config, compares=False)

    @cached_property
    def _signs(self) -> Rulebook:
        return rules_of(read_sheet(), self.rulebook)

    @cached_property
    def by(self) -> str:
        """What tells the rules, the stage and the program from others."""
        ran = [rule.id for rule in self._chosen.rules]
        return digest_of(repr((self.rulebook.key, self.settings.config.stage.label, ran)).encode()).hex()

    def examine(self, source: Source, clone: Clone) -> Record:
        """What there is to say of the newest commit."""
        commit = clone.commit(_HEAD)
        tree = tree_of(clone, commit)
        files = [tree.files[path] for path in sorted(tree.files)]
        found, seen = (
            run(files, rules, store=self.store, workers=self.workers) for rules in (self._chosen, self._signs)
        )
        found = replace(found, skipped=(*tree.skipped, *found.skipped))
        report = Judge(self.settings, self.rulebook, self._chosen).report(found)
        lessons = self.rulebook.by_id
        score = tally(read_sheet(), seen)
        return Record(
            name=source.name,
            address=source.address,
            commit=commit,
            analysed=report.analysed,
            unread=len({skipped.path for skipped in report.skipped if not skipped.expected}),
            severities={severity.label: count for severity, count in report.counts.items()},
            rules=_counted(one.rule for one in report.findings),
            concepts=_counted(lessons[one.rule].lesson for one in report.findings if one.rule in lessons),
            trains=score.trains is not None,
            cards=_cards(found),
            score={part.section.id: float(part.points) for part in score.parts},
        )


def _counted(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))


def _cards(found: Outcome) -> int:
    documents = (file.document for file in found.facts if file.role not in (Role.VENDORED, Role.TEST))
    return sum(document is not None and document.type == MODEL_CARD for document in documents)
