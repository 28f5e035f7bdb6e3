"""What a history teaches as one JSON object."""

from __future__ import annotations

import json

from readiness import __version__
from readiness.mentor.history.course import Life
from readiness.mentor.history.learning import ConceptCourse, Learning


def render(told: Learning) -> str:
    """`version, concepts, recurring, learned, next, trend`; each life of a finding has the commits that it spans."""
    record = {
        "version": __version__,
        "concepts": [_concept(one) for one in told.concepts],
        "recurring": [one.name for one in told.recurring],
        "learned": [one.name for one in told.learned],
        "next": [one.name for one in told.next],
        "trend": [
            {"when": point.when.isoformat(), **{str(severity): count for severity, count in point.open.items()}}
            for point in told.course.trend
        ],
    }
    return json.dumps(record, indent=2) + "\n"


def _concept(one: ConceptCourse) -> dict[str, object]:
    return {
        "concept": one.name,
        "came": len(one.came),
        "commits": one.commits,
        "mended": len(one.mended),
        "open": len(one.open),
        "days": one.days,
        "findings": [_life(life) for life in one.lives],
    }


def _life(life: Life) -> dict[str, object]:
    return {
        "rule": life.seen.rule,
        "path": life.path,
        "began": life.began.id if life.began else None,
        "ended": life.ended.id if life.ended else None,
        "mended": life.mended,
    }
