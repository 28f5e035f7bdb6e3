"""The problem statement of a whole project: the best one of its texts, completed by what the others answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from readiness.facts.framing import answers_of, framing
from readiness.facts.texts import StatementFact


@dataclass(frozen=True, slots=True)
class Statement:
    """What conditions may ask of the statement."""

    path: str
    title: str
    place: int
    words: int
    sentences: int
    answers: tuple[str, ...]
    """The questions that the texts of the project answer, or the description of the change."""
    missing: tuple[str, ...]
    """What no text says, in words."""
    promises: tuple[str, ...]
    buzzwords: tuple[str, ...]
    aims_at_score: bool
    legible: bool

    @classmethod
    def of(cls, path: str, best: StatementFact, all_told: Iterable[StatementFact], description: str) -> Self:
        """The statement at the best place; `all_told` are those of all texts, that one too."""
        told = {answer for fact in all_told for answer in fact.answers} | set(answers_of(description))
        questions = framing().questions
        return cls(
            path=path,
            title=best.title,
            place=best.place,
            words=best.words,
            sentences=best.sentences,
            answers=tuple(one.id for one in questions if one.id in told),
            missing=tuple(one.title for one in questions if one.id not in told),
            promises=best.promises,
            buzzwords=best.buzzwords,
            aims_at_score=best.aims_at_score,
            legible=best.legible,
        )
