"""Every example of every built-in rule behaves: the rules' own tests."""

from __future__ import annotations

import pytest

from readiness.rulebook.examples import try_examples
from readiness.rulebook.loader import load_rulebook

RULEBOOK = load_rulebook()


@pytest.mark.parametrize("rule_id", [rule.id for rule in RULEBOOK.rules])
def test_the_examples_of_a_rule_behave(rule_id: str) -> None:
    trials = list(try_examples(RULEBOOK.get(rule_id), RULEBOOK))
    assert {trial.name: trial.problems for trial in trials if trial.problems} == {}
