"""Where every finding of a run goes: into a new comment, to an open thread, or only into the summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from readiness.finding import Finding, Severity
from readiness.mentor.levels import ROOM
from readiness.review.analysis import Analysis
from readiness.review.hunks import touches
from readiness.review.identity import identities, is_new
from readiness.review.marker import MAX_REMEMBERED
from readiness.review.memory import Memory, OwnThread, Remembered, Standing
from readiness.review.model import Pull
from readiness.review.settings import ReviewConfig
from readiness.review.topics import Explained, Topic, topics

WHOLE_PROJECT = "."
"""The path of what failed for the project and not for a file: a rule over all of them."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A finding with what the pull request remembers of it."""

    finding: Finding
    known: Remembered


@dataclass(frozen=True, slots=True)
class Board:
    """The state of a pull request after this run; every finding of the report is in exactly one of the lists."""

    new: tuple[Topic, ...] = ()
    open: tuple[Placed, ...] = ()
    returned: tuple[Placed, ...] = ()
    """Their folded comment is to be opened again."""
    listed: tuple[Finding, ...] = ()
    """New, but only for the summary: on lines that this push did not touch, beyond the cap, or outside the diff."""
    accepted: tuple[Placed, ...] = ()
    silenced: tuple[Placed, ...] = ()
    gone: tuple[OwnThread, ...] = ()
    """Open threads of which nothing is left."""
    doubled: tuple[OwnThread, ...] = ()
    """Open threads that only repeat an earlier one: two runs at the same moment have posted them."""
    unchecked: tuple[OwnThread, ...] = ()
    """Open threads in files that could not be analysed this time."""
    blocking: tuple[Finding, ...] = ()
    """What fails the gate."""


def arrange(analysis: Analysis, pull: Pull, memory: Memory, config: ReviewConfig) -> Board:
    """Sort the findings by what is known of them."""
    names = identities(analysis.report.findings, pull)
    placed = [Placed(finding, memory.of(names[finding.fingerprint])) for finding in analysis.report.findings]
    fail_on = analysis.report.fail_on
    accepted = [one for one in placed if _is_accepted(one, fail_on)]
    rest = [one for one in placed if not _is_accepted(one, fail_on)]
    fresh = [one.finding for one in rest if one.known.standing in (Standing.NEW, Standing.RESOLVED)]
    new, listed = _new(fresh, analysis, pull, memory, config)
    gone, unchecked = _ended(analysis, pull, memory, {name for group in names.values() for name in group})
    return Board(
        new=tuple(new),
        open=tuple(one for one in rest if one.known.standing in (Standing.OPEN, Standing.ACCEPTED)),
        returned=tuple(one for one in rest if one.known.standing is Standing.FOLDED),
        listed=tuple(listed),
        accepted=tuple(accepted),
        silenced=tuple(one for one in rest if one.known.standing is Standing.SILENCED),
        gone=gone,
        doubled=tuple(_doubled(memory)),
        unchecked=unchecked,
        blocking=tuple(one.finding for one in placed if _blocks(one, fail_on, config)),
    )


def _is_accepted(one: Placed, fail_on: Severity) -> bool:
    """A blocker is accepted only by somebody who may write to the repository."""
    return one.known.standing is Standing.ACCEPTED and (one.known.may_waive or one.finding.severity < fail_on)


def _blocks(one: Placed, fail_on: Severity, config: ReviewConfig) -> bool:
    waived = _is_accepted(one, fail_on) and one.finding.rule not in config.never_waive
    return one.finding.severity >= fail_on and not waived


def _new(
    findings: list[Finding], analysis: Analysis, pull: Pull, memory: Memory, config: ReviewConfig
) -> tuple[list[Topic], list[Finding]]:
    wanted = [finding for finding in findings if _is_wanted(finding, analysis.report.fail_on, pull, memory)]
    found = topics(wanted, pull, analysis.suggestions)
    room = _room(memory)
    fitting = [replace(one, findings=one.findings[: room(one.main.rule)]) for one in found if room(one.main.rule)]
    kept = _at_most(_asked_once(fitting, analysis, memory, config), analysis.report.fail_on, config)
    kept = list(_explained_once(kept, analysis, pull, memory))
    commented = {name for topic in kept for name in topic.fingerprints}
    return kept, [finding for finding in findings if finding.fingerprint not in commented]


