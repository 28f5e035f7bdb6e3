"""`readiness review OWNER/REPO#N`, and in GitHub Actions without a name: review a pull request on its platform."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import click

from readiness.cli._review_tell import Wishes, tell
from readiness.collect.clone import Clone
from readiness.collect.root import git_top
from readiness.errors import ExitCode, ReadinessError, UsageError
from readiness.report import sarif as sarif_report
from readiness.review.actions.event import Event, Trigger, read_event
from readiness.review.actions.runner import write_job_summary
from readiness.review.analysis import Analysis
from readiness.review.applied import Applied
from readiness.review.examine import examine
from readiness.review.gate import verdict
from readiness.review.github.artifact import read_artifact
from readiness.review.github.connection import Connection, connect
from readiness.review.github.contents import base_settings, read_change
from readiness.review.github.failures import PlatformError, Refused, Superseded, told_apart
from readiness.review.github.gateway import Gateway
from readiness.review.github.history import with_told
from readiness.review.github.snapshot import Snapshot, number_of_head, read_queue, read_snapshot
from readiness.review.github.trees import Trees
from readiness.review.github.upload import upload_sarif
from readiness.review.handover import read_handover, taken_over
from readiness.review.model import Pull, State
from readiness.review.plan import plan
from readiness.review.render.dry_run import dry_run
from readiness.review.render.words import said
from readiness.review.settings import ReviewConfig

_NAME = re.compile(r"([\w.-]+/[\w.-]+)#(\d+)|(https?://[^/]+)/([\w.-]+/[\w.-]+)/pull/(\d+)(?:[/?#].*)?")
_READING = "To read a pull request the token needs `contents: read` and `pull-requests: read`."


@dataclass(frozen=True, slots=True)
class Examined:
    """What a change gave, and how the project wants to be told."""

    analysis: Analysis
    config: ReviewConfig


def review_pull(name: str | None, wishes: Wishes, environment: Mapping[str, str]) -> ExitCode:
    """Review it and write what there is to write."""
    event = _named(name) if name else read_event(environment)
    with connect(environment, event.server) as connection:
        try:
            code = _reviewed(connection, event, wishes, environment)
        except Superseded as superseded:
            click.echo(superseded.what)
            return ExitCode.CLEAN
        except (ReadinessError, KeyboardInterrupt) as error:
            what = error.what if isinstance(error, ReadinessError) else "the run was stopped"
            write_job_summary(environment, f"# Readiness review\n\n**Incomplete:** {said(what)}.\n")
            raise
    return ExitCode.CLEAN if event.run else code  # the gate is the run that has seen the code


def _reviewed(connection: Connection, event: Event, wishes: Wishes, environment: Mapping[str, str]) -> ExitCode:
    try:
        snapshot = _snapshot(connection, event)
        if snapshot.pull.state.is_over:
            write_job_summary(environment, f"Nothing to review: the pull request is {snapshot.pull.state}.\n")
            return ExitCode.CLEAN
        if event.run:
            examined = _taken_over(connection, snapshot, event)
        else:
            examined = _examined(connection, snapshot, _clone(environment), cache=wishes.cache)
    except Refused as refused:
        raise Refused(refused.what, advice=_READING) from refused
    examined = replace(examined, config=examined.config.for_level(wishes.level))
    return _speak(connection, snapshot.pull, examined, wishes, environment)


def _named(name: str) -> Event:
    found = _NAME.fullmatch(name)
    if found is None:
        raise UsageError(f"`{name}` is no pull request", advice="Write OWNER/REPO#NUMBER, or paste its URL.")
    return Event(Trigger.PULL, found[1] or found[4], number=int(found[2] or found[5]), server=found[3] or "")


def _snapshot(connection: Connection, event: Event) -> Snapshot:
    if event.trigger is Trigger.QUEUE:
        return read_queue(connection, event.repository, event.base, event.head)
    number = event.number or number_of_head(connection, event)
    return read_snapshot(connection, event.repository, number)


def _clone(environment: Mapping[str, str]) -> Clone | None:
    """The clone in which the command runs, or that an earlier step has checked out."""
    top = git_top(Path(environment.get("GITHUB_WORKSPACE") or Path.cwd()).absolute())
    return Clone(top) if top else None


def _examined(connection: Connection, snapshot: Snapshot, clone: Clone | None, *, cache: bool) -> Examined:
    trees = Trees(connection, snapshot.pull.repository, clone)
    with tempfile.TemporaryDirectory(prefix="readiness-") as folder:
        change = read_change(trees, snapshot, Path(folder))
        settings = replace(change.settings, cache=cache)
        return Examined(examine(replace(change, settings=settings)), settings.config.review)


def _taken_over(connection: Connection, snapshot: Snapshot, event: Event) -> Examined:
    """The second stage for forks: what the first one found, without trusting a word of it."""
    pull = snapshot.pull
    data = read_artifact(connection, pull.repository, event.run)
    if data is None:
        raise Superseded("nothing to do: the run handed nothing over, so it could comment itself")
    handover = read_handover(data)
    if {handover.head, event.head} != {pull.head}:
        raise Superseded(f"superseded: the head is {pull.head[:7]} now, not {event.head[:7]}")
    with tempfile.TemporaryDirectory(prefix="readiness-") as folder:
        with told_apart():
            settings = base_settings(connection.rest.get_repo(pull.repository), pull.base, Path(folder))
        return Examined(taken_over(handover, pull, settings), settings.config.review)


def _speak(
    connection: Connection, pull: Pull, examined: Examined, wishes: Wishes, environment: Mapping[str, str]
) -> ExitCode:
    analysis, config = examined.analysis, examined.config
    if analysis.report.findings and pull.state is State.OPEN:
        pull = with_told(connection, pull)
    made = plan(analysis, pull, config)
    if wishes.dry_run:
        click.echo(dry_run(made, analysis, pull, config), nl=False)
        return verdict(analysis.report, made.board).exit_code
    applied = Gateway(connection, pull, analysis, config).apply(made)
    if wishes.upload_sarif:
        applied = _uploaded(connection, pull, analysis, applied)
    return tell(analysis, made, applied, pull, wishes, environment)


def _uploaded(connection: Connection, pull: Pull, analysis: Analysis, applied: Applied) -> Applied:
    try:
        upload_sarif(connection, pull, sarif_report.render(analysis.report))
    except PlatformError as error:
        problem = f"SARIF could not be uploaded, which takes `security-events: write`: {error.what}."
        return replace(applied, problems=(*applied.problems, problem))
    return applied
