"""What the summary says beyond the findings, as `readiness mentor` says it: questions, the score, the concept. All of it is folded."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from readiness.mentor.formats import markdown, words
from readiness.mentor.report import mentoring
from readiness.review.analysis import Analysis
from readiness.review.model import Pull
from readiness.review.render.words import details, linked_place


def advice(analysis: Analysis, pull: Pull) -> Iterator[str]:
    """One line for each part until somebody opens it; nothing for a change in which nothing was found."""
    if not analysis.report.findings:
        return
    told = mentoring(
        analysis.report, analysis.praise, analysis.cards, analysis.score, stage=analysis.stage, base=pull.merge_base
    )
    at = partial(linked_place, pull=pull)
    if told.mismatches:
        yield "\n".join(markdown.mismatches(told, at))
    if told.questions:
        yield details(words.TITLES["questions"], "\n".join(markdown.questions(told, at)))
    if told.score.trains:
        yield details(words.score_title(told), "\n".join(markdown.score(told)))
    if told.concept:
        yield details(words.concept_title(told.concept, told), "\n\n".join(markdown.concept(told.concept, at)))
