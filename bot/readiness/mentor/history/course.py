"""From commits to the lives of findings: which commit brought each one, and which took it away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from readiness.collect.history import Altered, Commit, Past
from readiness.finding import Severity
from readiness.mentor.history.versions import Seen, Versions


@dataclass(frozen=True, slots=True)
class Life:
    """One finding over time; `began` is None if it was there before, `ended` if it is still there."""

    seen: Seen
    path: str
    began: Commit | None = None
    ended: Commit | None = None
    with_file: bool = False
    """The file went, so nobody has mended anything."""

    @property
    def mended(self) -> bool:
        """Whether the finding went while its file stayed."""
        return self.ended is not None and not self.with_file

    @property
    def days(self) -> float | None:
        """How long it took to mend, if both ends were seen."""
        if self.began is None or self.ended is None or self.with_file:
            return None
        return (self.ended.when - self.began.when).total_seconds() / 86_400


@dataclass(frozen=True, slots=True)
class Point:
    """How many findings were open after a commit."""

    when: datetime
    open: Mapping[Severity, int]


@dataclass(frozen=True, slots=True)
class Course:
    """What became of everything that was seen."""

    lives: tuple[Life, ...]
    trend: tuple[Point, ...]


def course(past: Past, versions: Versions) -> Course:
    """Follow every finding through the commits."""
    state = _State(versions)
    for path, blob in versions.base.items():
        state.open[path] = [Life(seen, path) for seen in versions.seen.get((path, blob), ())]
    trend = []
    for commit in past.commits:
        state.apply(commit)
        trend.append(Point(commit.when, state.counts()))
    return Course((*state.ended, *(life for lives in state.open.values() for life in lives)), tuple(trend))


@dataclass(slots=True)
class _State:
    versions: Versions
    open: dict[str, list[Life]] = field(default_factory=dict)
    ended: list[Life] = field(default_factory=list)

    def counts(self) -> dict[Severity, int]:
        counted = Counter(life.seen.severity for lives in self.open.values() for life in lives)
        return {severity: counted[severity] for severity in sorted(Severity, reverse=True)}

    def apply(self, commit: Commit) -> None:
        """A finding whose line was rewritten, or whose code moved to another file, is neither new nor gone."""
        gone: list[Life] = []
        new: list[tuple[str, Seen]] = []
        before = {file.old_path: self.open.pop(file.old_path, []) for file in commit.files if file.old_path}
        for file in commit.files:
            self._compare(file, before.get(file.old_path, []), gone, new)
        for path, seen in new:
            known = _partner(path, seen, gone)
            if known is not None:
                gone.remove(known)
            life = replace(known, seen=seen, path=path) if known else Life(seen, path, began=commit)
            self.open.setdefault(path, []).append(life)
        stay = {file.path for file in commit.files}
        self.ended += [replace(life, ended=commit, with_file=life.path not in stay) for life in gone]

    def _compare(self, file: Altered, old: list[Life], gone: list[Life], new: list[tuple[str, Seen]]) -> None:
        if not file.path:
            gone += old
            return
        now = self.versions.seen.get((file.path, file.blob))
        if now is None:  # nothing is known of this version, so nothing has changed
            self.open[file.path] = [replace(life, path=file.path) for life in old]
            return
        left = list(now)
        kept = self.open.setdefault(file.path, [])
        for life in old:
            if life.seen in left:
                left.remove(life.seen)
                kept.append(replace(life, path=file.path))
            else:
                gone.append(replace(life, path=file.path))
        new += [(file.path, seen) for seen in left]


def _partner(path: str, seen: Seen, gone: list[Life]) -> Life | None:
    """What a finding was before: the same text elsewhere, or one of the same rule in the same file."""
    same_text = (life for life in gone if life.seen == seen)
    same_file = (life for life in gone if life.path == path and life.seen.rule == seen.rule)
    return next(same_text, None) or next(same_file, None)
