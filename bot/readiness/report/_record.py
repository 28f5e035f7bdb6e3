"""A finding as plain data: the names that scripts rely on, the same in every machine-readable format."""

from __future__ import annotations

from typing import Any

from readiness.finding import Finding, Fix, Skipped, Step


def finding_record(finding: Finding) -> dict[str, Any]:
    """The published keys of a finding, in their published order."""
    place = finding.location
    return {
        "rule": finding.rule,
        "pillar": finding.pillar,
        "severity": finding.severity.label,
        "confidence": finding.confidence.label,
        "path": place.path,
        "cell": place.cell,
        "line": place.line,
        "end_line": place.end_line,
        "column": place.column,
        "end_column": place.end_column,
        "file_line": place.file_line,
        "symbol": finding.symbol,
        "message": finding.message,
        "sketch": finding.sketch,
        "bindings": finding.bindings,
        "fix": _fix_record(finding.fix) if finding.fix else None,
        "fingerprint": finding.fingerprint,
        "steps": [_step_record(step) for step in finding.steps],
    }


def skipped_record(skipped: Skipped) -> dict[str, Any]:
    """A file, or a cell of it, that was not analysed, and why."""
    known = {"path": skipped.path, "cell": skipped.cell, "line": skipped.line, "reason": skipped.reason}
    return {key: value for key, value in known.items() if value is not None} | {"expected": skipped.expected}


def _step_record(step: Step) -> dict[str, Any]:
    place = step.location
    return {
        "role": step.role.value,
        "path": place.path,
        "cell": place.cell,
        "line": place.line,
        "end_line": place.end_line,
        "column": place.column,
        "end_column": place.end_column,
        "file_line": place.file_line,
        "text": step.text,
    }


def _fix_record(fix: Fix) -> dict[str, Any]:
    edits = [{"start": edit.start, "end": edit.end, "replacement": edit.replacement} for edit in fix.edits]
    elsewhere = {"path": fix.path} if fix.path else {}
    return {"title": fix.title, "safe": fix.safe, **elsewhere, "edits": edits}
