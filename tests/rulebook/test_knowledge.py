"""Facts that rules share are checked as strictly as rules."""

from __future__ import annotations

import pytest

from readiness.errors import RuleError
from readiness.rulebook import knowledge


def test_a_list_gives_its_patterns() -> None:
    assert "pandas.read_csv(...)" in knowledge.patterns("data-loading")


def test_aliases_lead_to_the_names_that_rules_use() -> None:
    assert knowledge.aliases()["keras"] == "tensorflow.keras"


def test_an_unknown_list_names_the_nearest() -> None:
    with pytest.raises(RuleError) as unknown:
        knowledge.patterns("model-savin")
    assert "Did you mean `model-saving`?" in str(unknown.value)


def test_a_file_of_another_sort_is_no_list_of_patterns() -> None:
    with pytest.raises(RuleError) as wrong:
        knowledge.patterns("aliases")
    assert "unknown key `aliases`" in str(wrong.value)
    assert wrong.value.where.startswith("rules/knowledge/aliases.yaml:")
