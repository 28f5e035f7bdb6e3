"""The table of other tools leads to rules that are there, and says why where there is none."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from readiness.rulebook.book import Rulebook
from readiness.rulebook.coverage import coverage
from readiness.rulebook.knowledge import other_tools
from readiness.rulebook.knowledge_forms import OtherRule, OtherTool
from readiness.rulebook.loader import load_rulebook


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


def test_every_rule_that_is_named_exists_under_its_present_id(rulebook: Rulebook) -> None:
    named = {rule_id for tool in other_tools() for rule in tool.rules for rule_id in rule.ours}
    assert named <= {rule.id for rule in rulebook.rules}


def test_no_rule_of_a_tool_is_listed_twice() -> None:
    for tool in other_tools():
        ids = [rule.id for rule in tool.rules]
        assert len(set(ids)) == len(ids)


def test_a_rule_without_an_answer_needs_a_reason() -> None:
    with pytest.raises(ValidationError, match="neither a rule here in `ours` nor the reason in `note`"):
        OtherRule(id="W1")


def test_a_row_names_the_rule_here_and_where_it_differs(rulebook: Rulebook) -> None:
    rules = (
        OtherRule(id="W1", name="merge", ours=("merge-unguarded",), note="Asks for less."),
        OtherRule(id="W2", note="A matter of style."),
    )
    tool = OtherTool(name="A Linter", what="version 1", source="https://example.org/linter", rules=rules)
    lines = list(coverage([tool], rulebook, "rules"))
    assert "| [A Linter](#a-linter) | 2 | 1 |" in lines
    assert "[Version 1](https://example.org/linter)." in lines
    assert "| W1: merge | [merge-unguarded](rules/merge-unguarded.md) (off) | Asks for less. |" in lines
    assert "| W2 | none | A matter of style. |" in lines
