"""The report as JSON lines: one for each finding, then one for each file that was not analysed."""

from __future__ import annotations

import json
from itertools import chain

from readiness.judge.report import Report
from readiness.report._record import finding_record, skipped_record

SUFFIXES = (".jsonl", ".ndjson")


def render(report: Report) -> str:
    """Findings in order, then `{"skipped": …}` lines."""
    findings = (finding_record(finding) for finding in report.findings)
    skipped = ({"skipped": skipped_record(skipped)} for skipped in report.skipped)
    return "".join(f"{json.dumps(record)}\n" for record in chain(findings, skipped))
