"""The list of rules, filtered, as a table, JSON or Markdown."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.errors import UsageError
from readiness.finding import Stage
from readiness.report._text import counted

if TYPE_CHECKING:
    from readiness.rulebook.schema import Rule

FORMATS = ("table", "json", "markdown")
WIDTH = 120


@dataclass(frozen=True, slots=True)
class Filter:
    """Which rules are listed; None lets all pass."""

    pillar: str | None = None
    kind: str | None = None
    stage: str | None = None
    severity: str | None = None

    def accepts(self, rule: Rule) -> bool:
        """Whether the rule is listed."""
        return (
            self.pillar in (None, rule.pillar)
            and self.kind in (None, rule.kind)
            and self.severity in (None, rule.severity.label)
            and (self.stage is None or rule.stage <= Stage[self.stage.upper()])
        )


def listing(wanted: Filter, rule_paths: Iterable[str], form: str) -> str:
    """The text of the list."""
    from readiness.rulebook.docs import table
    from readiness.rulebook.loader import load_rulebook
    from readiness.rulebook.schema import CUSTOM_PILLAR, KINDS, PILLARS

    _known("pillar", wanted.pillar, (*PILLARS, CUSTOM_PILLAR))
    _known("kind", wanted.kind, tuple(KINDS))
    rules = [rule for rule in load_rulebook(map(Path, rule_paths)).rules if wanted.accepts(rule)]
    if form == "json":
        return json.dumps([_record(rule) for rule in rules], indent=2, ensure_ascii=False) + "\n"
    return "\n".join(table(rules)) + "\n" if form == "markdown" else _table(rules)


def _known(what: str, value: str | None, known: Sequence[str]) -> None:
    from readiness.rulebook.mistakes import did_you_mean

    if value is not None and value not in known:
        raise UsageError(f"no {what} is called `{value}`", advice=did_you_mean(value, known))


def _record(rule: Rule) -> dict[str, object]:
    scales = {"severity": rule.severity.label, "confidence": rule.confidence.label, "stage": rule.stage.label}
    return {
        "id": rule.id,
        "title": rule.title,
        "pillar": rule.pillar,
        "kind": rule.kind,
        **scales,
        "lesson": rule.lesson,
        "off": rule.off,
        "source": rule.source,
    }


def _table(rules: Sequence[Rule]) -> str:
    from rich.console import Console
    from rich.table import Table

    table = Table("rule", "what it finds", "pillar", "severity", "from stage", "kind", box=None, pad_edge=False)
    for rule in rules:
        table.add_row(rule.id, rule.title, rule.pillar, rule.severity.label, rule.stage.label, rule.kind)
    stream = io.StringIO()
    Console(file=stream, width=WIDTH, highlight=False, markup=False).print(table)
    stream.write(f"\n{counted(len(rules), 'rule')}. `readiness explain RULE` shows one.\n")
    return stream.getvalue()
