"""What a model card says under each slot, whatever format it is written in."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Passage:
    """One place of a card that is about a slot: its text without boilerplate and without what was never filled in."""

    text: str
    line: int
    section: str = ""
    placeholder: bool = False
    links: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands there, not even a placeholder."""
        return not self.text.strip() and not self.placeholder


@dataclass(frozen=True, slots=True)
class Card:
    """A model card that was read."""

    path: str
    format: str
    passages: dict[str, list[Passage]] = field(default_factory=dict)
    understood: bool = True
    """Its headings are in words of the knowledge; otherwise nothing in it is called missing."""

    def add(self, slot: str, passage: Passage) -> None:
        """Note that a passage is about a slot."""
        self.passages.setdefault(slot, []).append(passage)
