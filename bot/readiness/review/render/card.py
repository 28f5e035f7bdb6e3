"""The state of the model card, as the summary shows it."""

from __future__ import annotations

from collections.abc import Iterator

from readiness.facts.model import DocumentFact
from readiness.report._text import visible
from readiness.report.markdown import code
from readiness.review.analysis import Analysis
from readiness.review.model import Pull

SLOTS = {
    "intended-use": "intended use",
    "training-data": "training data",
    "evaluation": "evaluation",
    "limitations": "limitations",
    "bias": "bias",
}
"""The questions of a model card that no model should go to production without."""


MAX_CARDS = 3


def card_status(analysis: Analysis, pull: Pull) -> Iterator[str]:
    """One line for each model card of the project, those that the change touches first."""
    cards = sorted(analysis.cards.items(), key=lambda card: (card[0] not in pull.files, card[0]))
    for path, card in cards[:MAX_CARDS]:
        yield f"Model card {code(visible(path))}: {_status(card)}."


def _status(card: DocumentFact) -> str:
    states = {slot: _state(card, slot) for slot in SLOTS}
    groups = {
        state: [SLOTS[slot] for slot, its in states.items() if its == state]
        for state in ("filled", "a declared gap", "a placeholder", "missing")
    }
    return "; ".join(f"{', '.join(slots)} {state}" for state, slots in groups.items() if slots)


def _state(card: DocumentFact, slot: str) -> str:
    sections = [section for section in card.sections if slot in section.slots]
    if any(section.words and not section.placeholder and not section.declared_gap for section in sections):
        return "filled"
    if any(section.declared_gap for section in sections):
        return "a declared gap"
    return "a placeholder" if sections else "missing"
