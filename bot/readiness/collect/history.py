"""The commits of a branch from a point in time on, with the files that each of them altered: no name of a person is read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from readiness.collect.clone import Clone
from readiness.collect.files import MAX_BYTES
from readiness.errors import UsageError

_LOG = (
    "log", "--first-parent", "--diff-merges=first-parent", "--reverse", "--raw", "-z", "--no-abbrev", "--find-renames=100%",
    "--diff-filter=AMRD", "--ignore-submodules=all", "--no-ext-diff", "--no-textconv", "--format=%x01%H %ct",
)  # fmt: skip
"""Only exact renames: to look for others reads contents, which a partial clone does not have."""
_AGO = re.compile(r"[1-9]\d{0,3} (?:day|week|month|year)s?(?: ago)?")
_REGULAR_FILE = "100"
_ADVICE = "Name a date (2026-03-31), a time (`6 months`), or a tag, branch or commit."


@dataclass(frozen=True, slots=True)
class Altered:
    """A file before and after a commit; the path and blob of a side that does not have it are empty."""

    old_path: str
    path: str
    blob: str


@dataclass(frozen=True, slots=True)
class Commit:
    """What one commit did, and when."""

    id: str
    when: datetime
    files: tuple[Altered, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """Commits from the oldest on; `base` is what the first of them began with, empty if it is the very first."""

    base: str
    commits: tuple[Commit, ...]


@dataclass(frozen=True)
class History(Clone):
    """A clone that is asked what became of its branch."""

    def since(self, start: str) -> Past:
        """The commits of the branch since a date or a revision; a merge counts as one commit of the branch."""
        commits = tuple(_commits(self._run(*_LOG, *self._range(start))))
        if not commits:
            raise UsageError(f"there are no commits since {start}", where="--since", advice=_ADVICE)
        return Past(self._one_line("rev-parse", "--verify", "--quiet", f"{commits[0].id}^1"), commits)

    def readable(self, blobs: Iterable[str]) -> set[str]:
        """Which of these objects are here and small enough to be source text; a partial clone may lack some."""
        asked = "".join(f"{blob}\n" for blob in blobs).encode()
        answers = (line.split() for line in self._run("cat-file", "--batch-check", stdin=asked).decode().splitlines())
        return {answer[0] for answer in answers if len(answer) == 3 and int(answer[2]) <= MAX_BYTES}

    def _range(self, start: str) -> tuple[str, ...]:
        if not start.startswith("-"):
            commit = self._one_line("rev-parse", "--verify", "--quiet", f"{start}^{{commit}}")
            if commit:
                return (f"{commit}..HEAD",)
        if _is_date(start):
            return (f"--since={start}T00:00:00Z", "HEAD")  # of a date alone git takes the time that it is now
        if not _AGO.fullmatch(start):
            raise UsageError(f"`{start}` is neither a date nor a revision", where="--since", advice=_ADVICE)
        return (f"--since={start}", "HEAD")


def _is_date(words: str) -> bool:
    try:
        date.fromisoformat(words)
    except ValueError:
        return False
    return True


def _commits(log: bytes) -> Iterator[Commit]:
    for part in log.split(b"\x01")[1:]:
        header, _, entries = part.partition(b"\0")
        name, seconds = header.decode().split()
        yield Commit(name, datetime.fromtimestamp(int(seconds), UTC), tuple(_altered(entries)))


def _altered(entries: bytes) -> Iterator[Altered]:
    fields = iter(entries.lstrip(b"\n").split(b"\0"))
    for header in fields:
        if not header:
            continue
        old_mode, mode, _, blob, status = header[1:].decode().split()
        old_path = os.fsdecode(next(fields))
        path = os.fsdecode(next(fields)) if status[0] == "R" else old_path
        before = old_path if old_mode.startswith(_REGULAR_FILE) else ""
        after = (path, blob) if mode.startswith(_REGULAR_FILE) else ("", "")
        if before or after[0]:
            yield Altered(before, *after)
