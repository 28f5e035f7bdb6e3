"""What the bot remembers inside its own comments: one HTML comment, the last line, trusted only if we wrote it.

A finding's comment remembers its fingerprints, rule and commit; the summary remembers what the last run saw; the text of a
review remembers what had a comment, in case a person deletes the comment and the summary too. Values are hexadecimal
digits and rule names only, so that nothing can end the HTML comment early.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from readiness.review.model import Comment

VERSION = "v1"
MAX_REMEMBERED = 400
"""Of each sort in a summary, and of a rule in its comments: all of it must fit beside what people read."""
MAX_POSTED = 3_000
"""In the text of a review, which says little else."""
_LINE = re.compile(r"<!-- readiness:(v\d+)((?: [a-z_]+=[A-Za-z0-9_.,-]*)*) -->")
_COMMIT = re.compile(r"[0-9a-f]{7,64}|")
_NUMBER = re.compile(r"[0-9]{1,20}")
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_NEVER_IN_A_VALUE = re.compile(r"[^A-Za-z0-9_.-]|--+")


@dataclass(frozen=True, slots=True)
class FindingMarker:
    """The memory of one comment about a rule; `fixed` once it was folded because nothing of it is left."""

    fingerprints: tuple[str, ...]
    rule: str
    sha: str
    fixed: bool = False
    explains: bool = False
    """Whether the concept of the rule is explained there, so that other comments can refer to it."""

    def line(self) -> str:
        """The marker as the last line of a comment."""
        state = [("state", "fixed")] if self.fixed else []
        state += [("explains", "1")] if self.explains else []
        return _line([("fp", ",".join(self.fingerprints)), ("rule", self.rule), ("sha", self.sha), *state])


@dataclass(frozen=True, slots=True)
class SummaryMarker:
    """The memory of the last run; all tuples hold fingerprints."""

    sha: str
    base: str = ""
    diff: str = ""
    complete: bool = True
    """False if something could not be posted or analysed: the next run must not take it for a quiet one."""
    seen: tuple[str, ...] = ()
    """What the last run reported, on lines or not."""
    posted: tuple[str, ...] = ()
    """What had a comment; without one now, a person has deleted it."""
    withdrawn: tuple[str, ...] = ()
    """Whose comment we have deleted ourselves."""
    resolved: tuple[str, ...] = ()
    """Whose thread we have resolved ourselves."""
    fixed: tuple[str, ...] = ()
    """What was mended since `previous`."""
    previous: str = ""
    heard: tuple[int, ...] = ()
    """The numbers of replies that have our thumb."""

    def line(self) -> str:
        """The marker as the last line of the summary."""
        lists = [(name, ",".join(getattr(self, name)[:MAX_REMEMBERED])) for name in _LISTS]
        plain = [("kind", "summary"), ("sha", self.sha), ("base", self.base), ("diff", self.diff)]
        heard = ("heard", ",".join(map(str, self.heard[:MAX_REMEMBERED])))
        return _line([*plain, ("previous", self.previous), ("complete", str(int(self.complete))), *lists, heard])


_LISTS = ("seen", "posted", "withdrawn", "resolved", "fixed")


class NewerMarker(Exception):
    """A newer release of the bot has written here: this one must not touch it."""


def finding_marker(comment: Comment) -> FindingMarker | None:
    """The memory of one of our own comments about a finding; None for every other comment."""
    values = _read(comment)
    prints = _fingerprints(values.get("fp", "")) if values else ()
    if not prints:
        return None
    fixed, explains = values.get("state") == "fixed", values.get("explains") == "1"
    return FindingMarker(prints, values.get("rule", ""), _commit(values, "sha"), fixed, explains)


def summary_marker(comment: Comment) -> SummaryMarker | None:
    """The memory of our own summary; None for every other comment."""
    values = _read(comment)
    if values.get("kind") != "summary":
        return None
    return SummaryMarker(
        sha=_commit(values, "sha"),
        base=_commit(values, "base"),
        diff=_commit(values, "diff"),
        previous=_commit(values, "previous"),
        complete=values.get("complete") == "1",
        seen=_fingerprints(values.get("seen", "")),
        posted=_fingerprints(values.get("posted", "")),
        withdrawn=_fingerprints(values.get("withdrawn", "")),
        resolved=_fingerprints(values.get("resolved", "")),
        fixed=_fingerprints(values.get("fixed", "")),
        heard=tuple(int(part) for part in values.get("heard", "").split(",") if _NUMBER.fullmatch(part)),
    )


def review_line(fingerprints: Iterable[str]) -> str:
    """The last line of the text of a review."""
    return _line([("kind", "review"), ("posted", ",".join(list(fingerprints)[:MAX_POSTED]))])


def posted_by(review: Comment) -> tuple[str, ...] | None:
    """What had a comment in one of our own reviews; None for every other review."""
    values = _read(review)
    return _fingerprints(values.get("posted", "")) if values.get("kind") == "review" else None


def _read(comment: Comment) -> dict[str, str]:
    last = comment.body.rstrip().rpartition("\n")[2].strip()
    found = _LINE.fullmatch(last) if comment.ours else None
    if found is None:
        return {}
    if found[1] != VERSION:
        raise NewerMarker(found[1])
    return dict(part.split("=", 1) for part in found[2].split())


def _line(values: Iterable[tuple[str, str]]) -> str:
    parts = " ".join(f"{name}={','.join(_clean(part) for part in value.split(','))}" for name, value in values)
    return f"<!-- readiness:{VERSION} {parts} -->"


def _clean(value: str) -> str:
    return _NEVER_IN_A_VALUE.sub("_", value).strip("-")


def _fingerprints(value: str) -> tuple[str, ...]:
    return tuple(part for part in value.split(",") if _FINGERPRINT.fullmatch(part))


def _commit(values: dict[str, str], name: str) -> str:
    value = values.get(name, "")
    return value if _COMMIT.fullmatch(value) else ""
