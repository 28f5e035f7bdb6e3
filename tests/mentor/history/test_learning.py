"""What is said of a concept follows from the lives of its findings, and says nothing of persons."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from readiness.collect.history import Commit
from readiness.finding import Severity
from readiness.mentor.history.course import Course, Life, Point
from readiness.mentor.history.learning import ConceptCourse, learning
from readiness.mentor.history.versions import Seen

COMMITS = [Commit(f"commit-{day}", datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day), ()) for day in range(30)]
TREND = tuple(Point(commit.when, {}) for commit in COMMITS)


def life(began: int | None, ended: int | None, concept: str = "leakage", **more: bool) -> Life:
    seen = Seen("a-rule", concept, Severity.WARNING, str((began, ended)))
    first, last = (None if day is None else COMMITS[day] for day in (began, ended))
    return Life(seen, "a.py", first, last, **more)


def test_learned_is_what_was_mended_several_times_and_stayed_away() -> None:
    assert ConceptCourse("leakage", [life(1, 3), life(2, 6)]).learned
    assert not ConceptCourse("leakage", [life(1, 3)]).learned
    assert not ConceptCourse("leakage", [life(1, 3), life(2, 6), life(8, None)]).learned
    assert not ConceptCourse("leakage", [life(1, 3), life(2, 6), life(8, 9, with_file=True)]).learned


def test_recurring_is_what_came_up_in_several_commits() -> None:
    assert ConceptCourse("leakage", [life(1, 2), life(3, 4), life(5, None)]).recurs
    assert not ConceptCourse("leakage", [life(1, 2), life(1, 2), life(1, None)]).recurs
    assert not ConceptCourse("leakage", [life(None, 2), life(None, 3), life(None, None)]).recurs


def test_days_are_the_median_of_what_came_up_and_was_mended() -> None:
    assert ConceptCourse("leakage", [life(1, 2), life(1, 4), life(1, 9), life(None, 20), life(3, None)]).days == 3
    assert ConceptCourse("leakage", [life(None, 20)]).days is None


def test_next_is_what_is_open_and_came_up_lately() -> None:
    lives = (life(1, None, "order"), life(28, None, "leakage"), life(1, 2, "secrets"), life(None, 2, "secrets"))
    told = learning(Course(lives, TREND))
    assert [one.name for one in told.next] == ["leakage", "order"]
    assert told.recurring == []
