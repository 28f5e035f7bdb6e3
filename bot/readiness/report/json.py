"""The report as one JSON object."""

from __future__ import annotations

import json

from readiness import __version__
from readiness.judge.report import Report
from readiness.report._record import finding_record, skipped_record

SUFFIXES = (".json",)


def render(report: Report) -> str:
    """`version, findings, files: {analysed, skipped}, rules, seconds`."""
    record = {
        "version": __version__,
        "findings": [finding_record(finding) for finding in report.findings],
        "files": {"analysed": report.analysed, "skipped": [skipped_record(skipped) for skipped in report.skipped]},
        "rules": len(report.rules),
        "seconds": round(report.seconds, 3),
    }
    return json.dumps(record, indent=2) + "\n"
