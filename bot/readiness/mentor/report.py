"""The mentoring report: what a senior colleague would say of a project or a change, in the order of saying it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from readiness.errors import UsageError
from readiness.finding import Finding, Stage
from readiness.judge.report import Report, RuleInfo
from readiness.mentor.lessons import Lesson, find_lesson
from readiness.modelcard.tables import Tables
from readiness.report._text import counted
from readiness.report._verdict import Verdict, verdict
from readiness.review.ranking import by_importance
from readiness.score.tally import Cell, Score

MOST_FIRST = 3
MOST_QUESTIONS = 3
ASKING_PILLARS = ("ethics", "framing")
"""What their rules say is a question that no file can answer."""
LEFT_BEHIND = "M7"
"""The test of the ML Test Score whose question is asked of every model: whom it could fail."""
_MEASURED_IN = ("M6", LEFT_BEHIND)
"""The tests whose evidence answers it."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a senior reviewer will ask, and the place that raises it."""

    text: str
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Concept:
    """The one idea that this report teaches, shown at a place of the project itself."""

    lesson: Lesson
    finding: Finding
    places: int


@dataclass(frozen=True, slots=True)
class Mentoring:
    """All that a format says, decided."""

    report: Report
    base: str
    """The commit that a change is compared with; empty for a whole project."""
    verdict: Verdict
    works: Sequence[Finding]
    first: Sequence[Finding]
    questions: Sequence[Question]
    cards: Tables
    mismatches: Sequence[Finding]
    """Where a card states what the rest of the project contradicts."""
    score: Score
    concept: Concept | None
    others: Sequence[Finding]
    """What is neither mended first nor asked."""

    @property
    def rules(self) -> Mapping[str, RuleInfo]:
        """What is told about the rules that ran, by id."""
        return {rule.id: rule for rule in self.report.rules}


def mentoring(
    report: Report, works: Sequence[Finding], cards: Tables, score: Score, *, stage: Stage, base: str = ""
) -> Mentoring:
    """Choose what is said first, what is asked and what is taught."""
    ranked = sorted(report.findings, key=by_importance)
    first = _first(ranked)
    questions = list(_questions(ranked, first, score))[:MOST_QUESTIONS]
    rules = {rule.id: rule for rule in report.rules}
    told = {finding.fingerprint for finding in (*first, *(one.finding for one in questions if one.finding))}
    return Mentoring(
        report=report,
        base=base,
        verdict=_verdict(report, stage),
        works=works,
        first=first,
        questions=questions,
        cards=cards,
        mismatches=[one for one in ranked if one.rule in rules and rules[one.rule].compares_card],
        score=score,
        concept=_concept(ranked, rules),
        others=[finding for finding in ranked if finding.fingerprint not in told],
    )


def next_point(score: Score) -> Cell | None:
    """What raises the score with the least effort: in the weakest section, a test that is half done before one not begun."""
    open_tests = [cell for cell in score.weakest.cells if cell.points < 1]
    return max(open_tests, key=lambda cell: cell.points, default=None)


def _verdict(report: Report, stage: Stage) -> Verdict:
    told = verdict(report)
    if told.word != "ready" or stage is not Stage.EXPLORATION:
        return told
    return Verdict("draft", f"Advice for a draft only: {counted(len(report.findings), 'thing')} to look at.")


def _first(ranked: Sequence[Finding]) -> list[Finding]:
    """The most important findings that are no questions, each of another rule."""
    of_rule: dict[str, Finding] = {}
    for finding in ranked:
        if finding.pillar not in ASKING_PILLARS:
            of_rule.setdefault(finding.rule, finding)
    return list(of_rule.values())[:MOST_FIRST]


def _questions(ranked: Sequence[Finding], first: Sequence[Finding], score: Score) -> Iterator[Question]:
    """Whom a model could leave behind, then what the project's own words and code raise, then what the weakest section lacks."""
    cells = {cell.test.id: cell for part in score.parts for cell in part.cells}
    if score.trains is not None and not any(cells[name].points for name in _MEASURED_IN):
        yield Question(cells[LEFT_BEHIND].test.question)
    asked: set[str] = set()
    for finding in ranked:
        if finding.pillar in ASKING_PILLARS and finding.rule not in asked:
            asked.add(finding.rule)
            yield Question(finding.message, finding)
    if score.trains is not None:
        yield from (Question(cell.test.question) for cell in score.weakest.cells if not cell.points)


def _concept(ranked: Sequence[Finding], rules: Mapping[str, RuleInfo]) -> Concept | None:
    """The concept of most findings, a severe one counting more; shown at the most important of them, with its code if known."""
    taught = [finding for finding in ranked if finding.rule in rules]
    shown = [finding for finding in taught if finding.source_lines] or taught
    weights: Counter[str] = Counter()
    for finding in shown:
        weights[rules[finding.rule].lesson] += finding.severity
    for name, _ in weights.most_common():
        lesson = _lesson(name)
        if lesson is not None:
            first = next(one for one in shown if rules[one.rule].lesson == name)
            return Concept(lesson, first, sum(rules[one.rule].lesson == name for one in taught))
    return None


def _lesson(name: str) -> Lesson | None:
    """The lesson of that name; the rules of a team may name one that nobody has written."""
    try:
        return find_lesson(name)
    except UsageError:
        return None
