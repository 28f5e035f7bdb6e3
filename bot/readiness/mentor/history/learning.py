"""What a history says of concepts: never of persons, whose names are not even read."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from readiness.mentor.history.course import Course, Life

OFTEN = 3
"""A concept that came up in so many commits is no slip."""
PRACTISED = 2
"""Who mends one place may have deleted it; who mends several knows the concept."""
MOST_NEXT = 3


@dataclass(frozen=True)
class ConceptCourse:
    """How one concept fared: only what came up in the time that is looked at counts as come up."""

    name: str
    lives: Sequence[Life]

    @cached_property
    def came(self) -> list[Life]:
        """What came up."""
        return [life for life in self.lives if life.began is not None]

    @cached_property
    def commits(self) -> int:
        """In how many commits."""
        return len({life.began.id for life in self.came if life.began})

    @cached_property
    def mended(self) -> list[Life]:
        """What went while its file stayed, also of what was there before."""
        return [life for life in self.lives if life.mended]

    @cached_property
    def open(self) -> list[Life]:
        """What is still there."""
        return [life for life in self.lives if life.ended is None]

    @property
    def days(self) -> float | None:
        """The median of the days until what came up was mended."""
        known = [life.days for life in self.came if life.days is not None]
        return statistics.median(known) if known else None

    @property
    def recurs(self) -> bool:
        """Whether it came up again and again."""
        return self.commits >= OFTEN

    @property
    def learned(self) -> bool:
        """Whether it came up, was mended several times, is nowhere left, and has not come back since."""
        last_came = max((life.began.when for life in self.came if life.began), default=None)
        last_mended = max((life.ended.when for life in self.mended if life.ended), default=None)
        practised = len(self.mended) >= PRACTISED and not self.open
        return practised and last_came is not None and last_mended is not None and last_mended >= last_came

    def weight(self, since: datetime) -> int:
        """How much there is to learn: what is open, and again what came up lately, by severity."""
        lately = [life for life in self.came if life.began and life.began.when >= since]
        return sum(life.seen.severity for life in (*self.open, *lately))


@dataclass(frozen=True, slots=True)
class Learning:
    """The answer for a team."""

    course: Course
    concepts: Sequence[ConceptCourse]
    """Those that came up most often first."""
    next: Sequence[ConceptCourse]
    """What to learn next, the most telling first."""

    @property
    def recurring(self) -> list[ConceptCourse]:
        """What came up again and again, and was not learned."""
        return [one for one in self.concepts if one.recurs and not one.learned]

    @property
    def learned(self) -> list[ConceptCourse]:
        """What was mended and has not come back."""
        return [one for one in self.concepts if one.learned]


def learning(course: Course) -> Learning:
    """Sum up the lives of findings by concept."""
    found = _concepts(course.lives)
    start, end = course.trend[0].when, course.trend[-1].when
    late = end - (end - start) / 3
    waiting = [one for one in found if one.open or (one.recurs and not one.learned)]
    following = sorted(waiting, key=lambda one: -one.weight(late))[:MOST_NEXT]
    return Learning(course, found, following)


def _concepts(lives: Iterable[Life]) -> list[ConceptCourse]:
    by_name: dict[str, list[Life]] = defaultdict(list)
    for life in lives:
        if life.seen.concept:
            by_name[life.seen.concept].append(life)
    found = [ConceptCourse(name, own) for name, own in by_name.items()]
    return sorted(found, key=lambda one: (-len(one.came), -len(one.open), one.name))
