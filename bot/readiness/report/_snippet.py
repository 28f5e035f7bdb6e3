"""The code of a finding with line numbers and a marker under what is meant."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from rich.text import Text

from readiness.finding import Finding
from readiness.report._text import visible

MAX_LINES = 4
_CONTEXT = 24
"""Characters kept to the left of the marker when a long line is cut."""
CUT = "…"


def snippet(finding: Finding, colour: str, width: int) -> Iterator[Text]:
    """The lines of the finding; the first one has the marker below it."""
    lines = finding.source_lines[:MAX_LINES]
    place = finding.location
    gutter = len(str(place.line + len(lines) - 1))
    room = width - gutter - 6
    for number, line in enumerate(lines, place.line):
        first = number == place.line
        shown, start, length = _cut(line, place.column - 1 if first else 0, _end(finding, line), room)
        yield Text.assemble((f"  {number:>{gutter}} │ ", "blue"), (shown, "" if first else "dim"))
        if first:
            yield Text.assemble((f"  {'':>{gutter}} │ ", "blue"), " " * start, ("^" * length, f"bold {colour}"))
    if len(finding.source_lines) > MAX_LINES:
        yield Text.assemble((f"  {'':>{gutter}} │ {CUT}", "blue"))


def _end(finding: Finding, line: str) -> int:
    """Where the marker ends on the first line: at the end of the finding, or of the line if it goes on below."""
    place = finding.location
    return place.end_column - 1 if place.end_line == place.line else len(line)


def _cut(line: str, start: int, end: int, room: int) -> tuple[str, int, int]:
    """The part of a line that fits, and the marker's start and length in it, in terminal cells."""
    end = max(start + 1, min(end, len(line.rstrip())))
    before, marked, after = visible(line[:start]), visible(line[start:end]), visible(line[end:].rstrip())
    if cell_len(before) + cell_len(marked) > room:
        before = CUT + before[-_CONTEXT:] if len(before) > _CONTEXT else before
    marked = _fitting(marked, room - cell_len(before))
    shown = _fitting(before + marked + after, room)
    return shown, cell_len(before), max(1, cell_len(marked))


def _fitting(text: str, room: int) -> str:
    """The longest beginning of a text that fits."""
    if cell_len(text) <= room:
        return text
    from rich.cells import set_cell_size

    return set_cell_size(text, room - 1) + CUT
