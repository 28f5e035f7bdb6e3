"""Which rules run."""

from __future__ import annotations

from typing import Any

import pytest

from readiness.config import Config, PathConfig
from readiness.errors import UsageError
from readiness.finding import Severity, Stage
from readiness.judge.select import choose
from readiness.rulebook.book import Rulebook
from readiness.rulebook.loader import load_rulebook


def chosen(rulebook: Rulebook, **config: Any) -> list[str]:
    return [rule.id for rule in choose(rulebook, Config(**config)).rules]


def test_rules_run_whose_stage_the_project_has_reached(rulebook: Rulebook) -> None:
    assert chosen(rulebook, stage=Stage.EXPLORATION) == ["seed"]
    assert chosen(rulebook) == ["secret", "unsafe-load", "pickle", "seed"]
    assert chosen(rulebook, stage=Stage.PRODUCTION)[-1] == "monitoring"


def test_a_later_stage_of_one_path_brings_its_rules(rulebook: Rulebook) -> None:
    assert "monitoring" in chosen(rulebook, per_path={"serve/": PathConfig(stage=Stage.PRODUCTION)})


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        (("secret",), ["secret"]),
        (("password",), ["secret"]),
        (("s*",), ["secret", "seed"]),
        (("reproducibility", "pickle"), ["pickle", "seed"]),
    ],
)
def test_rules_are_selected_by_id_former_id_glob_or_pillar(
    rulebook: Rulebook, words: tuple[str, ...], rules: list[str]
) -> None:
    assert chosen(rulebook, select=words) == rules


def test_ignoring_wins_over_selecting(rulebook: Rulebook) -> None:
    assert chosen(rulebook, select=("s*",), ignore=("reproducibility",)) == ["secret"]


def test_a_rule_that_is_off_runs_only_by_its_id(rulebook: Rulebook) -> None:
    assert chosen(rulebook, select=("operations",)) == []
    assert chosen(rulebook, select=("opinion",)) == ["opinion"]


def test_a_rule_of_low_confidence_runs_if_all_are_asked_for_or_this_one(rulebook: Rulebook) -> None:
    assert "guess" not in chosen(rulebook) + chosen(rulebook, select=("validation",))
    assert chosen(rulebook, select=("guess",)) == ["guess"]
    assert "guess" in chosen(rulebook, all=True)


@pytest.mark.parametrize(
    "config",
    [
        {"select": ("secrt",)},
        {"ignore": ("secrt",)},
        {"severity": {"secrt": Severity.NOTE}},
        {"per_path": {"*": PathConfig(ignore=("secrt",))}},
    ],
)
def test_a_word_that_names_no_rule_is_an_error_with_the_nearest_one(rulebook: Rulebook, config: dict[str, Any]) -> None:
    with pytest.raises(UsageError, match="no rule is called `secrt`") as caught:
        chosen(rulebook, **config)
    assert caught.value.advice == "Did you mean `secret`?"


def test_rules_about_changes_run_only_where_two_states_are_compared() -> None:
    rules = load_rulebook()
    named = Config(select=("seed-removed", "unseeded-split"))
    assert [rule.id for rule in choose(rules, named, compares=False).rules] == ["unseeded-split"]
    assert len(choose(rules, named).rules) == 2
