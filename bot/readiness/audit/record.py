"""What an audit keeps of one repository, as JSON in a file of its own; nothing in it is about a person."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from readiness.audit.sources import Source
from readiness.whole_file import replace_file

_SHARED = 0o666
"""As far as the user's mask lets it be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One repository: why it could not be audited, or what was found in the newest commit."""

    name: str
    address: str
    failure: str = ""
    commit: str = ""
    analysed: int = 0
    """Files."""
    unread: int = 0
    """Files that could not be analysed, or not to their end."""
    severities: dict[str, int] = field(default_factory=dict)
    rules: dict[str, int] = field(default_factory=dict)
    """Findings by rule."""
    concepts: dict[str, int] = field(default_factory=dict)
    """Findings by what there is to learn."""
    trains: bool = False
    """Code that trains a model was seen."""
    cards: int = 0
    """Model cards."""
    score: dict[str, float] = field(default_factory=dict)
    """Points of the ML Test Score by section."""

    @property
    def findings(self) -> int:
        """All of them."""
        return sum(self.rules.values())

    @property
    def points(self) -> float:
        """The ML Test Score: no section makes up for another."""
        return min(self.score.values(), default=0.0)

    @property
    def weakest(self) -> list[str]:
        """The sections that decide."""
        return [section for section, points in self.score.items() if points == self.points]


@dataclass(frozen=True, slots=True)
class _Kept:
    by: str
    record: Record


@dataclass(frozen=True, slots=True)
class Records:
    """The records of an audit in a folder; `by` tells the rules and the program that they were made with."""

    folder: Path
    by: str

    def read(self, source: Source) -> Record | None:
        """What was found in a repository; none if it failed, was not reached, or other rules found it."""
        try:
            kept = msgspec.json.decode(self._place(source).read_bytes(), type=_Kept)
        except (OSError, msgspec.DecodeError):
            return None
        is_it = (kept.by, kept.record.name, kept.record.address) == (self.by, source.name, source.address)
        return kept.record if is_it and not kept.record.failure else None

    def keep(self, source: Source, record: Record) -> None:
        """Write it, whole or not at all."""
        write_result(self._place(source), msgspec.json.encode(_Kept(self.by, record)))

    def _place(self, source: Source) -> Path:
        word = re.sub(r"[^A-Za-z0-9]+", "-", source.name).strip("-")[:60]
        digest = hashlib.sha256(source.address.encode("utf-8", "surrogateescape")).hexdigest()[:12]
        return self.folder / f"{word}-{digest}.json"


def write_result(place: Path, content: bytes) -> None:
    """Write a file of the results, which whoever may read the folder may read."""
    place.parent.mkdir(parents=True, exist_ok=True)
    replace_file(place, content, mode=_SHARED)
