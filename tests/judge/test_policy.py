"""What a project shows, path by path."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from readiness.config import Config, PathConfig
from readiness.finding import Confidence, Finding, Severity, Stage
from readiness.judge.policy import Policy
from readiness.rulebook.book import Rulebook

Make = Callable[..., Finding]


def shown(rulebook: Rulebook, *findings: Finding, folder: str = ".", **config: Any) -> list[Finding]:
    return list(Policy(Config(**config), rulebook, PurePosixPath(folder)).apply(findings))


def test_low_confidence_is_hidden_unless_asked_for(rulebook: Rulebook, found: Make) -> None:
    finding = found(confidence=Confidence.LOW)
    assert shown(rulebook, finding) == []
    assert shown(rulebook, finding, all=True) == [finding]
    assert shown(rulebook, finding, select=("secret",)) == [finding]
    assert shown(rulebook, finding, select=("security",)) == []


def test_a_later_stage_is_hidden(rulebook: Rulebook, found: Make) -> None:
    finding = found("monitoring", stage=Stage.PRODUCTION)
    assert shown(rulebook, finding) == []
    assert shown(rulebook, finding, stage=Stage.PRODUCTION) == [finding]


def test_the_stage_of_a_path_is_its_own(rulebook: Rulebook, found: Make) -> None:
    per_path = {"research/": PathConfig(stage=Stage.EXPLORATION)}
    kept = found(path="src/a.py")
    assert shown(rulebook, kept, found(path="research/a.py"), per_path=per_path) == [kept]


def test_a_rule_can_be_ignored_for_a_path_by_id_former_id_or_pillar(rulebook: Rulebook, found: Make) -> None:
    for word in ("secret", "password", "security", "sec*"):
        kept = found(path="b.py")
        assert shown(rulebook, found(), kept, per_path={"/a.py": PathConfig(ignore=(word,))}) == [kept]


def test_severities_are_changed_and_the_path_has_the_last_word(rulebook: Rulebook, found: Make) -> None:
    per_path = {"b.py": PathConfig(severity={"secret": Severity.ERROR})}
    findings = shown(
        rulebook, found(), found(path="b.py"), found("seed"), severity={"security": Severity.NOTE}, per_path=per_path
    )
    assert [finding.severity for finding in findings] == [Severity.NOTE, Severity.ERROR, Severity.WARNING]


def test_globs_count_from_the_folder_of_the_configuration(rulebook: Rulebook, found: Make) -> None:
    per_path = {"/src/": PathConfig(ignore=("secret",))}
    inside, outside = found(path="team/src/a.py"), found(path="src/a.py")
    assert shown(rulebook, inside, outside, folder="team", per_path=per_path) == [outside]
