"""The slot table of a card: for each question, whether and where it is answered, and what the answer lacks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from readiness.facts.cards import CardKnowledge, Slot, card_knowledge
from readiness.modelcard.adequacy import LINEAGE_SLOT, lacking, lineage
from readiness.modelcard.card import Card, Passage

FEW_WORDS = 12
ESSENTIAL = ("training-data", "bias", "limitations")
"""The questions without which nobody can judge a prediction."""


class State(StrEnum):
    """How a card answers a question."""

    ANSWERED = "answered"
    THIN = "thin"
    GAP = "declared gap"
    POINTER = "points elsewhere"
    PLACEHOLDER = "placeholder"
    EMPTY = "empty"
    MISSING = "missing"
    UNKNOWN = "not understood"


OPEN = frozenset({State.PLACEHOLDER, State.EMPTY, State.MISSING})
"""States in which nothing was answered."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of the table."""

    slot: str
    title: str
    state: State
    line: int | None = None
    section: str = ""
    note: str = ""

    @property
    def is_open(self) -> bool:
        """Whether an essential question was left without an answer."""
        return self.slot in ESSENTIAL and self.state in OPEN


def slot_table(card: Card) -> tuple[Answer, ...]:
    """How the card answers each question of the knowledge, in its order."""
    known = card_knowledge()
    return tuple(_answer(slot, card, known) for slot in known.slots)


def _answer(slot: Slot, card: Card, known: CardKnowledge) -> Answer:
    passages = card.passages.get(slot.id, [])
    if not passages:
        return Answer(slot.id, slot.title, State.MISSING if card.understood else State.UNKNOWN)
    said = [passage for passage in passages if passage.text.strip()]
    shown = (said or passages)[0]
    state, note = _state(slot.id, said, known) if said else (_unanswered(passages), "")
    if said and any(passage.placeholder for passage in passages):
        note = f"{note}; not all filled in".removeprefix("; ")
    return Answer(slot.id, slot.title, state, shown.line, shown.section, note)


def _unanswered(passages: list[Passage]) -> State:
    links = any(passage.links for passage in passages)
    if links:
        return State.POINTER
    return State.EMPTY if all(passage.is_empty for passage in passages) else State.PLACEHOLDER


def _state(slot: str, said: list[Passage], known: CardKnowledge) -> tuple[State, str]:
    text = "\n".join(passage.text for passage in said)
    state, note = _judged(slot, text, said, known)
    if state in (State.THIN, State.ANSWERED) and known.declares_gap(text):
        is_all = state is State.THIN or len(text.split()) < FEW_WORDS
        return (State.GAP, "") if is_all else (state, note or "with a declared gap")
    return state, note


def _judged(slot: str, text: str, said: list[Passage], known: CardKnowledge) -> tuple[State, str]:
    links = [link for passage in said for link in passage.links]
    if links and len(text.split()) < FEW_WORDS:
        return State.POINTER, links[0]
    if slot == LINEAGE_SLOT:
        tier = lineage(text)
        return (State.THIN if tier < "L2" else State.ANSWERED), tier
    if slot == "bias" and not known.names_group(text):
        return State.THIN, "names no group, site or season"
    missing = lacking(slot, text)
    return (State.THIN, f"lacks {' and '.join(missing)}") if missing else (State.ANSWERED, "")
