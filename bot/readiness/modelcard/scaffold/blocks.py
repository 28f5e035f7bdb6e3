"""The blocks of a Markdown card that a machine writes, each between two marks of its own; all other text is a person's.

The opening mark keeps a digest of what was written. A block that no longer has it was edited by a person, and is left alone.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from readiness.errors import UsageError
from readiness.modelcard.scaffold.renewal import Part, Renewal, State

_OPEN = re.compile(
    r"\s*(?P<begin><!--|#)\s*readiness:auto\s+(?P<topic>[a-z-]+)(?:\s+(?P<digest>[0-9a-f]{12}))?(?P<end>\s*-->)?\s*"
)
_CLOSE = re.compile(r"\s*(?:<!--|#)\s*readiness:end(?:\s*-->)?\s*")
_SOURCE_LINE = re.compile(r":\d+(?=`)|(?<=:)\d+$|, cell \d+, line \d+")


@dataclass(frozen=True, slots=True)
class Block:
    """A block: its lines without the marks are those from `first` up to `last`, counted from 0."""

    topic: str
    digest: str
    first: int
    last: int
    mark: str
    """The opening mark, with a place for the digest."""

    @property
    def line(self) -> int:
        """The line of its opening mark, as editors count."""
        return self.first


Write = Callable[[Block], Iterable[str]]
"""The lines of a block."""


def has_blocks(text: str) -> bool:
    """Whether a card has a block."""
    return any(map(_OPEN.fullmatch, text.splitlines()))


def renewed(path: str, text: str, write: Write) -> Renewal:
    """A card with its blocks renewed, and nothing else changed."""
    lines = text.splitlines()
    kept = text.splitlines(keepends=True)
    newline = "\r\n" if kept and kept[0].endswith("\r\n") else "\n"
    parts = []
    for block in reversed([*_blocks(path, lines)]):
        part = _part(block, tuple(lines[block.first : block.last]), tuple(write(block)))
        parts.append(part)
        if part.state is State.RENEWED:
            mark = block.mark.format(digest=digest_of(part.new))
            kept[block.first - 1 : block.last] = [f"{line}{newline}" for line in (mark, *part.new)]
    return Renewal(path, "".join(kept), tuple(reversed(parts)))


def digest_of(lines: Iterable[str]) -> str:
    """What tells an edit of the content from a new layout of it: a table that a formatter aligns stays the same."""
    return hashlib.sha256(_plain(lines).encode()).hexdigest()[:12]


def _part(block: Block, old: tuple[str, ...], new: tuple[str, ...]) -> Part:
    state = State.of(written=block.digest or digest_of(()), found=digest_of(old), wanted=digest_of(new))
    if not block.digest and state is State.SAME:  # an empty block that stays empty has to get its digest
        state = State.RENEWED
    is_stale = state is State.RENEWED and _placeless(old) != _placeless(new)
    return Part(block.topic, block.line, state, old, new, is_stale)


def _blocks(path: str, lines: list[str]) -> Iterator[Block]:
    opened: tuple[int, re.Match[str]] | None = None
    for number, line in enumerate(lines, 1):
        mark = _OPEN.fullmatch(line)
        if mark and opened:
            raise _unclosed(path, opened[0])
        if mark:
            opened = number, mark
        elif opened and _CLOSE.fullmatch(line):
            first, mark = opened
            opening = f"{mark['begin']} readiness:auto {mark['topic']} {{digest}}{' -->' if mark['end'] else ''}"
            yield Block(mark["topic"], mark["digest"] or "", first, number - 1, opening)
            opened = None
    if opened:
        raise _unclosed(path, opened[0])


def _unclosed(path: str, line: int) -> UsageError:
    advice = "Write `<!-- readiness:end -->` below the last line of the block, or remove its opening mark."
    return UsageError("a block has no end", where=f"{path}:{line}", advice=advice)


def _plain(lines: Iterable[str]) -> str:
    return re.sub(r"-{3,}", "---", "".join("".join(lines).split()))


def _placeless(lines: Iterable[str]) -> str:
    return _plain(_SOURCE_LINE.sub("", line) for line in lines)
