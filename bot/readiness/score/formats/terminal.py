"""The score for a person at a terminal: four bars, then each test with the place that earned it."""

from __future__ import annotations

from collections.abc import Iterator

import click

from readiness.report._text import counted, place_of, visible
from readiness.score.sheet import PER_SECTION
from readiness.score.tally import Cell, Part, Score, Seen
from readiness.score.words import NOT_SEEN, code_of, no_training, number

_WIDTH = 28
_EIGHTHS = " ▏▎▍▌▋▊▉"
_COLOURS = {0: "bright_black", 0.5: "yellow", 1: "green"}


def render(score: Score) -> str:
    """The text is always coloured; who prints it elsewhere takes the colours out."""
    return "\n".join([*_head(score), *(line for part in score.parts for line in _part(part)), *_next(score)]) + "\n"


def _head(score: Score) -> Iterator[str]:
    yield click.style(f"ML Test Score: {number(score.points)} of {PER_SECTION}", bold=True)
    yield f"{score.means} Seen in {counted(score.files, 'file')}; not found means not seen, never absent."
    if score.unread:
        yield click.style(f"Not analysed: {counted(score.unread, 'file or cell', 'files or cells')}.", fg="yellow")
    if score.trains is None:
        yield click.style(no_training(), fg="yellow")
    yield ""
    yield from bars(score)


def bars(score: Score) -> Iterator[str]:
    """One line for each section."""
    width = max(len(part.section.title) for part in score.parts)
    for part in score.parts:
        decides = "  the weakest section decides" if part is score.weakest else ""
        bar = click.style(f"{_bar(part.points):{_WIDTH}}", fg="red" if decides else "cyan")
        yield f"  {part.section.title:{width}}  {bar} {number(part.points):>3}{decides}"


def _bar(points: float) -> str:
    """As long as the points, in eighths of a column."""
    whole, rest = divmod(round(points / PER_SECTION * _WIDTH * 8), 8)
    return "█" * whole + _EIGHTHS[rest].strip()


def _part(part: Part) -> Iterator[str]:
    yield ""
    yield click.style(part.section.title, bold=True)
    for cell in part.cells:
        yield from _cell(cell)


def _cell(cell: Cell) -> Iterator[str]:
    points = click.style(f"{number(cell.points):>3}", fg=_COLOURS[cell.points])
    unseen = "" if cell.proofs else click.style(f"  {NOT_SEEN}", dim=True)
    yield f"  {cell.test.id} {points}  {cell.test.title}{unseen}"
    for proof in cell.proofs[:1]:
        yield from (_seen(seen) for seen in (proof.seen, *proof.beside))


def _seen(seen: Seen) -> str:
    code = code_of(seen)
    shown = click.style(f"  {visible(code)}", dim=True) if code else ""
    return f"          {place_of(seen.finding)}  {seen.what}{shown}"


def _next(score: Score) -> Iterator[str]:
    """What the weakest section still lacks."""
    yield ""
    yield click.style(f"Next, in the section that decides ({score.weakest.section.title})", bold=True)
    for cell in score.weakest.cells:
        if cell.points < 1:
            yield f"  {cell.test.id}  {cell.test.next_step}"
