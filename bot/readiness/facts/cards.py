"""What `rules/knowledge/card-slots.yaml` knows of model cards: which heading answers what, and what is no answer."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from readiness.facts.phrases import any_of, phrases_of, simplified
from readiness.rulebook import knowledge

MIN_TEMPLATE_BLANKS = 3
MIN_CARDS = 4
"""A card names model cards once or twice, where it cites where their form comes from."""
_BLANK = re.compile(r"(?<!\$)\{\{[^{}\n]*\}\}")
_CARDS = re.compile(r"(?i)\bmodel cards\b")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_CODE_SPAN = re.compile(r"(`+)[^`].*?\1")
_CARD_TITLE = re.compile(r"model card(?:\s*(?:$|[:(|,—–-])|\s+(?:for|of|de|del|do|da|du|für)\b|\s+v?\d)")


@dataclass(frozen=True, slots=True)
class Slot:
    """One question that a model card answers."""

    id: str
    title: str
    headings: re.Pattern[str]
    others: re.Pattern[str] | None
    """Phrases that hold a word of this slot and mean another thing."""
    body: re.Pattern[str] | None

    def is_named_by(self, plain: str) -> bool:
        """Whether a simplified heading is about this slot."""
        return self.headings.search(self.others.sub(" ", plain) if self.others else plain) is not None


@dataclass(frozen=True, slots=True)
class CardPaths:
    """What the path of a file says of it."""

    cards: re.Pattern[str]
    templates: re.Pattern[str]

    def is_card(self, path: str) -> bool:
        """Whether a file is a model card, in whatever format."""
        return self.cards.search(path.lower()) is not None

    def is_template(self, path: str) -> bool:
        """Whether a card is a form for cards."""
        return self.templates.search(path.lower()) is not None


@dataclass(frozen=True, slots=True)
class CardKnowledge:
    """The knowledge file, compiled."""

    slots: tuple[Slot, ...]
    groups: re.Pattern[str]
    gaps: re.Pattern[str]
    placeholder_line: re.Pattern[str]
    placeholder_anywhere: re.Pattern[str]
    placeholder_section: re.Pattern[str]
    boilerplate: frozenset[str]
    paths: CardPaths
    front_matter: frozenset[str]

    def slots_of(self, title: str) -> tuple[str, ...]:
        """The slots that a heading names; one heading may name several."""
        plain = simplified(title)
        return tuple(slot.id for slot in self.slots if slot.is_named_by(plain))

    def slots_in(self, text: str) -> tuple[str, ...]:
        """The slots that sentences answer, whatever heading they stand under."""
        plain = simplified(text)
        return tuple(slot.id for slot in self.slots if slot.body and slot.body.search(plain))

    def declares_gap(self, text: str) -> bool:
        """Whether the text admits that something was not done."""
        return self.gaps.search(simplified(text)) is not None

    def names_group(self, text: str) -> bool:
        """Whether the text speaks of groups that a model may treat differently."""
        return self.groups.search(simplified(text)) is not None

    def placeholder_in(self, line: str) -> str:
        """What a line of text holds that was never filled in; "" if it is filled in."""
        if not line.strip():
            return ""
        if self.placeholder_line.fullmatch(line):
            return " ".join(line.split())
        inside = self.placeholder_anywhere.search(_CODE_SPAN.sub(" ", line))
        return " ".join(inside[0].split()) if inside else ""

    def is_no_section(self, line: str) -> bool:
        """Whether a line, standing alone, leaves a section without an answer."""
        return self.placeholder_section.fullmatch(line) is not None

    def without_boilerplate(self, text: str) -> str:
        """The text without the sentences of public templates."""
        sentences = _SENTENCE_END.split(" ".join(text.split()))
        return " ".join(sentence for sentence in sentences if fingerprint(sentence) not in self.boilerplate)

    def is_template(self, path: str, text: str) -> bool:
        """Whether a card is a form for cards."""
        return self.paths.is_template(path) or self.has_blanks(text)

    def has_blanks(self, text: str) -> bool:
        """Whether a text is full of blanks to be filled in by a program."""
        return len(_BLANK.findall(text)) >= MIN_TEMPLATE_BLANKS

    def document_type(self, path: str, title: str, front_matter: Iterable[str], prose: Iterable[str]) -> str:
        """`model-card`, `readme` or `document`; a text that often speaks of model cards is about them, and is none."""
        is_readme = path.lower().rpartition("/")[2].startswith("readme")
        is_card = self.paths.is_card(path) or _CARD_TITLE.match(title.casefold()) is not None
        if is_card or (is_readme and not self.front_matter.isdisjoint(front_matter)):
            is_about_cards = sum(len(_CARDS.findall(line)) for line in prose) >= MIN_CARDS
            return "document" if is_about_cards else "model-card"
        return "readme" if is_readme else "document"


def fingerprint(sentence: str) -> str:
    """What makes two sentences the same: their words."""
    return hashlib.sha256(" ".join(re.findall(r"\w+", simplified(sentence))).encode()).hexdigest()


@cache
def card_paths() -> CardPaths:
    """How files of model cards are called: all that is asked of a project without documents."""
    paths = _data()["paths"]
    return CardPaths(any_of(paths["card"]), any_of(paths["template"]))


def _data() -> dict[str, Any]:
    data: dict[str, Any] = knowledge.read("card-slots").value
    return data


@cache
def card_knowledge() -> CardKnowledge:
    """The built-in knowledge of model cards."""
    data = _data()
    return CardKnowledge(
        slots=tuple(_slot(name, entry) for name, entry in data["slots"].items()),
        groups=phrases_of(data["groups"]),
        gaps=any_of(data["gaps"]),
        placeholder_line=any_of(data["placeholders"]["line"]),
        placeholder_anywhere=any_of(data["placeholders"]["anywhere"]),
        placeholder_section=any_of(data["placeholders"]["section"]),
        boilerplate=frozenset(map(fingerprint, data["boilerplate"])),
        paths=card_paths(),
        front_matter=frozenset(data["front_matter"]),
    )


def _slot(name: str, entry: dict[str, Any]) -> Slot:
    phrases = [phrase for language in entry["headings"].values() for phrase in language]
    others, body = entry.get("except"), entry.get("body")
    return Slot(
        name,
        entry["title"],
        phrases_of(phrases),
        phrases_of(others) if others else None,
        any_of(body) if body else None,
    )
