"""Rules and findings that the tests of the judge are about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from readiness.finding import Confidence, Finding, Location, Severity, Stage
from readiness.rulebook.book import Rulebook
from readiness.rulebook.parts import Weaker
from readiness.rulebook.schema import CodeRule


def make_rule(rule_id: str, pillar: str = "security", stage: Stage = Stage.CANDIDATE, **more: Any) -> CodeRule:
    texts = {"why": "Why.", "learn": (), "lesson": "naming"}
    values = {"severity": Severity.WARNING, "confidence": Confidence.HIGH, **texts, **more}
    return CodeRule.model_construct(id=rule_id, pillar=pillar, stage=stage, title=rule_id, **values)


@pytest.fixture
def rulebook() -> Rulebook:
    return Rulebook(
        (
            make_rule("secret", aliases=("password",)),
            make_rule("unsafe-load", supersedes=(Weaker(rule="pickle"), Weaker(rule="password", where="file"))),
            make_rule("pickle"),
            make_rule("seed", "reproducibility", Stage.EXPLORATION),
            make_rule("monitoring", "operations", Stage.PRODUCTION),
            make_rule("opinion", "operations", Stage.EXPLORATION, off=True),
            make_rule("guess", "validation", confidence=Confidence.LOW),
        )
    )


@pytest.fixture
def found() -> Callable[..., Finding]:
    """Make a finding from what the test cares about."""

    def make(rule: str = "secret", path: str = "a.py", line: int = 1, **more: Any) -> Finding:
        place = Location(path, line, 1, more.pop("end_line", line), 9, more.pop("cell", None), line, line)
        fields: dict[str, Any] = {
            "pillar": "security",
            "severity": Severity.WARNING,
            "confidence": Confidence.HIGH,
            "stage": Stage.CANDIDATE,
            "message": "A message.",
            "anchor": "x = 1",
        }
        return Finding(rule=rule, location=place, **(fields | more))

    return make
