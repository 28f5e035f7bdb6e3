"""JSON and JSON lines carry the published names, on lines that every reader splits in the same way."""

from __future__ import annotations

import json
from dataclasses import replace

from readiness import __version__
from readiness.judge.report import Report
from readiness.report.json import render as render_json
from readiness.report.jsonl import render as render_lines

KEYS = (
    "rule, pillar, severity, confidence, path, cell, line, end_line, column, end_column, file_line, symbol, message, "
    "sketch, bindings, fix, fingerprint, steps"
)


def test_a_line_has_the_published_keys_in_their_order(report: Report) -> None:
    first = json.loads(render_lines(report).splitlines()[0])
    assert ", ".join(first) == KEYS


def test_a_line_follows_for_each_file_that_was_not_analysed(report: Report) -> None:
    records = [json.loads(line) for line in render_lines(report).splitlines()]
    assert [set(record) == {"skipped"} for record in records] == [False] * 5 + [True] * 3
    assert records[5]["skipped"] == {
        "path": "data/broken.ipynb",
        "line": 7,
        "reason": "not valid JSON: a comma is missing",
        "expected": False,
    }


def test_hostile_text_never_breaks_a_line(report: Report) -> None:
    finding = replace(report.findings[0], message="a\u2028b\x85c\nd\udcff")
    (line,) = render_lines(replace(report, findings=(finding,), skipped=())).splitlines()
    assert json.loads(line)["message"] == finding.message


def test_the_object_has_the_published_keys(report: Report) -> None:
    record = json.loads(render_json(report))
    assert list(record) == ["version", "findings", "files", "rules", "seconds"]
    assert (record["version"], record["rules"], record["seconds"]) == (__version__, 4, 0.835)
    assert record["files"]["analysed"] == 12
    assert [finding["rule"] for finding in record["findings"]] == [finding.rule for finding in report.findings]
