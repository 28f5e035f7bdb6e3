"""Patches as GitHub sends them: which lines of the new side can be commented on, and which the change has touched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

CONTEXT = 3
_HEADER = re.compile(r"@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")


@dataclass(frozen=True, slots=True)
class Patch:
    """The new side of a patch: its hunks, context included, and the lines that were added or rewritten."""

    hunks: tuple[range, ...]
    added: tuple[range, ...]


def read_patch(patch: str) -> Patch:
    """Read the hunks of one file's patch; what follows a complete hunk but is none is ignored."""
    hunks: list[range] = []
    added: list[int] = []
    line, left = 0, 0
    for text in patch.split("\n"):
        header = _HEADER.match(text)
        if header:
            line, left = int(header[1]), int(header[2] or 1)
            hunks.append(range(line, line + left))
        elif left and not text.startswith(("-", "\\")):
            if text.startswith("+"):
                added.append(line)
            line, left = line + 1, left - 1
    return Patch(tuple(hunk for hunk in hunks if hunk), tuple(_ranges(added)))


def around(changed: Iterable[range], length: int) -> tuple[range, ...]:
    """The hunks that a diff with the usual context shows for these changed lines of a file with `length` lines."""
    hunks: list[range] = []
    for part in sorted(changed, key=lambda part: part.start):
        start, stop = max(part.start - CONTEXT, 1), min(part.stop + CONTEXT, length + 1)
        if hunks and start <= hunks[-1].stop:
            start = hunks.pop().start
        hunks.append(range(start, stop))
    return tuple(hunks)


def hunk_of(line: int, hunks: Iterable[range]) -> range | None:
    """The hunk that shows a line."""
    return next((hunk for hunk in hunks if line in hunk), None)


def touches(ranges: Iterable[range], first: int, last: int) -> bool:
    """Whether any of the lines from first to last is in one of the ranges."""
    return any(part.start <= last and first < part.stop for part in ranges)


def _ranges(lines: Sequence[int]) -> Iterator[range]:
    start = previous = None
    for line in lines:
        if start is None or previous is None or line != previous + 1:
            if start is not None and previous is not None:
                yield range(start, previous + 1)
            start = line
        previous = line
    if start is not None and previous is not None:
        yield range(start, previous + 1)
