"""Kind `suppression` judges comments once it is known what they silenced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from readiness.facts.hit import Hit
from readiness.facts.model import SuppressionFact
from readiness.finding import Location
from readiness.kinds.suppression import review
from readiness.rulebook.schema import Rule


@dataclass(frozen=True)
class Comment:
    fact: SuppressionFact
    used: bool


def comment(*, used: bool, reason: str = "") -> Comment:
    return Comment(SuppressionFact(("a", "b"), reason, Hit(Location("f.py", 3)), 3, 3), used)


def test_a_comment_is_reported_if_the_condition_holds(rule: Callable[[str], Rule]) -> None:
    unused = rule('kind: suppression\nwhen: not $suppression.used\nmessage: "Remove `$suppression.rules`."\n')
    (finding,) = review([unused], [comment(used=True), comment(used=False)])
    assert finding.message == "Remove `a, b`."
    assert finding.location == Location("f.py", 3)


def test_a_reason_can_be_asked_for(rule: Callable[[str], Rule]) -> None:
    reasonless = rule("kind: suppression\nwhen: not $suppression.reason\n")
    comments = [comment(used=True, reason="measured"), comment(used=True)]
    assert len(review([reasonless], comments)) == 1


def test_rules_of_other_kinds_say_nothing(rule: Callable[[str], Rule]) -> None:
    assert review([rule("kind: code\nmatch: f()\n")], [comment(used=False)]) == []
