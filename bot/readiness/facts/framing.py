"""What `rules/knowledge/framing.yaml` knows of problem statements, and the statement that a text makes by it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from typing import Any

from readiness.facts.hit import Hit
from readiness.facts.phrases import any_of, phrases_of, simplified
from readiness.facts.texts import StatementFact
from readiness.finding import Location
from readiness.rulebook import knowledge
from readiness.source.document import LABEL_LEVEL, DocumentSource, Section

OWN_DOCUMENT, SECTION, OPENING, CARD, NOTEBOOK = range(5)
"""Where a statement stands, best place first: a document of its own, a section, the first lines, a model card, a cell."""
DESCRIPTION = "description.md"
"""What the description of a change is called while it is read."""

_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|<[^<>]*>|[*_#>]+")
_LINK = re.compile(r"!?\[[^\]]*\]\([^)]*\)")
_CODE_SPAN = re.compile(r"(`+)[^`].*?\1")
_NEW_ITEM = re.compile(r"^\s*(?:[-*+|]|\d+[.)])\s*")
_SENTENCE_END = re.compile(r"[.!?]+(?=\s|$)")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that a problem statement says."""

    id: str
    title: str
    says: re.Pattern[str]
    anywhere: bool
    """It may stand anywhere in the document, and not only where the goal is told."""


@dataclass(frozen=True, slots=True)
class Framing:
    """The knowledge file, compiled."""

    least_words: int
    paths: re.Pattern[str]
    headings: re.Pattern[str]
    background: re.Pattern[str]
    """Whole headings under which the goal may be told."""
    other_headings: re.Pattern[str]
    common: re.Pattern[str]
    least_common: float
    questions: tuple[Question, ...]
    scores: re.Pattern[str]
    score_targets: re.Pattern[str]
    promises: dict[str, re.Pattern[str]]
    denied: re.Pattern[str]
    buzzwords: re.Pattern[str]
    other_words: re.Pattern[str]

    def is_statement_path(self, path: str) -> bool:
        """Whether a document states the problem from the first line to the last."""
        return self.paths.search(path.lower()) is not None

    def announces(self, title: str) -> int | None:
        """How plainly a heading announces what the project is for, from 0 on; None if it does not."""
        plain = self.other_headings.sub(" ", simplified(title))
        if self.headings.search(plain):
            return 0
        return 1 if self.background.fullmatch(plain) else None

    def answers(self, goal: str, everything: str) -> tuple[str, ...]:
        """The questions that are answered where the goal is told, or anywhere."""
        target = self.scores.sub(" ", goal)
        return tuple(one.id for one in self.questions if one.says.search(everything if one.anywhere else target))

    def promised(self, text: str) -> tuple[str, ...]:
        """What the text promises of predictions, and does not take back in the same sentence."""
        return tuple(name for name, pattern in self.promises.items() if self._is_promised(pattern, text))

    def buzzwords_in(self, goal: str) -> tuple[str, ...]:
        """The words that say nothing, each once."""
        return tuple(dict.fromkeys(found[0] for found in self.buzzwords.finditer(self.other_words.sub(" ", goal))))

    def is_english(self, text: str) -> bool:
        """Whether the text is in the one language that is understood."""
        return len(self.common.findall(text)) >= self.least_common * len(_WORD.findall(text))

    def _is_promised(self, pattern: re.Pattern[str], text: str) -> bool:
        return any(not self.denied.search(text[: found.start()]) for found in pattern.finditer(text))


@cache
def framing() -> Framing:
    """The built-in knowledge of problem statements."""
    data: dict[str, Any] = knowledge.read("framing").value
    score = data["score"]
    return Framing(
        least_words=data["least_words"],
        paths=any_of(data["paths"]),
        headings=phrases_of(data["headings"]),
        background=phrases_of(data["background"]),
        other_headings=phrases_of(data["except_headings"]),
        common=phrases_of(data["common"]),
        least_common=data["least_common"],
        questions=tuple(_question(name, entry) for name, entry in data["questions"].items()),
        scores=any_of(pattern.replace("{score}", score) for pattern in data["scores"]),
        score_targets=any_of(pattern.replace("{score}", score) for pattern in data["score_targets"]),
        promises={name: any_of(patterns) for name, patterns in data["promises"].items()},
        denied=any_of([data["denied"]]),
        buzzwords=phrases_of(chain.from_iterable(entry["words"] for entry in data["buzzwords"])),
        other_words=phrases_of(data["except_buzzwords"]),
    )


