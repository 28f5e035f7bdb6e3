"""Kind `code`: every place that looks like the rule's formula."""

from __future__ import annotations

from readiness.engine.unit import Unit
from readiness.facts.sorts import FileKind
from readiness.finding import Finding
from readiness.kinds.base import CODE, compiled, finding, found_at, masked
from readiness.kinds.passages import may_have_passages, passages, searches_in, text_hits
from readiness.pattern.find import find
from readiness.pattern.required import Clauses
from readiness.rulebook.schema import CodeRule


def required(rule: CodeRule, kind: FileKind) -> Clauses | None:
    """The words without which the rule finds nothing in a file of a kind; none where it searches text."""
    if may_have_passages(kind, rule.where.text):
        return ()
    return compiled(rule).required if kind in CODE and "code" in rule.where.text else None


def analyse(rule: CodeRule, unit: Unit) -> list[Finding]:
    """The findings of the rule in one file."""
    found: list[Finding] = []
    if unit.python is not None and "code" in rule.where.text:
        found += [found_at(rule, unit.python, match) for match in find(compiled(rule), unit.python)]
    for passage in passages(unit, rule.where.text):
        searches = searches_in(rule.formulas["match"], rule.texts)
        found += [finding(rule, masked(rule, hit)) for hit in text_hits(searches, passage)]
    return found
