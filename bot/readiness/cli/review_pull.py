"""`readiness review OWNER/REPO#N`, and in GitHub Actions without a name: review a pull request on its platform."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import click

from readiness.errors import ExitCode, UsageError
from readiness.report import json as json_report
from readiness.report import sarif as sarif_report
from readiness.report._text import visible
from readiness.review.actions.event import Event, Trigger, read_event
from readiness.review.actions.runner import workflow_commands, write_job_summary, write_outputs
from readiness.review.analysis import Analysis
from readiness.review.applied import Applied
from readiness.review.examine import examine
from readiness.review.gate import verdict
from readiness.review.github.connection import Connection, connect
from readiness.review.github.contents import read_change
from readiness.review.github.failures import PlatformError
from readiness.review.github.gateway import Gateway, Superseded
from readiness.review.github.snapshot import Snapshot, read_queue, read_snapshot
from readiness.review.github.upload import upload_sarif
from readiness.review.model import Pull, State
from readiness.review.plan import Plan, plan
from readiness.review.render.dry_run import dry_run
from readiness.review.render.job import job_summary
from readiness.review.settings import ReviewConfig

_NAME = re.compile(r"([\w.-]+/[\w.-]+)#(\d+)|https?://[^/]+/([\w.-]+/[\w.-]+)/pull/(\d+)(?:[/?#].*)?")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command line asks for beside the review."""

    dry_run: bool = False
    report: Path | None = None
    sarif: Path | None = None
    upload: bool = False
    handover: Path | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A review before anything is written."""

    analysis: Analysis
    plan: Plan
    config: ReviewConfig


def review_pull(name: str | None, wishes: Wishes, environment: Mapping[str, str]) -> ExitCode:
    """Review it and write what there is to write."""
    event = _named(name) if name else read_event(environment)
    connection = connect(environment)
    snapshot = _snapshot(connection, event)
    if snapshot.pull.state is not State.OPEN:
        write_job_summary(environment, f"Nothing to review: the pull request is {snapshot.pull.state}.\n")
        return ExitCode.CLEAN
    reviewed = _review(connection, snapshot)
    if event.trigger is Trigger.QUEUE:
        reviewed = replace(reviewed, plan=replace(reviewed.plan, writes=(), silent="this is the merge queue"))
    if wishes.dry_run:
        click.echo(dry_run(reviewed.plan, reviewed.analysis, snapshot.pull, reviewed.config), nl=False)
        return verdict(reviewed.analysis.report, reviewed.plan.board).exit_code
    try:
        applied = Gateway(connection, snapshot.pull, reviewed.analysis, reviewed.config).apply(reviewed.plan)
    except Superseded as superseded:
        click.echo(superseded.what)
        return ExitCode.CLEAN
    if wishes.upload:
        applied = _uploaded(connection, snapshot.pull, reviewed.analysis, applied)
    return _tell(reviewed, applied, snapshot.pull, wishes, environment)


def _named(name: str) -> Event:
    found = _NAME.fullmatch(name)
    if found is None:
        raise UsageError(f"`{name}` is no pull request", advice="Write OWNER/REPO#NUMBER, or paste its URL.")
    return Event(Trigger.PULL, found[1] or found[3], number=int(found[2] or found[4]))


def _snapshot(connection: Connection, event: Event) -> Snapshot:
    if event.trigger is Trigger.QUEUE:
        return read_queue(connection, event.repository, event.base, event.head)
    if event.trigger is Trigger.FINISHED:
        raise UsageError("a finished workflow is reviewed with --from-handover")
    return read_snapshot(connection, event.repository, event.number)


def _review(connection: Connection, snapshot: Snapshot) -> Reviewed:
    with tempfile.TemporaryDirectory(prefix="readiness-") as folder:
        change = read_change(connection, snapshot, Path(folder))
        analysis = examine(change)
    config = change.settings.config.review
    return Reviewed(analysis, plan(analysis, snapshot.pull, config), config)


def _uploaded(connection: Connection, pull: Pull, analysis: Analysis, applied: Applied) -> Applied:
    try:
        upload_sarif(connection, pull, sarif_report.render(analysis.report))
    except PlatformError as error:
        problem = f"SARIF could not be uploaded, which takes `security-events: write`: {error.what}."
        return replace(applied, problems=(*applied.problems, problem))
    return applied


def _tell(reviewed: Reviewed, applied: Applied, pull: Pull, wishes: Wishes, environment: Mapping[str, str]) -> ExitCode:
    """Everything beside the pull request: files, outputs, the job summary, and annotations if comments were refused."""
    report = reviewed.analysis.report
    _write(wishes.report, json_report.render(report))
    _write(wishes.sarif, sarif_report.render(report))
    if wishes.handover:
        from readiness.review.handover import handed_over

        _write(wishes.handover, handed_over(reviewed.analysis, pull))
    if applied.problems and environment.get("GITHUB_ACTIONS"):
        click.echo(workflow_commands(report), nl=False)
    write_job_summary(environment, job_summary(reviewed.plan, applied, reviewed.analysis, pull))
    found = verdict(report, reviewed.plan.board)
    outputs = {"findings": len(report.findings), "blocking": len(reviewed.plan.board.blocking), "verdict": found.word}
    write_outputs(environment, {**outputs, "report": wishes.report or "", "sarif": wishes.sarif or ""})
    for line in (*applied.problems, found.sentence):
        click.echo(visible(line))
    return found.exit_code


def _write(path: Path | None, text: str) -> None:
    if path is not None:
        path.write_text(text, encoding="utf-8")


def post_handover(path: Path, environment: Mapping[str, str], *, dry_run: bool) -> ExitCode:
    """The second stage for forks: comment what the first one found, without trusting a word of it."""
    raise UsageError(f"not yet: {path} {dry_run}")
