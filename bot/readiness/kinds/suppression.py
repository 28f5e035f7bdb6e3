"""Kind `suppression`: judges the comments that silence other rules, once it is known which of them silenced something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from readiness.facts.model import SuppressionFact
from readiness.finding import Finding
from readiness.kinds.base import finding
from readiness.pattern.expressions import evaluate
from readiness.rulebook.schema import SuppressionRule


class Judged(Protocol):
    """A comment, and whether it silenced anything."""

    @property
    def fact(self) -> SuppressionFact:
        """The comment."""

    @property
    def used(self) -> bool:
        """Whether it silenced anything."""


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment as the condition and the texts of a rule see it."""

    rules: str
    reason: str
    used: bool


def review(rules: Iterable[object], comments: Iterable[Judged]) -> list[Finding]:
    """What the rules of this kind say of the comments of a run."""
    ours = [rule for rule in rules if isinstance(rule, SuppressionRule)]
    return [found for comment in comments for rule in ours for found in _about(rule, comment)]


def _about(rule: SuppressionRule, comment: Judged) -> list[Finding]:
    fact = comment.fact
    names = {"$suppression": Suppression(", ".join(fact.rules), fact.reason, comment.used)}
    return [finding(rule, fact.hit, names)] if evaluate(rule.when, names) else []
