"""What a comment can teach about a rule: the idea of its lesson, and code before and after."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from readiness.mentor.lessons import SNIPPET, Block, Lesson, concepts, find_lesson
from readiness.rulebook.parts import BadExample
from readiness.rulebook.schema import Rule

MAX_LINES = 20
"""A longer example is studied on the page of the rule or of the lesson, not in a comment."""

Pair: TypeAlias = tuple[tuple[Block, ...], tuple[Block, ...]]
"""The files of an example before and after."""


@dataclass(frozen=True, slots=True)
class Teaching:
    """The idea behind a rule in a few sentences, and a worked example if a short one is known."""

    concept: str
    title: str
    idea: str
    term: str
    full: bool = False
    """Whether the lesson has an exercise."""
    before: tuple[Block, ...] = ()
    after: tuple[Block, ...] = ()


def teaching(rules: Iterable[Rule], wanted: Iterable[str]) -> Mapping[str, Teaching]:
    """What there is to teach about the wanted rules; nothing about one whose lesson a team keeps to itself."""
    chosen, known = set(wanted), set(concepts())
    return {rule.id: _teaching(rule) for rule in rules if rule.id in chosen and rule.lesson in known}


def _teaching(rule: Rule) -> Teaching:
    lesson = find_lesson(rule.lesson)
    before, after = _mended(rule) or _of_lesson(lesson) or ((), ())
    return Teaching(lesson.concept, lesson.title, lesson.idea, lesson.term, lesson.full, before, after)


def _mended(rule: Rule) -> Pair | None:
    """The rule's own example with what its fix makes of it; a good example need not be the mended form of a bad one."""
    for example in rule.examples:
        if isinstance(example, BadExample) and isinstance(example.program, str) and example.fixed:
            pair = (Block(SNIPPET, "python", example.program),), (Block(SNIPPET, "python", example.fixed),)
            if all(map(_is_short, pair)):
                return pair
    return None


def _of_lesson(lesson: Lesson) -> Pair | None:
    """The example of a full lesson, without the files that stay as they are beside one that changes."""
    if not lesson.full:
        return None
    before, after = (lesson.section(title).blocks for title in ("Before", "After"))
    same = set(before) & set(after)
    if {block.path for block in set(before) - same} & {block.path for block in set(after) - same}:
        before, after = (tuple(block for block in side if block not in same) for side in (before, after))
    return (before, after) if _is_short(before) and _is_short(after) else None


def _is_short(side: tuple[Block, ...]) -> bool:
    return sum(len(block.text.splitlines()) for block in side) <= MAX_LINES
