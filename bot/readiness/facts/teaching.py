"""Whether a folder teaches, by `rules/knowledge/teaching.yaml`: courses and examples are not made for production."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from readiness.facts.cards import simplified
from readiness.rulebook import knowledge
from readiness.source.document import DocumentSource

OPENING = 1_500
"""So many characters of a README say what it is about."""

_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|<[^<>]*>|[*_`#>]+")


@dataclass(frozen=True, slots=True)
class Teaching:
    """The knowledge file, compiled."""

    title: re.Pattern[str]
    opening: re.Pattern[str]
    folders: re.Pattern[str]
    others: re.Pattern[str]

    def is_said_by(self, readme: DocumentSource) -> bool:
        """Whether a README says that what lies beside it teaches."""
        opening = "\n".join(line for line in readme.prose if line.strip())[:OPENING]
        return bool(self.title.search(self._plain(readme.title)) or self.opening.search(self._plain(opening)))

    def is_named_by(self, path: str) -> bool:
        """Whether a folder above a file has a name that says so."""
        return any(self.folders.fullmatch(part.lower()) for part in PurePosixPath(path).parts[:-1])

    def _plain(self, text: str) -> str:
        return self.others.sub(" ", simplified(_MARKUP.sub(lambda markup: markup[1] or "", text)))


@cache
def teaching() -> Teaching:
    """The built-in knowledge of courses, books and tutorials."""
    data: dict[str, Any] = knowledge.read("teaching").value
    return Teaching(*map(_any, (data["title"], data["opening"], data["folders"], data["except"])))


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
