"""The mentoring report as one JSON object."""

from __future__ import annotations

import json

from readiness import __version__
from readiness.mentor.formats import words
from readiness.mentor.report import Concept, Mentoring, next_point
from readiness.modelcard.slots import Answer
from readiness.report._record import finding_record, skipped_record
from readiness.score.formats.json import score_record


def render(told: Mentoring) -> str:
    """`version, verdict, base, works, first, questions, cards, mismatches, score, next_point, concept, others, files`."""
    report = told.report
    cell = next_point(told.score)
    record = {
        "version": __version__,
        "verdict": {"word": told.verdict.word, "sentence": told.verdict.sentence},
        "base": told.base or None,
        "works": [finding_record(finding) for finding in told.works],
        "first": [finding_record(finding) for finding in told.first],
        "questions": [
            {"question": one.text, "finding": finding_record(one.finding) if one.finding else None}
            for one in told.questions
        ],
        "cards": [{"path": path, "slots": [_answer(one) for one in answers]} for path, answers in told.cards.items()],
        "mismatches": [finding_record(finding) for finding in told.mismatches],
        "score": score_record(told.score),
        "next_point": cell.test.id if cell else None,
        "concept": _concept(told.concept) if told.concept else None,
        "others": [finding_record(finding) for finding in told.others],
        "files": {"analysed": report.analysed, "skipped": [skipped_record(skipped) for skipped in report.skipped]},
    }
    return json.dumps(record, indent=2) + "\n"


def _answer(answer: Answer) -> dict[str, object]:
    return {"slot": answer.slot, "state": str(answer.state), "line": answer.line, "note": answer.note}


def _concept(concept: Concept) -> dict[str, object]:
    return {
        "concept": concept.lesson.concept,
        "title": concept.lesson.title,
        "idea": words.idea(concept),
        "places": concept.places,
        "finding": finding_record(concept.finding),
    }
