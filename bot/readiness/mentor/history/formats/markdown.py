"""What a history teaches as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from readiness.mentor.history.formats import words
from readiness.mentor.history.learning import Learning
from readiness.report.markdown import text


def render(told: Learning) -> str:
    """What the figures say, and the figures."""
    return "\n".join(_lines(told)) + "\n"


def _lines(told: Learning) -> Iterator[str]:
    yield "## What the history teaches"
    yield from ("", words.head(told))
    for title, lines in words.sections(told).items():
        yield from ("", f"### {title}", "", *(f"- {text(line)}" for line in lines))
    yield from (
        "",
        "### Concepts",
        "",
        f"| {' | '.join(words.COLUMNS)} |",
        "|---|" + "---:|" * (len(words.COLUMNS) - 1),
    )
    yield from (f"| {' | '.join(map(text, words.row(one)))} |" for one in told.concepts)
    yield from ("", words.LEGEND)
