"""The problem statement of a whole project or of a change: the best one of the texts, completed by what the others answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import Self

from readiness.facts.document import README
from readiness.facts.framing import answers_of, described_in, framing
from readiness.facts.hit import Hit
from readiness.facts.model import FileFacts
from readiness.facts.sorts import Role
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


class Statements:
    """The texts of a project that say what it is for, with what the author of a change says about it."""

    def __init__(self, files: Sequence[FileFacts], description: str) -> None:
        self._files = files
        self._description = description

    @cached_property
    def best(self) -> tuple[FileFacts, Hit, Statement] | None:
        """What the project says that it is for, with the file that says it at the best place."""
        if not self._told:
            return None
        facts, best = min(self._told, key=lambda pair: (pair[1].place, pair[0].path))
        return facts, best.hit, self._completed(facts.path, best)

    @cached_property
    def of_change(self) -> Statement | None:
        """What the description of the change says that it is for, or the project where that is the better place.

        The title names the place, since what is said of it stands somewhere else.
        """
        described = described_in(self._description)
        if self.best is None or (described and described.place <= self.best[2].place):
            return self._completed("", described) if described else None
        path, here = self.best[0].path, self.best[2]
        understood = here.legible and (described is None or described.legible)
        return replace(here, title=f"{here.title} ({path})" if here.title else path, legible=understood)

    def _completed(self, path: str, best: StatementFact) -> Statement:
        return Statement.of(path, best, [fact for _, fact in self._told], self._description)

    @cached_property
    def _told(self) -> list[tuple[FileFacts, StatementFact]]:
        told = [(facts, fact) for facts in self._files if facts.role is Role.SOURCE and (fact := _told_in(facts))]
        return [pair for pair in told if not self._tells_of_a_folder(pair[0])]

    def _tells_of_a_folder(self, facts: FileFacts) -> bool:
        """Whether it is a README below another one: it tells of a part of the project."""
        folder = PurePosixPath(facts.path).parent
        return _is_readme(facts) and not self._folders_with_readme.isdisjoint(folder.parents)

    @cached_property
    def _folders_with_readme(self) -> frozenset[PurePosixPath]:
        return frozenset(PurePosixPath(facts.path).parent for facts in self._files if _is_readme(facts))


def _told_in(facts: FileFacts) -> StatementFact | None:
    holder = facts.document or facts.notebook
    return holder.statement if holder else None


def _is_readme(facts: FileFacts) -> bool:
    return facts.document is not None and facts.document.type == README
