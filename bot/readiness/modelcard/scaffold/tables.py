"""A topic of a card as Markdown: a table with a source in each row, or the question that is asked instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from readiness.finding import Location
from readiness.modelcard.scaffold.rows import SEPARATOR, Row
from readiness.modelcard.scaffold.topics import ASK, Topic
from readiness.report._text import visible
from readiness.report.markdown import code

MAX_ROWS = 60
MAX_TEXT = 400


def topic_lines(topic: Topic, rows: Sequence[Row]) -> list[str]:
    """The lines of a block."""
    if not rows:
        return [question(topic.ask)] if topic.ask else []
    lines = [*_table(topic, rows[:MAX_ROWS])]
    if len(rows) > MAX_ROWS:
        lines += ["", f"{len(rows) - MAX_ROWS} more stand in the same files."]
    return [*lines, "", question(topic.then_ask)] if topic.then_ask else lines


def question(words: str) -> str:
    """What a person is asked, as `rules/knowledge/card-slots.yaml` knows an open question."""
    return f"_{ASK}{words}_"


def place(source: Location) -> str:
    """Where a value stands, for a reader of the card."""
    if source.cell is None:
        return _cell(f"{source.path}:{source.line}")
    return f"{_cell(source.path)}, cell {source.cell + 1}, line {source.line}"


def _table(topic: Topic, rows: Sequence[Row]) -> Iterator[str]:
    has_values = any(row.value for row in rows)
    yield f"| {topic.column} | Value | Source |" if has_values else f"| {topic.column} | Source |"
    yield "|---|---|---|" if has_values else "|---|---|"
    for row in rows:
        value = f" {_value(row, listed=topic.show == 'list')} |" if has_values else ""
        yield f"| {_cell(row.name)} |{value} {place(row.source)} |"


def _value(row: Row, *, listed: bool) -> str:
    members = row.value.split(SEPARATOR) if listed else [row.value]
    written = row.value if _is_number(row.value) else ", ".join(map(_cell, members))
    return f"{written} ({_cell(row.of)})" if row.of else written


def _cell(words: str) -> str:
    """Text of the project as code, on one line, whatever it holds."""
    shown = visible(" ".join(words.split()))
    cut = shown if len(shown) <= MAX_TEXT else f"{shown[:MAX_TEXT]}…"
    return code(cut.replace("|", "\\|"))


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
