"""The score as Markdown, for the summary of a job or an issue."""

from __future__ import annotations

from collections.abc import Iterator

from readiness.report._text import counted, place_of
from readiness.report.markdown import code, text
from readiness.score.sheet import PER_SECTION
from readiness.score.tally import Cell, Part, Score, Seen
from readiness.score.words import NOT_SEEN, no_training, number


def render(score: Score) -> str:
    """A heading, the sections as a table, and the tests of each section under a line that unfolds."""
    return "\n".join([*_head(score), *(line for part in score.parts for line in _part(part))]) + "\n"


def _head(score: Score) -> Iterator[str]:
    yield f"## ML Test Score: {number(score.points)} of {PER_SECTION}"
    yield ""
    yield f"{score.means} The weakest section decides. Seen in {counted(score.files, 'file')}; not found means not seen, never absent."
    if score.unread:
        yield f"Not analysed: {counted(score.unread, 'file or cell', 'files or cells')}."
    if score.trains is None:
        yield no_training()
    yield from ("", "| Section | Points |", "|---|---|")
    for part in score.parts:
        title = f"**{part.section.title}**" if part is score.weakest else part.section.title
        yield f"| {title} | `{bar(part)}` {number(part.points)} |"


def bar(part: Part) -> str:
    """One square for each half point."""
    filled = round(part.points * 2)
    return "■" * filled + "□" * (PER_SECTION * 2 - filled)


def _part(part: Part) -> Iterator[str]:
    yield from ("", f"<details><summary>{part.section.title}: {number(part.points)}</summary>", "")
    yield from ("| Test | Points | Seen, or what to do next |", "|---|---|---|")
    for cell in part.cells:
        yield f"| {cell.test.id} {cell.test.title} | {number(cell.points)} | {_told(cell)} |"
    yield from ("", "</details>")


def _told(cell: Cell) -> str:
    if not cell.proofs:
        return f"{NOT_SEEN}. {text(cell.test.next_step)}"
    best = cell.proofs[0]
    return "; ".join(map(_seen, (best.seen, *best.beside)))


def _seen(seen: Seen) -> str:
    return f"{code(place_of(seen.finding)).replace('|', chr(92) + '|')} {text(seen.what)}"
