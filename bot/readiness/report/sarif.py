"""The report as SARIF 2.1.0, which code hosts and editors read; notebook findings stand on the lines of the stored file."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from readiness import __version__
from readiness.finding import Finding, Location, Severity, Skipped, Step
from readiness.judge.report import Report, RuleInfo

SUFFIXES = (".sarif",)
SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "readiness/v1"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_ROOT = "%SRCROOT%"


def render(report: Report) -> str:
    """One run with the rules that were applied, their results, and what was not analysed."""
    rules = {rule.id: index for index, rule in enumerate(report.rules)}
    run = {
        "tool": {"driver": _driver(report)},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, rules) for finding in report.findings],
        "invocations": [
            {
                "executionSuccessful": not report.incomplete,
                "exitCode": int(report.exit_code),
                "toolExecutionNotifications": [_notification(skipped) for skipped in report.skipped],
            }
        ],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _driver(report: Report) -> dict[str, Any]:
    return {
        "name": "readiness",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(rule) for rule in report.rules],
    }


def _rule(rule: RuleInfo) -> dict[str, Any]:
    learn = [f"- {link}" for link in rule.learn]
    parts = [rule.why, rule.next_step, "\n".join(learn)]
    help_text = "\n\n".join(part for part in parts if part) or rule.title
    link = {"helpUri": rule.learn[0]} if rule.learn else {}
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why or rule.title},
        "help": {"text": help_text, "markdown": help_text},
        **link,
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.pillar]},
    }


def _result(finding: Finding, rules: dict[str, int]) -> dict[str, Any]:
    index = {"ruleIndex": rules[finding.rule]} if finding.rule in rules else {}
    message = "\n".join(part for part in (finding.message, finding.next_step, finding.sketch) if part)
    return {
        "ruleId": finding.rule,
        **index,
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
        "locations": [_location(finding)],
        **_code_flows(finding.steps),
        "partialFingerprints": {FINGERPRINT: finding.fingerprint},
        "properties": {"confidence": finding.confidence.label, "pillar": finding.pillar},
    }


def _code_flows(steps: tuple[Step, ...]) -> dict[str, Any]:
    """The way of a flow, for viewers that walk along it."""
    if not steps:
        return {}
    places = [
        {"location": {**_physical(step.location), "message": {"text": step.text}}, "kinds": [step.role.value]}
        for step in steps
    ]
    return {"codeFlows": [{"threadFlows": [{"locations": places}]}]}


def _location(finding: Finding) -> dict[str, Any]:
    location = _physical(finding.location)
    if finding.symbol:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.symbol}]
    return location


def _physical(place: Location) -> dict[str, Any]:
    region = {"startLine": place.file_line, "endLine": place.file_end_line}
    if place.cell is None:
        region |= {"startColumn": place.column, "endColumn": place.end_column}
    return {"physicalLocation": {"artifactLocation": _artifact(place.path), "region": region}}


def _notification(skipped: Skipped) -> dict[str, Any]:
    where: dict[str, Any] = {"artifactLocation": _artifact(skipped.path)}
    if skipped.line and skipped.cell is None:
        where["region"] = {"startLine": skipped.line}
    return {
        "level": "note" if skipped.expected else "error",
        "message": {"text": skipped.reason},
        "locations": [{"physicalLocation": where}],
    }


def _artifact(path: str) -> dict[str, str]:
    return {"uri": quote(path, errors="surrogateescape"), "uriBaseId": _ROOT}
