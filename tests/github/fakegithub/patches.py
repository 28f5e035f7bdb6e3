"""Diffs between two commits as GitHub shows them, and where a line of one version is in another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from fakegithub.gitstore import GitStore

HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
STATUS = {"A": "added", "D": "removed", "M": "modified", "R": "renamed", "C": "copied", "T": "changed"}


@dataclass(frozen=True)
class DiffLine:
    """A line of a patch; `position` counts from the first hunk's header, as GitHub does."""

    position: int
    hunk: int
    old: int | None
    new: int | None
    text: str

    def number(self, side: str) -> int | None:
        """The line's number on one side of the diff."""
        return self.new if side == "RIGHT" else self.old


@dataclass(frozen=True)
class FileDiff:
    """What a change does to one file; `patch` is None for binary, huge and merely renamed files."""

    path: str
    previous: str | None
    status: str
    sha: str
    additions: int
    deletions: int
    patch: str | None

    @cached_property
    def lines(self) -> tuple[DiffLine, ...]:
        """Every line of the patch on which somebody may comment."""
        return tuple(diff_lines(self.patch or ""))

    def at(self, side: str, number: int) -> DiffLine | None:
        """The patch's line for a line of one side of the file."""
        return next((line for line in self.lines if line.number(side) == number), None)

    def at_position(self, position: int) -> DiffLine | None:
        """The patch's line at a position."""
        return next((line for line in self.lines if line.position == position), None)

    def hunk_until(self, line: DiffLine) -> str:
        """The part of the hunk that GitHub shows above a comment."""
        rows = (self.patch or "").split("\n")
        start = max(i for i in range(line.position + 1) if rows[i].startswith("@@"))
        return "\n".join(rows[start : line.position + 1])


@dataclass(frozen=True)
class DiffLimits:
    """Above these GitHub gives no patch for a file."""

    lines: int = 20_000
    size: int = 500_000


def diff_lines(patch: str) -> Iterator[DiffLine]:
    """The content lines of a patch with their numbers on both sides."""
    old = new = hunk = 0
    for position, row in enumerate(patch.split("\n") if patch else []):
        if match := HUNK.match(row):
            old, new, hunk = int(match[1]), int(match[3]), hunk + 1
        elif not row.startswith("\\"):
            removed, added = row.startswith("-"), row.startswith("+")
            yield DiffLine(position, hunk, None if added else old, None if removed else new, row[1:])
            old, new = old + (not added), new + (not removed)


def diff(store: GitStore, old: str, new: str, limits: DiffLimits = DiffLimits()) -> tuple[FileDiff, ...]:
    """The files that differ, in the order of their paths."""
    raw = store.git("diff-tree", "-r", "-z", "-M", "--raw", "--no-abbrev", old, new).decode(errors="surrogateescape")
    if not raw:
        return ()
    changes = list(_changes(raw.split("\0")))
    output = store.git("diff-tree", "-r", "-p", "-M", "--no-ext-diff", "--no-textconv", "--full-index", old, new)
    sections = iter(re.split(r"^(?=diff --git )", output.decode(errors="replace"), flags=re.M)[1:])
    return tuple(_file_diff(change, sections, limits) for change in changes)


def _changes(fields: Sequence[str]) -> Iterator[tuple[str, str, str, str | None, str]]:
    """(status letter, old blob, new blob, previous path, path) from `--raw -z` output."""
    rest = iter(fields)
    for head in rest:
        if not head:
            continue
        _, _, old, new, status = head.lstrip(":").split()
        first = next(rest)
        previous, path = (first, next(rest)) if status[0] in "RC" else (None, first)
        yield status[0], old, new, previous, path


def _file_diff(change: tuple[str, str, str, str | None, str], sections: Iterator[str], limits: DiffLimits) -> FileDiff:
    letter, old, new, previous, path = change
    section = next(sections)
    if letter == "T":  # a file that became a link is told as a removal and an addition
        next(sections)
    start = section.find("\n@@ ")
    patch = section[start + 1 :].removesuffix("\n") if start >= 0 else None
    marks = [row[:1] for row in (patch or "").split("\n") if not row.startswith("@@")]
    counts = marks.count("+"), marks.count("-")
    if patch is not None and (len(marks) > limits.lines or len(patch) > limits.size):
        patch = None
    return FileDiff(path, previous, STATUS[letter], old if letter == "D" else new, *counts, patch)


def follow(store: GitStore, path: str, old: str, new: str, line: int) -> int | None:
    """The number that a line of a file has in a later commit; None when it was changed or has gone."""
    if old == new:
        return line
    if store.entry(old, path) is None or store.entry(new, path) is None:
        return None
    shift = 0
    for match in HUNK.finditer("\n".join(store.hunks(old, new, path))):
        start, removed, added = int(match[1]), int(match[2] or 1), int(match[4] or 1)
        first = start + (removed == 0)  # a pure insertion names the line before it
        if line < first:
            break
        if line < first + removed:
            return None
        shift += added - removed
    return line + shift
