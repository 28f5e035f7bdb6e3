"""Small whole repositories, each with all that `readiness check` must say about it, and nothing more."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PROJECTS = ROOT / "tests/projects"
STORIES = sorted(path.parent.name for path in PROJECTS.glob("*/expected.yaml"))


def check(folder: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    """The exit code and the report of a real run, started inside the folder."""
    command = [sys.executable, "-m", "readiness", "check", ".", "--format", "json", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "bot"), "PYTHONUTF8": "1"}
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert run.stdout, run.stderr
    return run.returncode, json.loads(run.stdout)


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


@pytest.mark.parametrize("story", STORIES)
def test_a_project_gets_exactly_the_expected_findings(story: str, tmp_path: Path) -> None:
    expected = yaml.safe_load((PROJECTS / story / "expected.yaml").read_text(encoding="utf-8"))
    project = tmp_path / "work"
    shutil.copytree(PROJECTS / story / expected.get("project", "project"), project)

    code, report = check(project, *expected.get("arguments", []))

    findings = as_expected(report["findings"], ("rule", "path", "cell", "line"))
    assert as_yaml(findings) == as_yaml(as_expected(expected["findings"], ("rule", "path", "cell", "line")))
    skipped = as_expected(report["files"]["skipped"], ("path", "cell", "line", "reason"))
    assert as_yaml(skipped) == as_yaml(as_expected(expected.get("skipped", []), ("path", "cell", "line", "reason")))
    assert code == expected["exit"]


@pytest.mark.parametrize("story", STORIES)
def test_a_finding_points_at_text_that_is_there(story: str, tmp_path: Path) -> None:
    expected = yaml.safe_load((PROJECTS / story / "expected.yaml").read_text(encoding="utf-8"))
    project = tmp_path / "work"
    shutil.copytree(PROJECTS / story / expected.get("project", "project"), project)

    _, report = check(project, *expected.get("arguments", []))

    for finding in report["findings"]:
        lines = (project / finding["path"]).read_bytes().splitlines()
        assert 1 <= finding["file_line"] <= max(len(lines), 1)
        assert finding["line"] <= finding["end_line"]
