"""What the runner shows: outputs, annotations and the job summary, none of which the reviewed text can forge."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from readiness.finding import Severity
from readiness.judge.report import Report
from readiness.report import github
from readiness.review.ranking import by_importance

MAX_SUMMARY_BYTES = 900 * 1024
"""The runner drops a summary above 1 MiB as a whole."""
MAX_ANNOTATIONS = 10
"""Of each sort; the runner shows no more of one step."""
_CUT = "\n\n_The list was cut here: it is longer than a job summary may be. The report has all of it._\n"


def write_outputs(environment: Mapping[str, str], outputs: Mapping[str, object]) -> None:
    """Set the outputs of the step; a random delimiter keeps a value from ending early."""
    path = environment.get("GITHUB_OUTPUT")
    if not path:
        return
    with Path(path).open("a", encoding="utf-8") as file:
        for name, value in outputs.items():
            delimiter = f"readiness-{secrets.token_hex(16)}"
            file.write(f"{name}<<{delimiter}\n{value}\n{delimiter}\n")


def write_job_summary(environment: Mapping[str, str], text: str) -> None:
    """Show Markdown on the page of the run, never more than the runner takes."""
    path = environment.get("GITHUB_STEP_SUMMARY")
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(within(text, MAX_SUMMARY_BYTES))


def within(text: str, limit: int) -> str:
    """The text, cut after a whole line if its bytes are too many."""
    data = text.encode(errors="replace")
    if len(data) <= limit:
        return data.decode()
    kept = data[: limit - len(_CUT.encode())].rpartition(b"\n")[0]
    return kept.decode(errors="ignore") + _CUT


def workflow_commands(report: Report) -> str:
    """Workflow commands for the worst findings of each sort, for a run that may not write comments."""
    ordered = sorted(report.findings, key=by_importance)
    shown = [
        finding
        for severity in sorted(Severity, reverse=True)
        for finding in [one for one in ordered if one.severity is severity][:MAX_ANNOTATIONS]
    ]
    return github.render(replace(report, findings=tuple(shown)))
