"""What a history teaches, for a person at a terminal; the text is always coloured."""

from __future__ import annotations

from collections.abc import Iterator

import click

from readiness.mentor.formats.terminal import wrapped
from readiness.mentor.history.formats import words
from readiness.mentor.history.learning import Learning


def render(told: Learning) -> str:
    """The figures in a table, and what they say."""
    return "\n".join(_lines(told)) + "\n"


def _lines(told: Learning) -> Iterator[str]:
    yield click.style(words.head(told), bold=True)
    yield ""
    rows = [words.COLUMNS, *map(words.row, told.concepts)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for number, (name, *figures) in enumerate(rows):
        cells = (f"{figure:>{width}}" for figure, width in zip(figures, widths[1:], strict=True))
        yield click.style("  ".join([f"  {name:{widths[0]}}", *cells]).rstrip(), dim=number == 0)
    yield ""
    yield from wrapped(words.LEGEND, "  ")
    for title, lines in words.sections(told).items():
        yield ""
        yield click.style(title, bold=True)
        yield from (part for line in lines for part in wrapped(line, "  "))
