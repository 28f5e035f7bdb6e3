"""Rules come from the package and from the team's files; all mistakes are told together."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from readiness.errors import RuleError
from readiness.rulebook.book import Rulebook
from readiness.rulebook.loader import load_rulebook
from readiness.rulebook.schema import PILLARS

SEMGREP = """\
rules:
  - id: uses-eval
    languages: [python]
    severity: ERROR
    message: Do not evaluate $X.
    pattern: eval($X)
"""


@pytest.fixture(scope="module")
def builtin() -> Rulebook:
    return load_rulebook()


def test_built_in_rules_are_ordered_by_pillar_and_id(builtin: Rulebook) -> None:
    places = [(PILLARS.index(rule.pillar), rule.id) for rule in builtin.rules]
    assert places == sorted(places)
    assert len(places) >= 20


def test_a_rule_book_survives_the_way_to_a_worker(builtin: Rulebook) -> None:
    copy = pickle.loads(pickle.dumps(builtin))
    assert [rule.id for rule in copy.rules] == [rule.id for rule in builtin.rules]
    assert copy.rules[0].formulas == builtin.rules[0].formulas


def test_an_unknown_id_names_the_nearest_rule(builtin: Rulebook) -> None:
    with pytest.raises(RuleError) as unknown:
        builtin.get("unseeded-splits")
    assert "Did you mean `unseeded-split`?" in str(unknown.value)


def test_rules_of_a_team_join_the_built_in_ones(tmp_path: Path, rule_text: str) -> None:
    (tmp_path / "team").mkdir()
    (tmp_path / "team/own-rule.yaml").write_text(rule_text)
    rule = load_rulebook([tmp_path]).get("own-rule")
    assert rule.pillar == "custom"
    assert rule.source == str(tmp_path / "team/own-rule.yaml")


def test_a_pillar_can_be_named_outside_the_folders_of_pillars(tmp_path: Path, rule_text: str) -> None:
    file = tmp_path / "own-rule.yaml"
    file.write_text("pillar: ethics\n" + rule_text)
    assert load_rulebook([file], builtin=False).get("own-rule").pillar == "ethics"


def test_a_former_id_leads_to_the_rule(tmp_path: Path, rule_text: str) -> None:
    file = tmp_path / "own-rule.yaml"
    file.write_text("aliases: [old-rule]\n" + rule_text)
    assert load_rulebook([file], builtin=False).get("old-rule").id == "own-rule"


def test_a_semgrep_file_is_recognised_by_its_list_of_rules(tmp_path: Path) -> None:
    (tmp_path / "evaluation.yml").write_text(SEMGREP)
    assert load_rulebook([tmp_path], builtin=False).get("uses-eval").message == "Do not evaluate $X."


def test_two_rules_with_one_id_are_an_error_that_names_both(tmp_path: Path, rule_text: str) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "own-rule.yaml").write_text(rule_text)
    with pytest.raises(RuleError) as twice:
        load_rulebook([tmp_path], builtin=False)
    assert "the id `own-rule` is used twice" in str(twice.value)
    assert str(tmp_path / "a/own-rule.yaml") in str(twice.value)
    assert str(tmp_path / "b/own-rule.yaml") in str(twice.value)


def test_the_mistakes_of_all_files_are_told_together(tmp_path: Path, rule_text: str) -> None:
    (tmp_path / "one.yaml").write_text(rule_text.replace("severity: warning", "severity: huge"))
    (tmp_path / "two.yaml").write_text(rule_text.replace("kind: code", "kind: coda"))
    with pytest.raises(RuleError) as refused:
        load_rulebook([tmp_path])
    assert [error.where.rsplit("/", 1)[1] for error in (refused.value, *refused.value.others)] == [
        "one.yaml:3:11",
        "two.yaml:2:7",
    ]


@pytest.mark.parametrize("name", ["nowhere.yaml", "empty"])
def test_a_path_without_rules_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(RuleError) as refused:
        load_rulebook([tmp_path / name])
    assert name in refused.value.where


def test_a_file_that_is_not_utf8_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "own-rule.yaml").write_bytes(b"title: \xff")
    with pytest.raises(RuleError, match="cannot be read"):
        load_rulebook([tmp_path])


def test_an_unknown_rule_in_supersedes_is_an_error_with_its_line(tmp_path: Path, rule_text: str) -> None:
    file = tmp_path / "own-rule.yaml"
    file.write_text("supersedes: [unseeded-split, unseeded-splits]\n" + rule_text)
    with pytest.raises(RuleError) as unknown:
        load_rulebook([file], builtin=False)
    assert f"{file}:1:30" in str(unknown.value)
    assert "no rule is called `unseeded-splits`" in str(unknown.value)
    assert "Did you mean `unseeded-split`?" in str(unknown.value)
    assert unknown.value.others == ()


def test_a_former_id_may_be_superseded(tmp_path: Path, rule_text: str) -> None:
    (tmp_path / "own-rule.yaml").write_text("supersedes: [{rule: old-rule, where: file}]\n" + rule_text)
    (tmp_path / "new-rule.yaml").write_text("aliases: [old-rule]\n" + rule_text)
    (weaker,) = load_rulebook([tmp_path], builtin=False).get("own-rule").supersedes
    assert (weaker.rule, weaker.where) == ("old-rule", "file")


@pytest.mark.parametrize("circle", [["a"], ["a", "b"], ["a", "b", "c"]])
def test_rules_that_silence_each_other_are_an_error(circle: list[str], tmp_path: Path, rule_text: str) -> None:
    for stronger, weaker in zip(circle, circle[1:] + circle[:1], strict=True):
        (tmp_path / f"{stronger}.yaml").write_text(f"supersedes: [{weaker}]\n" + rule_text)
    with pytest.raises(RuleError) as silent:
        load_rulebook([tmp_path], builtin=False)
    assert any(" supersedes ".join(turn) in silent.value.what for turn in turns(circle))


def turns(circle: list[str]) -> list[list[str]]:
    """The circle, begun at each of its members and closed."""
    return [[f"`{name}`" for name in (*circle[n:], *circle[:n], circle[n])] for n in range(len(circle))]
