"""What a model card says of time: its newest date, the end of its training data, and what it promises to do again and again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from readiness.facts.texts import DocumentFact
from readiness.rulebook import knowledge

TRAINING_DATA = "training-data"
_YEAR = r"(?<![\d.,/])(?P<year>(?:19|20)\d{2})(?:-(?P<month>0[1-9]|1[0-2])(?:-\d{2})?)?(?![\d/])(?!\.\d)"
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Clock:
    """One thing that a card says of time, and how long ago that is."""

    sort: str
    """`written`: the newest date of the card itself; `data`: the end of its training data; `promise`: what is done again and again."""
    line: int
    text: str
    months: int
    """From the end of the data until now; otherwise from the newest date of any kind in the card."""
    every: int = 0
    """The months between two times that are promised."""


def clocks(document: DocumentFact, today: date | None = None) -> Iterator[Clock]:
    """What a card says of time; nothing if it holds no date at all."""
    today = today or datetime.now(UTC).date()
    lines = document.text.replace("\r\n", "\n").split("\n")
    dates = [found for number, line in enumerate(lines, 1) for found in _dates(number, line)]
    if not dates:
        return
    since = _months(max(dates)[0], today)
    own = [found for found in dates if _is_own(lines[found[1] - 1], found[2])]
    if own:
        yield Clock("written", max(own)[1], max(own)[2], since)
    ends = [
        found for number in sorted(lines_about(document, TRAINING_DATA)) for found in _ends(number, lines[number - 1])
    ]
    if ends:
        end, number, text = max(ends)
        yield Clock("data", number, text, _months((end, 12), today))
    for number, line in enumerate(lines, 1):
        yield from (Clock("promise", number, text, since, every) for text, every in _promises(line))


def _months(then: tuple[int, int], today: date) -> int:
    return (today.year - then[0]) * 12 + today.month - then[1]


def _dates(number: int, line: str) -> Iterator[tuple[tuple[int, int], int, str]]:
    """The dates of a line; a year alone counts as its end, so that nothing seems older than it is."""
    for found in _dated().finditer(line):
        name = (found["name"] or "")[:3].lower()
        month = int(found["month"] or knowledge.card_clock().months.get(name, 12))
        yield (int(found["year"]), month), number, found[0]


def _is_own(line: str, text: str) -> bool:
    """Whether a date is one of the card, not of a work that it cites or of the data: its label says so, and it names a month."""
    return not text.isdigit() and re.search(knowledge.card_clock().own, line[: line.find(text)]) is not None


def lines_about(document: DocumentFact, slot: str) -> Iterator[int]:
    """The numbers of the lines that stand in sections about a slot."""
    starts = sorted(section.hit.location.line for section in document.sections)
    last = document.text.count("\n") + 1
    for section in document.sections:
        if slot in section.slots:
            first = section.hit.location.line
            end = next((start for start in starts if start > first), last + 1)
            yield from range(first, min(end, last + 1))


def _ends(number: int, line: str) -> Iterator[tuple[int, int, str]]:
    for pattern in _spans():
        yield from ((int(found["end"]), number, found[0]) for found in pattern.finditer(line))


def _promises(line: str) -> Iterator[tuple[str, int]]:
    for pattern in _promised():
        for found in pattern.finditer(line):
            period = " ".join(found["period"].lower().split())
            number = _NUMBER.search(period)
            yield found[0], int(number[0]) if number else knowledge.card_clock().periods[period]


@cache
def _dated() -> re.Pattern[str]:
    names = "|".join(knowledge.card_clock().months)
    return re.compile(rf"(?:\b(?P<name>(?i:{names}))[a-z]*\.?\s+(?:\d{{1,2}},?\s+)?)?{_YEAR}")


@cache
def _spans() -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, knowledge.card_clock().spans))


@cache
def _promised() -> tuple[re.Pattern[str], ...]:
    table = knowledge.card_clock()
    periods = "|".join(map(re.escape, sorted(table.periods, key=len, reverse=True)))
    return tuple(re.compile(pattern.replace("PERIODS", periods)) for pattern in table.promises)
