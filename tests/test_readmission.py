"""The example project is what its list of planted faults says, and every pillar that has rules finds something in it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest

from readiness.finding import Confidence, Stage
from readiness.rulebook.loader import load_rulebook
from readiness.rulebook.schema import ChangeRule

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples/readmission"


@cache
def findings() -> list[dict[str, Any]]:
    """What `readiness check examples/readmission` reports from the root, as `make demo` calls it."""
    command = [sys.executable, "-m", "readiness", "check", "examples/readmission", "--format", "json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "bot"), "PYTHONUTF8": "1"}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
    report: dict[str, Any] = json.loads(run.stdout)
    assert report["files"]["skipped"] == []
    return list(report["findings"])


def planted() -> list[tuple[str, str, list[str]]]:
    """The rows of PLANTED.md: pillar, fault and the rules that find it."""
    rows = re.findall(r"^\| (\w+) \| (.+?) \| .+? \|(.*)\|$", (EXAMPLE / "PLANTED.md").read_text("utf-8"), re.MULTILINE)
    return [(pillar, fault, re.findall(r"`([\w-]+)`", rules)) for pillar, fault, rules in rows if pillar != "Pillar"]


def test_every_rule_that_finds_something_is_on_the_list_and_no_other() -> None:
    listed = {rule for _, _, rules in planted() for rule in rules}
    assert listed == {finding["rule"] for finding in findings()}


def test_every_pillar_is_planted() -> None:
    pillars = {
        "framing", "validation", "reproducibility", "documentation", "ethics",
        "testing", "operations", "notebook", "security", "correctness",
    }  # fmt: skip
    assert {pillar for pillar, _, _ in planted()} == pillars


def test_every_pillar_with_rules_that_are_on_finds_something() -> None:
    rules = [rule for rule in load_rulebook().rules if not isinstance(rule, ChangeRule)]
    on = {rule.pillar for rule in rules if rule.confidence > Confidence.LOW and rule.stage < Stage.PRODUCTION}
    assert on - {finding["pillar"] for finding in findings()} == set()


@pytest.mark.parametrize("name", ["01_exploration.ipynb", "02_modelling.ipynb"])
def test_a_notebook_is_valid_and_was_run(name: str) -> None:
    notebook = nbformat.reads((EXAMPLE / "notebooks" / name).read_text("utf-8"), as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    counts = [cell.execution_count for cell in notebook.cells if cell.cell_type == "code" and cell.source]
    assert None not in counts


def test_no_patient_of_the_example_exists() -> None:
    rows = (EXAMPLE / "data/admissions.csv").read_text("utf-8").splitlines()
    assert 100 < len(rows) <= 201
    assert all(row.startswith("SYN-") for row in rows[1:])
