"""The lessons that rules belong to: `rules/lessons/<concept>.md`, read into the parts that texts and tests need.

A full lesson has the sections of `SECTIONS`, in this order; a short one is a title, a few sentences and a term to search for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from readiness.errors import UsageError
from readiness.rulebook.builtin import builtin_rules
from readiness.rulebook.files import LESSONS
from readiness.rulebook.mistakes import did_you_mean
from readiness.source.markdown import tokens

SECTIONS = ("What happened", "The idea", "Before", "After", "Exercise", "Read on")
SNIPPET = "snippet.py"
_FILE = "file="
_TERM = re.compile(r"^Term to search for: \*([^*]+)\*", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: the file that it stands for, its language and its text."""

    path: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """What stands below a heading: its Markdown, and the fenced blocks in it."""

    title: str
    text: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Lesson:
    """One concept; `lead` is the text between its title and the first section."""

    concept: str
    title: str
    lead: str
    text: str
    sections: tuple[Section, ...] = ()

    @property
    def idea(self) -> str:
        """The concept in a sentence or two: the first paragraph."""
        return " ".join(self.lead.partition("\n\n")[0].split())

    @property
    def term(self) -> str:
        """What to search for."""
        found = _TERM.search(self.text)
        return found[1] if found else ""

    @property
    def full(self) -> bool:
        """Whether it has a story, code before and after, and an exercise."""
        return bool(self.sections)

    def section(self, title: str) -> Section:
        """The section with this title, which every full lesson has."""
        return next(section for section in self.sections if section.title == title)


def concepts() -> tuple[str, ...]:
    """The names of all lessons."""
    return tuple(sorted(_files()))


def find_lesson(concept: str) -> Lesson:
    """The lesson about a concept."""
    files = _files()
    if concept not in files:
        advice = did_you_mean(concept, sorted(files)) or "`readiness lesson` lists them."
        raise UsageError(f"no lesson is called `{concept}`", advice=advice)
    return read_lesson(concept, files[concept].read_text(encoding="utf-8"))


def read_lesson(concept: str, text: str) -> Lesson:
    """A lesson from its Markdown."""
    title, lead, *sections = _parts(text)
    return Lesson(concept, title.title, lead.text, text, tuple(sections))


@cache
def _files() -> dict[str, Traversable]:
    folder = builtin_rules().joinpath(LESSONS)
    return {file.name.removesuffix(".md"): file for file in folder.iterdir() if file.name.endswith(".md")}


def _parts(text: str) -> Iterator[Section]:
    """The title, what stands below it, and the sections."""
    lines = text.splitlines()
    marks = tokens(text)
    headings = [
        (mark.map[0], mark.map[1], marks[at + 1].content)
        for at, mark in enumerate(marks)
        if mark.type == "heading_open" and mark.map
    ]
    ends = [start for start, _, _ in headings[1:]] + [len(lines)]
    blocks = [(mark.map[0], _block(mark.info, mark.content)) for mark in marks if mark.type == "fence" and mark.map]
    for (start, after, title), end in zip(headings, ends, strict=True):
        inside = tuple(block for line, block in blocks if start < line < end)
        section = Section(title, "\n".join(lines[after:end]).strip(), inside)
        if start == headings[0][0]:
            yield Section(title, "")
            yield Section("", section.text)
        else:
            yield section


def _block(info: str, text: str) -> Block:
    language, *options = info.split()
    files = [option.removeprefix(_FILE) for option in options if option.startswith(_FILE)]
    return Block(files[0] if files else SNIPPET, language, text)
