"""What an update does to a card: part by part, and the text that comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """What becomes of a part that a machine wrote."""

    SAME = "same"
    RENEWED = "renewed"
    EDITED = "edited by hand"

    @classmethod
    def of(cls, *, written: str, found: str, wanted: str) -> State:
        """By the digests of what was written, of what stands there and of what would be written now."""
        if found not in (written, wanted):
            return cls.EDITED
        return cls.SAME if written == found == wanted else cls.RENEWED


@dataclass(frozen=True, slots=True)
class Part:
    """One part, with the lines that it had and those that it would have now."""

    name: str
    line: int
    state: State
    old: tuple[str, ...]
    new: tuple[str, ...]
    is_stale: bool
    """It states something else than the files do; on which line of a file that stands does not matter."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """The text of a card with its parts renewed."""

    path: str
    text: str
    parts: tuple[Part, ...]

    @property
    def is_stale(self) -> bool:
        """Whether a part is."""
        return any(part.is_stale for part in self.parts)
