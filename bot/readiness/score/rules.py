"""The signs of the score sheet as rules, so that the engine looks for them as it looks for everything."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from readiness.errors import RuleError
from readiness.rulebook import knowledge
from readiness.rulebook.book import Rulebook
from readiness.rulebook.files import RuleFile
from readiness.rulebook.loader import native_rule
from readiness.rulebook.marks import MarkedYaml, Path
from readiness.rulebook.mistakes import did_you_mean
from readiness.rulebook.schema import Rule
from readiness.score.sheet import NAME, Evidence, Sheet, Sign

_TEXTS = {
    "severity": "note",
    "confidence": "high",
    "stage": "exploration",
    "lesson": "evidence",
    "message": "Seen.",
    "why": "It earns points.",
    "next_step": "Keep it.",
    "examples": [{"bad": "seen()"}, {"good": "pass"}],
}
"""What a rule has to say to a reader of findings; no reader of the score sees it."""


def rules_of(sheet: Sheet, rulebook: Rulebook) -> Rulebook:
    """What to look for: each sign, and the rules whose silence counts."""
    yaml = knowledge.read(NAME)
    signs = [_rule(name, sign, path, sheet, yaml) for name, path, sign in sheet.signs()]
    return replace(rulebook, rules=(*signs, *_asked(sheet, rulebook, yaml)))


def _rule(name: str, sign: Sign, path: Path, sheet: Sheet, yaml: MarkedYaml) -> Rule:
    part = yaml.below((*path, "find"))
    whole: dict[str, Any] = {"title": sign.what, "learn": [sheet.source], **_TEXTS, **sign.find}
    return native_rule(RuleFile(yaml.name, name, knowledge.FOLDER, ""), replace(part, value=whole))


def _asked(sheet: Sheet, rulebook: Rulebook, yaml: MarkedYaml) -> list[Rule]:
    """The rules that evidence names; a name that is none, or no shared sign, is an error at its place."""
    asked: dict[str, Rule] = {}
    for _, path, sign in sheet.signs():
        if not isinstance(sign, Evidence):
            continue
        for key, words, known in (
            ("silent", sign.silent, rulebook.by_id),
            ("full_with", sign.full_with, sheet.shared),
        ):
            for number, word in enumerate(words):
                if word not in known:
                    where = yaml.where((*path, key, number))
                    raise RuleError(
                        f"nothing is called `{word}`", where=where, advice=did_you_mean(word, sorted(known))
                    )
        asked |= {word: rulebook.by_id[word] for word in sign.silent}
    return [*asked.values()]
