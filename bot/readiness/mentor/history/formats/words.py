"""What every format says in the same words."""

from __future__ import annotations

from readiness.errors import UsageError
from readiness.mentor.history.learning import ConceptCourse, Learning
from readiness.mentor.lessons import find_lesson
from readiness.report._text import counted

COLUMNS = ("Concept", "Came up", "In commits", "Mended", "Open", "Days to mend")
LEGEND = (
    "Came up: findings that a commit of this time brought. Mended: those that went while their file stayed. Days: the median from "
    "one to the other. Rules about the whole project are not counted, and no names are read."
)


def head(told: Learning) -> str:
    """What was looked at."""
    points = told.course.trend
    first, last = points[0].when.date(), points[-1].when.date()
    came = sum(len(one.came) for one in told.concepts)
    mended = sum(len(one.mended) for one in told.concepts)
    left = sum(len(one.open) for one in told.concepts)
    return (
        f"{counted(len(points), 'commit')} from {first} to {last}: {counted(came, 'finding')} came up, "
        f"{mended} mended, {left} open now."
    )


def row(one: ConceptCourse) -> tuple[str, ...]:
    """The figures of a concept."""
    days = "" if one.days is None else f"{one.days:.1f}"
    return one.name, str(len(one.came)), str(one.commits), str(len(one.mended)), str(len(one.open)), days


def sections(told: Learning) -> dict[str, list[str]]:
    """Titles, and one line for each concept below them; what has nothing to say is left out."""
    found = {
        "What comes back": [f"{_title(one)}: {_came(one)}, {len(one.open)} open now." for one in told.recurring],
        "What was learned": [
            f"{_title(one)}: {_came(one)}, {len(one.mended)} mended{_days(one)}, none left." for one in told.learned
        ],
        "What to learn next": [f"{_title(one)}: `readiness lesson {one.name}`" for one in told.next],
    }
    return {title: lines for title, lines in found.items() if lines}


def _title(one: ConceptCourse) -> str:
    """The concept with the title of its lesson; the rules of a team may name one that nobody has written."""
    try:
        return f"`{one.name}` ({find_lesson(one.name).title})"
    except UsageError:
        return f"`{one.name}`"


def _came(one: ConceptCourse) -> str:
    return f"{counted(len(one.came), 'finding')} in {counted(one.commits, 'commit')}"


def _days(one: ConceptCourse) -> str:
    return "" if one.days is None else f", in {one.days:.1f} days (median)"
