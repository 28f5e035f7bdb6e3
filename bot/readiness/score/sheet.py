"""The score sheet: the 28 tests and what earns them, from `rules/knowledge/ml-test-score.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any

from pydantic import Field

from readiness.rulebook import knowledge
from readiness.rulebook.operators import Strict
from readiness.rulebook.parts import FilesExample, Link, Sentence, Word

NAME = "ml-test-score"
Points = Annotated[float, Field(ge=0, le=1, multiple_of=0.5)]
PER_SECTION = 7


class Sign(Strict):
    """Something to look for, written as a rule without its texts, and what it shows."""

    what: str = Field(min_length=1)
    find: dict[str, Any]


class Evidence(Sign):
    """A sign that earns a test half a point or a whole one."""

    earns: Points
    full_with: tuple[Word, ...] = Field(default=(), description="Signs without which it earns half.")
    only_with: tuple[Word, ...] = Field(default=(), description="Signs without which it earns nothing.")
    named_by: Word = Field(default="", description="The sign whose `$1` must be in the `$FILE` that a notebook writes.")
    silent: tuple[Word, ...] = Field(default=(), description="Rules that find something if the evidence is none.")


class SheetExample(FilesExample):
    """A small project and what it earns."""

    points: Points


class ScoreTest(Strict):
    """One of the 28 tests."""

    id: Annotated[str, Field(pattern="^[DMIN][1-7]$")]
    title: str
    question: Annotated[str, Field(pattern=r"\?$")]
    next_step: Sentence
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    examples: tuple[SheetExample, ...] = Field(min_length=2)


class Section(Strict):
    """The seven tests of one part of a system."""

    id: Word
    title: str
    tests: tuple[ScoreTest, ...]


class Reading(Strict):
    """What a score means, from this many points on."""

    above: float
    means: Sentence


class Sheet(Strict):
    """All tests, and the signs that several of them share."""

    about: str
    source: Link
    in_notebook: Points = Field(description="What evidence in a notebook earns at most: a person has to run it.")
    trains: Sign
    shared: dict[Word, Sign]
    readings: tuple[Reading, ...]
    sections: tuple[Section, ...]

    def signs(self) -> Iterator[tuple[str, tuple[str | int, ...], Sign]]:
        """Every sign with its name and its place in the file."""
        yield "trains", ("trains",), self.trains
        for name, sign in self.shared.items():
            yield name, ("shared", name), sign
        for s, section in enumerate(self.sections):
            for t, test in enumerate(section.tests):
                for e, evidence in enumerate(test.evidence):
                    yield name_of(test, e), ("sections", s, "tests", t, "evidence", e), evidence


def name_of(test: ScoreTest, number: int) -> str:
    """The name of a piece of evidence of a test."""
    return f"{test.id}.{number + 1}"


def name_of_silent(rule: str) -> str:
    """The name under which a rule is asked whether it finds nothing."""
    return f"silent.{rule}"


@cache
def read_sheet() -> Sheet:
    """The sheet that comes with the tool."""
    return knowledge.validated(knowledge.read(NAME), Sheet)
