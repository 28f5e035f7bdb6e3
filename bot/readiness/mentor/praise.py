"""Praise from evidence: what was done well, with its file and line, as `rules/knowledge/praise.yaml` describes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from pydantic import Field

from readiness.collect.git import Changes
from readiness.engine.rulebooks import kept_or_made
from readiness.finding import Finding
from readiness.rulebook import knowledge
from readiness.rulebook.book import Rulebook
from readiness.rulebook.operators import Strict
from readiness.rulebook.parts import FilesExample, Sentence, Word
from readiness.rulebook.schema import Rule

NAME = "praise"
MOST = 2
"""More would be a habit, and a habit is not believed."""


class PraiseExample(FilesExample):
    """A small project, and whether there is something to praise."""

    seen: bool


class Detector(Strict):
    """One thing that is worth a word, and how it is found."""

    id: Word
    lesson: Word
    says: Sentence
    find: dict[str, Any]
    examples: tuple[PraiseExample, ...] = Field(min_length=2)


class Detectors(Strict):
    """All of them, the most telling first."""

    about: str
    praise: tuple[Detector, ...]


@cache
def detectors() -> tuple[Detector, ...]:
    """What is looked for."""
    return knowledge.validated(knowledge.read(NAME), Detectors).praise


def praised(found: Iterable[Finding], changes: Changes | None = None) -> tuple[Finding, ...]:
    """The few that are told, each of another sort; of a change only what it brought."""
    rank = {rule.id: number for number, rule in enumerate(praise_rules())}
    new = [finding for finding in found if changes is None or _is_new(finding, changes)]
    first: Mapping[str, Finding] = {
        finding.rule: finding for finding in sorted(new, key=lambda finding: finding.location, reverse=True)
    }
    return tuple(sorted(first.values(), key=lambda finding: rank[finding.rule])[:MOST])


def _is_new(finding: Finding, changes: Changes) -> bool:
    place = finding.location
    file = changes.files.get(place.path)
    return file is not None and file.touches(place.file_line, place.file_end_line)


@cache
def praise_rules() -> tuple[Rule, ...]:
    """What looks for it."""
    return kept_or_made(_read, NAME).rules


def _read() -> Rulebook:
    from readiness.rulebook.unspoken import unspoken_rule  # which brings the compiler and libcst

    yaml = knowledge.read(NAME)
    return Rulebook(
        tuple(
            unspoken_rule(
                one.id,
                one.id,
                {"message": one.says, "lesson": one.lesson, **one.find},
                yaml.below(("praise", at, "find")),
            )
            for at, one in enumerate(detectors())
        )
    )