def _question(name: str, entry: dict[str, Any]) -> Question:
    return Question(name, entry["title"], any_of(entry["says"]), entry.get("anywhere", False))


def statement_of(
    source: DocumentSource, hit: Callable[[int], Hit], *, place: int | None = None
) -> StatementFact | None:
    """The problem statement of a document, or None if it makes none; `hit` gives the place of a line."""
    known = framing()
    goals = _goals(source)
    whole = _lines(source, 1, len(source.lines))
    is_own = place is None and known.is_statement_path(source.path)
    told = whole if is_own else _lines_of(source, goals)
    goal, everything = _text(source, told), _text(source, whole)
    if len(_WORD.findall(goal)) < known.least_words:
        return None
    named = goals[0] if goals and not is_own else None
    plainest = _text(source, _lines(source, named.first, named.end)) if named else goal
    usual = OWN_DOCUMENT if is_own else SECTION if goals else OPENING
    return StatementFact(
        title=named.title if named else source.title,
        hit=hit(named.line if named else told[0]),
        place=usual if place is None else place,
        words=len(_WORD.findall(plainest)),
        sentences=sum(bool(_WORD.search(part)) for part in _SENTENCE_END.split(plainest)),
        answers=known.answers(goal, everything),
        promises=known.promised(goal),
        buzzwords=known.buzzwords_in(goal),
        aims_at_score=known.score_targets.search(goal) is not None,
        legible=known.is_english(everything),
    )


def _goals(source: DocumentSource) -> list[Section]:
    """The sections that tell what the project is for, the plainest heading first."""
    ranked = [(framing().announces(section.title), section) for section in source.sections]
    spoken = [(rank, one) for rank, one in ranked if rank is not None and _is_spoken(source, one)]
    return [section for _, section in sorted(spoken, key=lambda pair: (pair[0], pair[1].line))]


def _is_spoken(source: DocumentSource, section: Section) -> bool:
    is_title = section.level == 1 and section.end == len(source.lines)
    return section.level < LABEL_LEVEL and not is_title and bool(source.prose_between(section.first, section.end))


def _lines_of(source: DocumentSource, goals: Sequence[Section]) -> list[int]:
    """The lines of the goals, and those below the title or before any heading."""
    headings = [section for section in source.sections if section.level < LABEL_LEVEL]
    opening = headings[1].line - 1 if len(headings) > 1 else len(source.lines)
    spans = [(1, opening), *((section.first, section.end) for section in goals)]
    return sorted({line for first, last in spans for line in _lines(source, first, last)})


def _lines(source: DocumentSource, first: int, last: int) -> list[int]:
    return [line for line, _ in source.prose_between(first, last)]


def _text(source: DocumentSource, lines: Sequence[int]) -> str:
    """Lines as plain sentences, in the form in which patterns are compared; each item of a list is one."""
    return simplified("\n".join(_plain(source.prose[line - 1]) for line in lines))


def _plain(line: str) -> str:
    """A line without markup; one that holds links alone names what others wrote, and tells nothing."""
    if not _WORD.search(_LINK.sub(" ", _NEW_ITEM.sub("", line))):
        return ""
    return _MARKUP.sub(lambda markup: markup[1] or " ", _CODE_SPAN.sub(" ", _NEW_ITEM.sub(". ", line)))


def answers_of(text: str) -> Iterator[str]:
    """The questions that a short text of its own answers, such as the description of a pull request."""
    source = DocumentSource.parse(DESCRIPTION, text)
    plain = _text(source, _lines(source, 1, len(source.lines)))
    yield from framing().answers(plain, plain)


def described_in(text: str) -> StatementFact | None:
    """The problem statement that the description of a change makes; it stands in no file, and is called what it is."""
    told = statement_of(DocumentSource.parse(DESCRIPTION, text), lambda line: Hit(Location(DESCRIPTION, line)))
    return told and replace(told, title=f"{told.title} (description)" if told.title else "Description")
