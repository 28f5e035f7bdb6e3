"""What a review tells beside the pull request: files, outputs, the job summary, annotations, one line for each problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from readiness.errors import ExitCode
from readiness.mentor.levels import Level
from readiness.report import json as json_report
from readiness.report import sarif as sarif_report
from readiness.report._text import visible
from readiness.review.actions.runner import workflow_commands, write_job_summary, write_outputs
from readiness.review.analysis import Analysis
from readiness.review.applied import Applied
from readiness.review.gate import verdict
from readiness.review.handover import handed_over
from readiness.review.model import Pull
from readiness.review.plan import Plan
from readiness.review.render.job import job_summary


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks for beside the review."""

    dry_run: bool = False
    report: Path | None = None
    sarif: Path | None = None
    upload_sarif: bool = False
    handover: Path | None = None
    level: Level | None = None
    cache: bool = False


def tell(
    analysis: Analysis, plan: Plan, applied: Applied, pull: Pull, wishes: Wishes, environment: Mapping[str, str]
) -> ExitCode:
    """Tell everything, whatever could be written on the pull request, and give the exit code of the gate."""
    report = analysis.report
    if wishes.report:
        wishes.report.write_text(json_report.render(report), encoding="utf-8")
    if wishes.sarif:
        wishes.sarif.write_text(sarif_report.render(report), encoding="utf-8")
    if wishes.handover and applied.problems:
        wishes.handover.write_bytes(handed_over(analysis, pull))
    if applied.problems and environment.get("GITHUB_ACTIONS"):
        click.echo(workflow_commands(report), nl=False)
    write_job_summary(environment, job_summary(plan, applied, analysis, pull))
    found = verdict(report, plan.board)
    outputs = {"findings": len(report.findings), "blocking": len(plan.board.blocking), "verdict": found.word}
    files = {"report": wishes.report, "sarif": wishes.sarif}
    write_outputs(environment, outputs | {name: path.absolute() if path else "" for name, path in files.items()})
    for line in (*applied.problems, found.sentence):
        click.echo(visible(line))
    return found.exit_code
