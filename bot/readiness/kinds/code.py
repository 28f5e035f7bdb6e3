"""Kind `code`: every place that looks like the rule's formula."""

from __future__ import annotations

from readiness.engine.unit import Unit
from readiness.finding import Finding
from readiness.kinds.base import compiled, finding, found_at, masked
from readiness.kinds.passages import passages, searches_in, text_hits
from readiness.pattern.find import find
from readiness.rulebook.schema import CodeRule


def analyse(rule: CodeRule, unit: Unit) -> list[Finding]:
    """The findings of the rule in one file."""
    found: list[Finding] = []
    if unit.python is not None and "code" in rule.where.text:
        found += [found_at(rule, unit.python, match) for match in find(compiled(rule), unit.python)]
    searches = searches_in(rule.formulas["match"], rule.texts)
    for passage in passages(unit, rule.where.text):
        found += [finding(rule, masked(rule, hit)) for hit in text_hits(searches, passage)]
    return found