def _asked_once(found: list[Topic], analysis: Analysis, memory: Memory, config: ReviewConfig) -> list[Topic]:
    """The topics without a second one of those that a pull request gets one comment of, unless it blocks."""

    def words(rule: str) -> set[str]:
        known = analysis.rules.get(rule)
        return {word for word in config.one_comment if word == rule or (known and word == known.pillar)}

    said = {word for own in memory.threads for word in words(own.marker.rule)}
    kept = []
    for topic in found:
        if said.isdisjoint(words(topic.main.rule)) or topic.main.severity >= analysis.report.fail_on:
            kept.append(topic)
            said |= words(topic.main.rule)
    return kept


def _at_most(found: list[Topic], fail_on: Severity, config: ReviewConfig) -> list[Topic]:
    """All that blocks, and of the rest as many as the level has room for; the cap is for both together."""
    teaching = [topic for topic in found if topic.main.severity < fail_on]
    beyond = teaching[ROOM[config.level] :]
    return [topic for topic in found if topic not in beyond][: config.max_inline]


def _explained_once(found: Iterable[Topic], analysis: Analysis, pull: Pull, memory: Memory) -> Iterator[Topic]:
    """Each topic, with the comment that has explained its concept and that people can still read: here, or elsewhere."""

    def concept(rule: str) -> str:
        return analysis.rules[rule].lesson if rule in analysis.rules else ""

    said: dict[str, Explained] = {}
    for own in memory.threads:
        if own.marker.explains and not own.comment.minimized:
            said.setdefault(concept(own.marker.rule), Explained(own.marker.rule, own.comment.url))
    for told in pull.told:
        said.setdefault(concept(told.rule), Explained(told.rule, told.url, told.pull))
    said.pop("", None)
    for topic in found:
        idea = concept(topic.main.rule)
        yield replace(topic, explained=said.get(idea))
        if idea:
            said.setdefault(idea, Explained(topic.main.rule))


def _room(memory: Memory) -> Callable[[str], int]:
    """How many findings of a rule comments can still take: each is remembered there, and a comment has a limit."""
    said = Counter(own.marker.rule for own in memory.threads for _ in own.marker.fingerprints)
    return lambda rule: max(MAX_REMEMBERED - said[rule], 0)


def _is_wanted(finding: Finding, fail_on: Severity, pull: Pull, memory: Memory) -> bool:
    """After the first complete pass only what the last push touched gets a comment, and whatever blocks."""
    last = memory.last
    if last is None or not last.complete:
        return True
    if last.diff and last.diff == pull.diff_hash:
        return False
    if finding.severity >= fail_on or pull.touched is None:
        return True
    place = finding.location
    return touches(pull.touched.get(place.path, ()), place.file_line, place.file_end_line)


def _doubled(memory: Memory) -> Iterator[OwnThread]:
    said: set[str] = set()
    for own in memory.threads:
        prints = set(own.marker.fingerprints)
        if own.thread.resolved or own.marker.fixed or own.comment.minimized:
            continue
        if prints <= said and len(own.thread.comments) == 1:
            yield own
        said |= prints


def _ended(
    analysis: Analysis, pull: Pull, memory: Memory, current: set[str]
) -> tuple[tuple[OwnThread, ...], tuple[OwnThread, ...]]:
    """The open threads of which nothing is left, those apart whose file was not analysed."""
    failed = {skipped.path for skipped in analysis.report.skipped if not skipped.expected}
    # A file that has vanished may be any of the new ones.
    lost = pull.vanished if any(is_new(path, pull) for path in failed) else frozenset()
    ended = [own for own in memory.threads if not own.thread.resolved and current.isdisjoint(own.marker.fingerprints)]
    unchecked = [own for own in ended if {WHOLE_PROJECT, own.thread.path} & failed or own.thread.path in lost]
    return tuple(own for own in ended if own not in unchecked), tuple(unchecked)
