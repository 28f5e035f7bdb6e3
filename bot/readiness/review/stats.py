"""How people take the comments of each rule: mended, declined, or merged as they were. A noisy rule shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from readiness.review.marker import MAX_REMEMBERED, NewerMarker
from readiness.review.memory import Memory, OwnThread, Standing, remember
from readiness.review.model import Pull, State


class Fate(StrEnum):
    """What became of a comment."""

    FIXED = "fixed"
    DECLINED = "declined"
    """Somebody gave a reason, resolved its thread or hid it, and the finding stayed."""
    LEFT = "left"
    """Merged without a word."""
    UNDECIDED = "undecided"
    """The pull request is open, or was closed without a merge."""


@dataclass(frozen=True, slots=True)
class RuleStats:
    """The comments of one rule, by what became of them."""

    rule: str
    fates: Mapping[Fate, int]

    @property
    def comments(self) -> int:
        """All of them."""
        return sum(self.fates.values())

    @property
    def decided(self) -> int:
        """Those that tell something about the rule."""
        return self.comments - self.fates[Fate.UNDECIDED]

    @property
    def fix_rate(self) -> float | None:
        """The share that was mended; nothing is known before anything is decided."""
        return self.fates[Fate.FIXED] / self.decided if self.decided else None

    @property
    def ignore_rate(self) -> float | None:
        """The share that was declined or left."""
        return None if self.fix_rate is None else 1 - self.fix_rate


@dataclass(frozen=True, slots=True)
class Stats:
    """All rules that had a comment, the most often ignored first."""

    rules: tuple[RuleStats, ...]
    pulls: int
    deleted: int = 0
    """Findings whose comment people deleted; of which rule it was went with it."""
    unread: int = 0
    """Pull requests with comments of a newer release."""


def stats(pulls: Iterable[Pull]) -> Stats:
    """Count the fates of all comments."""
    fates: dict[str, Counter[Fate]] = defaultdict(Counter)
    read = deleted = unread = 0
    for pull in pulls:
        try:
            memory = remember(pull)
        except NewerMarker:
            unread += 1
            continue
        read += 1
        deleted += len(_deleted(memory))
        for own in memory.threads:
            fates[own.marker.rule][_fate(own, memory, pull)] += 1
    rules = sorted((RuleStats(rule, counted) for rule, counted in fates.items()), key=_noise)
    return Stats(tuple(rules), read, deleted, unread)


def _noise(rule: RuleStats) -> tuple[int, str]:
    return rule.fates[Fate.FIXED] - rule.decided, rule.rule


def _fate(own: OwnThread, memory: Memory, pull: Pull) -> Fate:
    """A person may resolve a thread after mending it: what the last run saw tells it from declining."""
    standing = memory.of(own.marker.fingerprints).standing
    if standing in (Standing.FOLDED, Standing.RESOLVED) or _is_gone(own, memory):
        return Fate.FIXED
    if standing in (Standing.ACCEPTED, Standing.SILENCED):
        return Fate.DECLINED
    return Fate.LEFT if pull.state is State.MERGED else Fate.UNDECIDED


def _is_gone(own: OwnThread, memory: Memory) -> bool:
    """Whether the last complete run found nothing of it; a run that saw very much does not remember all."""
    last = memory.last
    if last is None or not last.complete or len(last.seen) >= MAX_REMEMBERED:
        return False
    return not set(own.marker.fingerprints) & set(last.seen)


def _deleted(memory: Memory) -> set[str]:
    if memory.last is None:
        return set()
    there = {name for own in memory.threads for name in own.marker.fingerprints}
    return set(memory.last.posted) - set(memory.last.withdrawn) - there
