"""Rules that no reader hears: they look for something so that another part of the program can tell where it was seen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from readiness.rulebook import knowledge
from readiness.rulebook.files import RuleFile
from readiness.rulebook.loader import native_rule
from readiness.rulebook.marks import MarkedYaml
from readiness.rulebook.schema import Rule

_TEXTS = {
    "severity": "note",
    "confidence": "high",
    "stage": "exploration",
    "lesson": "evidence",
    "message": "Seen.",
    "why": "It is evidence.",
    "next_step": "Keep it.",
    "learn": ["https://arxiv.org/abs/1810.03993"],
    "examples": [{"bad": "seen()"}, {"good": "pass"}],
}
"""What a rule has to say to a reader of findings."""


def unspoken_rule(name: str, title: str, find: dict[str, Any], yaml: MarkedYaml) -> Rule:
    """A rule that looks for `find`, as a part of a file of knowledge says it."""
    whole: dict[str, Any] = {"title": title, **_TEXTS, **find}
    return native_rule(RuleFile(yaml.name, name, knowledge.FOLDER, ""), replace(yaml, value=whole))
