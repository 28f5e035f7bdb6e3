"""What the pull request itself remembers of each finding: its thread, and what people decided about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from readiness.review.marker import FindingMarker, SummaryMarker, finding_marker, summary_marker
from readiness.review.model import Comment, Pull, Thread
from readiness.review.replies import Waiver, human_replies, waiver


class Standing(StrEnum):
    """Where a finding stands on the pull request."""

    NEW = "new"
    OPEN = "open"
    FOLDED = "folded"
    """Its comment says that it was fixed, in a thread that could not be resolved."""
    RESOLVED = "resolved"
    """We have resolved its thread after it was fixed."""
    ACCEPTED = "accepted"
    SILENCED = "silenced"
    """A person deleted or hid its comment."""


@dataclass(frozen=True, slots=True)
class OwnThread:
    """A thread that we have started, with the memory in its first comment."""

    thread: Thread
    marker: FindingMarker
    reopened: bool = False
    """We have resolved it, and a person wanted it open."""

    @property
    def comment(self) -> Comment:
        """What we said."""
        return self.thread.comments[0]

    @property
    def answered(self) -> bool:
        """Whether a person has replied."""
        return bool(human_replies(self.thread))


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is known of one fingerprint."""

    standing: Standing
    own: OwnThread | None = None
    by: str = ""
    reason: str = ""
    may_waive: bool = False
    """Whether who accepted it may write to the repository, which accepting a blocker takes."""
    asks_for_reason: bool = False
    reply: int = 0
    """The number of the reply that accepted it."""


NOTHING = Remembered(Standing.NEW)
_STRONGEST = (
    Standing.SILENCED,
    Standing.ACCEPTED,
    Standing.OPEN,
    Standing.FOLDED,
    Standing.RESOLVED,
)
"""When several threads hold one fingerprint, what a person decided in any of them counts first."""


@dataclass(frozen=True, slots=True)
class Memory:
    """All that earlier runs and people have left on the pull request."""

    threads: tuple[OwnThread, ...]
    findings: dict[str, Remembered]
    summary: Comment | None = None
    last: SummaryMarker | None = None
    doubled: tuple[Comment, ...] = ()
    """Summaries that another run posted at the same moment."""

    def of(self, fingerprints: Iterable[str]) -> Remembered:
        """What is known of a finding under any of its names."""
        known = [self.findings[name] for name in fingerprints if name in self.findings]
        return _strongest(known) if known else NOTHING


def remember(pull: Pull) -> Memory:
    """Read the memory; raises `NewerMarker` if a newer release has written there."""
    summaries = [(comment, marker) for comment in pull.conversation if (marker := summary_marker(comment))]
    summary, last = summaries[0] if summaries else (None, None)
    threads = tuple(_own_threads(pull.threads, last.resolved if last else ()))
    findings: dict[str, list[Remembered]] = {}
    for own in threads:
        known = _standing(own, pull, last)
        for name in own.marker.fingerprints:
            findings.setdefault(name, []).append(known)
    merged = {name: _strongest(known) for name, known in findings.items()}
    said_before = pull.reviewed | set(last.posted if last else ())
    for name in said_before - set(last.withdrawn if last else ()):
        merged.setdefault(name, Remembered(Standing.SILENCED))
    return Memory(threads, merged, summary, last, tuple(comment for comment, _ in summaries[1:]))


def _own_threads(threads: Iterable[Thread], resolved_by_us: Iterable[str]) -> Iterator[OwnThread]:
    said = ((thread, finding_marker(thread.comments[0])) for thread in threads if thread.comments)
    found = [(thread, marker) for thread, marker in said if marker]
    still = {name for thread, marker in found if thread.resolved for name in marker.fingerprints}
    reopened = set(resolved_by_us) - still  # of a finding that came back the first thread is still resolved
    for thread, marker in found:
        yield OwnThread(thread, marker, not thread.resolved and reopened.issuperset(marker.fingerprints))


def _standing(own: OwnThread, pull: Pull, last: SummaryMarker | None) -> Remembered:
    thread = own.thread
    asked = waiver(thread, pull.author, own.marker.rule)
    if own.comment.minimized:
        return Remembered(Standing.SILENCED, own)
    if asked and asked.reason:
        return _accepted(own, asked, pull)
    if thread.resolved:
        ours = thread.resolved_by == pull.own_login or bool(last and set(own.marker.fingerprints) & set(last.resolved))
        if ours or own.marker.fixed:
            return Remembered(Standing.RESOLVED, own)
        return _accepted(own, Waiver(thread.resolved_by, ""), pull)
    standing = Standing.FOLDED if own.marker.fixed else Standing.OPEN
    return Remembered(standing, own, by=asked.by if asked else "", asks_for_reason=asked is not None)


def _accepted(own: OwnThread, asked: Waiver, pull: Pull) -> Remembered:
    may_waive = asked.by in pull.writers
    return Remembered(Standing.ACCEPTED, own, asked.by, asked.reason, may_waive=may_waive, reply=asked.comment)


def _strongest(known: Iterable[Remembered]) -> Remembered:
    return min(known, key=lambda one: _STRONGEST.index(one.standing))
