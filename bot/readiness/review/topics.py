"""One comment for a rule: its findings together, at the place where a comment can stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from readiness.finding import Finding
from readiness.review.analysis import Suggestion
from readiness.review.hunks import hunk_of
from readiness.review.model import Pull, PullFile
from readiness.review.ranking import by_importance

MAX_RANGE = 12
"""A longer range hides the diff behind the comment; its first lines say enough."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a comment stands on the new side: a line, a range that ends with `line`, or the whole file."""

    path: str
    line: int | None = None
    start: int | None = None
    """Only for a range of several lines: the platform refuses a range that starts where it ends."""


@dataclass(frozen=True, slots=True)
class Explained:
    """The comment that has explained a concept; without an address if it is a new one of the same run."""

    rule: str
    url: str = ""
    pull: int = 0
    """The number of another pull request, if it stands there."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What one comment says: its main finding, and the further places of the same rule."""

    findings: tuple[Finding, ...]
    anchor: Anchor
    suggestion: Suggestion | None = None
    explained: Explained | None = None
    """Where the concept was explained before."""

    @property
    def main(self) -> Finding:
        """The finding at the anchor."""
        return self.findings[0]

    @property
    def fingerprints(self) -> tuple[str, ...]:
        """The identities of all that the comment speaks about."""
        return tuple(finding.fingerprint for finding in self.findings)


def topics(findings: Iterable[Finding], pull: Pull, suggestions: Mapping[str, Suggestion]) -> list[Topic]:
    """The comments for these findings, most important first; none can stand on a file that is not in the change."""
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in sorted(findings, key=by_importance):
        if finding.location.path in pull.files:
            groups[finding.rule].append(finding)
    found = [_topic(group, pull, suggestions) for group in groups.values()]
    return sorted(found, key=lambda topic: by_importance(topic.main))


def _topic(findings: list[Finding], pull: Pull, suggestions: Mapping[str, Suggestion]) -> Topic:
    """The main finding is the most severe one that a comment can stand on; a suggestion decides between equals."""

    def fitness(finding: Finding) -> tuple[int, bool, bool]:
        on_line = anchor_of(finding, pull).line is not None
        return -finding.severity, not on_line, not _fits(suggestions.get(finding.fingerprint), pull)

    main = min(findings, key=fitness)
    ordered = (main, *(finding for finding in findings if finding is not main))
    suggestion = suggestions.get(main.fingerprint)
    if suggestion and _fits(suggestion, pull):
        return Topic(ordered, _range(suggestion.path, suggestion.first, suggestion.last), suggestion)
    return Topic(ordered, anchor_of(main, pull))


def anchor_of(finding: Finding, pull: Pull) -> Anchor:
    """The lines of the finding that the diff shows, in one hunk; the whole file if it shows none of them."""
    place = finding.location
    for line in range(place.file_line, place.file_end_line + 1):
        hunk = hunk_of(line, _hunks(pull.files[place.path]))
        if hunk:
            last = min(place.file_end_line, hunk.stop - 1, line + MAX_RANGE - 1)
            return _range(place.path, line, line if place.cell is not None else last)
    return Anchor(place.path)


def without_lines(topic: Topic) -> Topic:
    """The topic as a comment on the whole file, for a platform that refused its lines."""
    return replace(topic, anchor=Anchor(topic.anchor.path), suggestion=None)


def _hunks(file: PullFile) -> tuple[range, ...]:
    return file.hunks or ()


def _fits(suggestion: Suggestion | None, pull: Pull) -> bool:
    """Whether the diff shows all that is replaced, which may be in another file than the finding."""
    if suggestion is None or suggestion.path not in pull.files:
        return False
    hunk = hunk_of(suggestion.first, _hunks(pull.files[suggestion.path]))
    return hunk is not None and suggestion.last in hunk


def _range(path: str, first: int, last: int) -> Anchor:
    return Anchor(path, last, first if first < last else None)
