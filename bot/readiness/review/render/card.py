"""The state of the model card, as the summary shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from readiness.modelcard.slots import Answer, State
from readiness.report._text import visible
from readiness.report.markdown import code
from readiness.review.analysis import Analysis
from readiness.review.model import Pull

SLOTS = ("intended-use", "training-data", "evaluation", "limitations", "bias")
"""The questions of a model card that no model should go to production without."""
STATES = {
    "answered": (State.ANSWERED, State.THIN),
    "a declared gap": (State.GAP,),
    "answered elsewhere": (State.POINTER,),
    "a placeholder": (State.PLACEHOLDER,),
    "empty": (State.EMPTY,),
    "missing": (State.MISSING,),
    "not found in words that the bot knows": (State.UNKNOWN,),
}
MAX_CARDS = 3


def card_status(analysis: Analysis, pull: Pull) -> Iterator[str]:
    """One line for each model card of the project, those that the change touches first."""
    cards = sorted(analysis.cards.items(), key=lambda card: (card[0] not in pull.files, card[0]))
    for path, answers in cards[:MAX_CARDS]:
        yield f"Model card {code(visible(path))}: {_status(answers)}."


def _status(answers: Sequence[Answer]) -> str:
    found = {answer.slot: answer for answer in answers}
    asked = [found[slot] for slot in SLOTS if slot in found]
    groups = {words: [one.title for one in asked if one.state in states] for words, states in STATES.items()}
    return "; ".join(f"{', '.join(titles)} {words}" for words, titles in groups.items() if titles)
