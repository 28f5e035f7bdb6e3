"""Whether an answer of a card is one: what it must hold, and how far the lineage of its data goes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from readiness.facts.phrases import simplified
from readiness.rulebook import knowledge

LINEAGE_SLOT = "training-data"


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that the text must hold, and what is asked for if it does not."""

    test: re.Pattern[str]
    lacks: str


@dataclass(frozen=True, slots=True)
class Tier:
    """A level of lineage: how exactly the training data can be told."""

    tier: str
    means: str
    test: re.Pattern[str]


def lacking(slot: str, text: str) -> tuple[str, ...]:
    """What an answer under a slot does not say."""
    plain = simplified(text)
    return tuple(demand.lacks for demand in _demands().get(slot, ()) if not demand.test.search(plain))


def lineage(text: str) -> str:
    """The highest tier of lineage that a text about training data reaches: `L2, period or size`."""
    plain = simplified(text)
    return next((f"{tier.tier}, {tier.means}" for tier in _tiers() if tier.test.search(plain)), "L0, nothing")


@cache
def _demands() -> dict[str, tuple[Demand, ...]]:
    slots: dict[str, Any] = knowledge.read("card-adequacy").value["adequate"]
    return {
        slot: tuple(Demand(re.compile(entry["test"]), entry["lacks"]) for entry in entries)
        for slot, entries in slots.items()
    }


@cache
def _tiers() -> tuple[Tier, ...]:
    entries: list[dict[str, str]] = knowledge.read("card-adequacy").value["lineage"]
    return tuple(Tier(entry["tier"], entry["means"], re.compile(entry["test"])) for entry in entries)
