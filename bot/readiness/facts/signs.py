"""What a README says that its folder is for, by signs in `rules/knowledge/`: courses and libraries have no goal of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import PurePosixPath
from typing import Any

from readiness.facts.phrases import any_of, simplified
from readiness.rulebook import knowledge
from readiness.source.document import DocumentSource

OPENING = 1_500
"""So many characters of a README say what it is about, once pictures, tags and addresses are out of it."""
OPENING_WITH_MARKUP = 8 * OPENING

_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_ENTRY = re.compile(r"(?m)^\s*(?:[-*+]|\d+\.)\s+\[[^\]]*\]\([^)]*\)\s*$")
"""A line of a table of contents."""
_MARKUP = re.compile(r"\[([^\]]*)\]\([^)]*\)|<[^<>]*>|[*_`#>]+")


@dataclass(frozen=True)
class Signs:
    """A knowledge file with signs of one sort of project; what only READMEs are asked for is compiled with the first of them."""

    written: dict[str, Any]

    @cached_property
    def title(self) -> re.Pattern[str]:
        """What a README's title says."""
        return any_of(self.written["title"])

    @cached_property
    def opening(self) -> re.Pattern[str]:
        """What its first words say."""
        return any_of(self.written["opening"])

    @cached_property
    def folders(self) -> re.Pattern[str]:
        """How folders are called."""
        return any_of(self.written["folders"])

    @cached_property
    def _others(self) -> re.Pattern[str]:
        return any_of(self.written["except"])

    def is_said_by(self, readme: DocumentSource) -> bool:
        """Whether a README says that what lies beside it is of this sort."""
        titles = [section.title for section in readme.sections if section.level == 1]
        text = "\n".join([*titles, *readme.prose])[:OPENING_WITH_MARKUP]
        opening = self._plain(_ENTRY.sub("", text))[:OPENING]
        return bool(self.title.search(self._plain(readme.title)) or self.opening.search(opening))

    def is_named_by(self, path: str) -> bool:
        """Whether a folder above a file has a name that says so."""
        return any(self.folders.fullmatch(part.lower()) for part in PurePosixPath(path).parts[:-1])

    def _plain(self, text: str) -> str:
        text = _MARKUP.sub(lambda markup: markup[1] or "", _PICTURE.sub("", text))
        return self._others.sub(" ", simplified(text)).strip()


def teaching() -> Signs:
    """Signs of courses, books, tutorials and collections of examples."""
    return _signs("teaching")


def library() -> Signs:
    """Signs of libraries, tools, templates and research code."""
    return _signs("library")


@cache
def _signs(name: str) -> Signs:
    return Signs(knowledge.read(name).value)
