"""What a history teaches, as a page: the report of the project as it is, led by the trend and the concepts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from readiness.finding import Severity
from readiness.judge.report import Report
from readiness.mentor.history.course import Point
from readiness.mentor.history.formats import words
from readiness.mentor.history.learning import Learning
from readiness.report.html.page import page
from readiness.report.html.sealed import template
from readiness.report.html.view import view_of

WIDTH, HEIGHT = 600, 160


@dataclass(frozen=True, slots=True)
class Line:
    """The course of one severity, as the points of a line that is as wide as the time and as high as the most findings."""

    severity: Severity
    first: int
    last: int
    points: str


def render(told: Learning, report: Report) -> str:
    """The whole page."""
    trend = told.course.trend
    lead = template(__package__, "history.html").render(
        told=told, words=words, lines=lines(trend), most=_most(trend), width=WIDTH, height=HEIGHT
    )
    return page(view_of(report), Markup(lead))  # noqa: S704 - the template has escaped what is not ours


def lines(trend: Sequence[Point]) -> list[Line]:
    """One line for each severity that was ever open."""
    most = _most(trend)
    found = []
    for severity in trend[0].open:
        counts = [point.open[severity] for point in trend]
        if any(counts):
            steps = _steps(trend, [HEIGHT - count / most * HEIGHT for count in counts])
            found.append(Line(severity, counts[0], counts[-1], " ".join(steps)))
    return found


def _steps(trend: Sequence[Point], heights: Sequence[float]) -> Iterator[str]:
    """A number stays as it is until the next commit."""
    start, seconds = trend[0].when, (trend[-1].when - trend[0].when).total_seconds() or 1
    before = heights[0]
    for point, height in zip(trend, heights, strict=True):
        x = (point.when - start).total_seconds() / seconds * WIDTH
        yield from (f"{x:.1f},{before:.1f}", f"{x:.1f},{height:.1f}")
        before = height


def _most(trend: Sequence[Point]) -> int:
    return max(max(point.open.values()) for point in trend) or 1
