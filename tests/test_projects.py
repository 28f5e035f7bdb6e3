"""Small whole repositories, each with all that `readiness check` must say about it, and nothing more."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PROJECTS = ROOT / "tests/projects"
CARD_TABLE = re.compile(r"## Card against code: which rule\n(.*?)(?:\n## |\Z)", re.DOTALL)
IDENTITY = ("-c", "user.name=Tester", "-c", "user.email=tester@example.org", "-c", "commit.gpgSign=false")
STORIES = sorted(path.parent.name for path in PROJECTS.glob("*/expected.yaml"))


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A real run, started inside the folder."""
    command = [sys.executable, "-m", "readiness", "check", ".", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "bot"), "PYTHONUTF8": "1"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def check(folder: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    """The exit code and the report of a run."""
    done = run(folder, "--format", "json", *arguments)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def as_expected(items: list[dict[str, Any]], keys: tuple[str, ...]) -> list[dict[str, Any]]:
    """Only what the expectation speaks about, without empty values, in an order of its own."""
    chosen = [{key: item[key] for key in keys if item.get(key) is not None} for item in items]
    return sorted(
        chosen, key=lambda item: [str(item.get("path")), item.get("cell", -1), item.get("line", 0), str(item)]
    )


def as_yaml(items: list[dict[str, Any]]) -> str:
    """One item a line, ready to be pasted into expected.yaml."""
    lines = (yaml.safe_dump(item, default_flow_style=True, sort_keys=False, width=999).strip() for item in items)
    return "\n".join(f"  - {line}" for line in lines)


def commit_base(source: Path, base: Path, project: Path, added: Sequence[str]) -> None:
    """A repository whose one commit has the files as they were: those in `base`, and the others as they are now.

    What is only in `base` the change deletes; what it has `added` is not there yet.
    """
    shutil.copytree(source, project)
    for path in added:
        (project / path).unlink()
    shutil.copytree(base, project, dirs_exist_ok=True)
    for arguments in (("init", "-q"), ("add", "--all"), ("commit", "-q", "-m", "Base"), ("tag", "base")):
        subprocess.run(["git", *IDENTITY, *arguments], cwd=project, check=True)
    for file in (file for file in base.rglob("*") if file.is_file()):
        (project / file.relative_to(base)).unlink()


def changes() -> list[dict[str, Any]]:
    """What is expected of the stories of two commits."""
    stories = [yaml.safe_load((PROJECTS / name / "expected.yaml").read_text(encoding="utf-8")) for name in STORIES]
    return [story for story in stories if "base" in story]


def rules_between_card_and_code() -> list[str]:
    """The rules that the documentation names for a card that no longer fits."""
    table = CARD_TABLE.search((ROOT / "docs/documents.md").read_text(encoding="utf-8"))
    return sorted(set(re.findall(r"\(rules/([\w-]+)\.md\)", table[1]))) if table else []


@dataclass(frozen=True)
class Story:
    """A project, what is expected of its check, and what came out."""

    expected: dict[str, Any]
    project: Path
    exit: int
    report: dict[str, Any]


@pytest.fixture(scope="module", params=STORIES)
def story(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = PROJECTS / request.param
    expected = yaml.safe_load((folder / "expected.yaml").read_text(encoding="utf-8"))
    project = tmp_path_factory.mktemp("story") / "work"
    source = folder / expected.get("project", "project")
    if "base" in expected:
        commit_base(source, folder / expected["base"], project, expected.get("added", ()))
    shutil.copytree(source, project, dirs_exist_ok=True)
    return Story(expected, project, *check(project, *expected.get("arguments", [])))


def test_a_project_gets_exactly_the_expected_findings(story: Story) -> None:
    keys = ("rule", "path", "cell", "line")
    assert as_yaml(as_expected(story.report["findings"], keys)) == as_yaml(
        as_expected(story.expected["findings"], keys)
    )
    assert story.exit == story.expected["exit"]


def test_a_project_names_what_was_not_analysed_and_why(story: Story) -> None:
    skipped = as_expected(story.report["files"]["skipped"], ("path", "cell", "line", "reason"))
    expected = story.expected.get("skipped", [])
    # Parsers end their reasons in other words from one Python to the next.
    starts = [item["reason"][: len(wanted["reason"])] for item, wanted in zip(skipped, expected, strict=True)]
    assert as_yaml([item | {"reason": start} for item, start in zip(skipped, starts, strict=True)]) == as_yaml(expected)


def test_a_finding_points_at_a_line_that_is_there(story: Story) -> None:
    for finding in story.report["findings"]:
        lines = (story.project / finding["path"]).read_bytes().splitlines()
        assert 1 <= finding["file_line"] <= max(len(lines), 1)
        assert finding["line"] <= finding["end_line"]


@pytest.mark.parametrize("rule", rules_between_card_and_code())
def test_a_rule_between_card_and_code_speaks_of_one_change_and_not_of_another(rule: str) -> None:
    spoken = [{finding["rule"] for finding in story["findings"]} for story in changes()]
    assert any(rule in rules for rules in spoken)
    assert any(
        rule in story.get("silent", []) and rule not in rules for story, rules in zip(changes(), spoken, strict=True)
    )


@pytest.mark.parametrize("form", ["terminal", "markdown", "github", "jsonl", "sarif"])
def test_hostile_text_stays_text_in_every_format(form: str, tmp_path: Path) -> None:
    project = tmp_path / "work"
    shutil.copytree(PROJECTS / "hostile-text/project", project)
    output = run(project, "--format", form).stdout
    assert "hardcoded-path" in output
    assert not {"\x1b", "\x07", "\u202e"} & set(output)
    assert re.findall(r"(?m)^::(?!error |warning |notice )", output) == []
    if form == "markdown":
        assert re.findall(r"(?m)^[^`]*<(?:img|script)", output) == []
