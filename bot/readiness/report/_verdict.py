"""What a report comes to, in one word and one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from readiness.judge.report import Report
from readiness.report._text import counted


@dataclass(frozen=True, slots=True)
class Verdict:
    """`ready`, `mend first` or `incomplete`, and why."""

    word: str
    sentence: str


def verdict(report: Report) -> Verdict:
    """An incomplete run is never ready, nor does it look like one with findings only."""
    failing = sum(finding.severity >= report.fail_on for finding in report.findings)
    if report.incomplete:
        missing = counted(sum(not item.expected for item in report.skipped), "file or rule", "files or rules")
        return Verdict("incomplete", f"{missing} could not be analysed, so nothing is certain yet.")
    if failing:
        return Verdict("mend first", f"{counted(failing, 'thing')} to mend before this is ready.")
    rest = f"; {counted(len(report.findings), 'thing')} to look at" if report.findings else ""
    return Verdict("ready", f"Nothing stands in the way{rest}.")
