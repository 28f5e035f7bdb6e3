"""What every format says in the same words."""

from __future__ import annotations

from collections.abc import Sequence

from readiness.mentor.report import Concept, Mentoring, next_point
from readiness.modelcard.slots import Answer
from readiness.report._text import counted
from readiness.score.sheet import PER_SECTION
from readiness.score.words import number

TITLES = {
    "works": "What works",
    "first": "Begin here",
    "questions": "Questions that a senior reviewer will ask",
    "cards": "Model card",
    "score": "ML Test Score",
    "others": "Everything else",
}


def scope(told: Mentoring) -> str:
    """What was looked at."""
    of = f"the change since {told.base[:7]}" if told.base else "the project"
    return f"Seen: {of}, {counted(told.report.analysed, 'file')}, {counted(len(told.report.rules), 'rule')}."


def nothing_missing() -> str:
    """What is said where nothing has to be mended."""
    return "Nothing has to be mended."


def concept_title(concept: Concept, told: Mentoring) -> str:
    """The heading of the lesson."""
    return f"The concept of this {'change' if told.base else 'project'}: {concept.lesson.title}"


def idea(concept: Concept) -> str:
    """The first paragraph of the lesson, as one line."""
    return " ".join(concept.lesson.lead.split("\n\n")[0].split())


def more_about(concept: Concept) -> str:
    """Where the rest of the lesson is, and how many places beside the one that is shown are about it."""
    others = concept.places - 1
    about = f"{counted(others, 'other place')} {'is' if others == 1 else 'are'} about it. " if others else ""
    return f"{about}The whole lesson: `readiness lesson {concept.lesson.concept}`"


def mismatches(count: int) -> str:
    """What is said above the places where a card and the rest of the project disagree."""
    return f"{counted(count, 'statement')} of a card {'is' if count == 1 else 'are'} not what the project has:"


def no_card() -> str:
    """What is said of a project that trains a model and has no card."""
    return "No model card was found. Begin one from the training code: `readiness card new`"


def state(answer: Answer) -> str:
    """How a card answers one question, with what the answer lacks."""
    return f"{answer.state}, {answer.note}" if answer.note else str(answer.state)


def shown_answers(answers: Sequence[Answer]) -> list[Answer]:
    """The questions whose answer is worth a line: what the card could not be read for is none."""
    return [answer for answer in answers if answer.state != "not understood"]


def score_title(told: Mentoring) -> str:
    """The score in one line; it is never that of a change."""
    return f"{TITLES['score']} of the whole project: {number(told.score.points)} of {PER_SECTION}"


def next_point_sentence(told: Mentoring) -> str:
    """The cheapest step in the section that decides."""
    cell = next_point(told.score)
    section = told.score.weakest.section.title
    return (
        f"The weakest section decides ({section}). Next: {cell.test.next_step}" if cell else f"{section} is complete."
    )
