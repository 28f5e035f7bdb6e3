"""What started the run, from the files and variables that an Actions runner sets."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from readiness.errors import UsageError

_PULL_EVENTS = frozenset({"pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment"})


class Trigger(StrEnum):
    """The sorts of runs that a review knows."""

    PULL = "pull request"
    QUEUE = "merge queue"
    FINISHED = "finished workflow"


@dataclass(frozen=True, slots=True)
class Event:
    """What to review; a number for a pull request, two commits for the merge queue, a run for the second stage."""

    trigger: Trigger
    repository: str
    number: int = 0
    head: str = ""
    base: str = ""
    run: int = 0
    head_owner: str = ""
    head_branch: str = ""
    server: str = ""
    """Where it is, if the environment does not say so."""


def read_event(environment: Mapping[str, str]) -> Event:
    """The event of this run; raises `UsageError` outside Actions and for events without a pull request."""
    name, path = environment.get("GITHUB_EVENT_NAME", ""), environment.get("GITHUB_EVENT_PATH", "")
    repository = environment.get("GITHUB_REPOSITORY", "")
    if not (name and path and repository):
        raise UsageError(
            "no pull request was named",
            advice="Name one as OWNER/REPO#NUMBER or by its URL, or review with --base REV.",
        )
    payload = _payload(Path(path))
    if name in _PULL_EVENTS:
        return Event(Trigger.PULL, repository, number=int(payload["pull_request"]["number"]))
    if name == "issue_comment" and "pull_request" in payload.get("issue", {}):
        return Event(Trigger.PULL, repository, number=int(payload["issue"]["number"]))
    if name == "merge_group":
        group = payload["merge_group"]
        return Event(Trigger.QUEUE, repository, head=str(group["head_sha"]), base=str(group["base_sha"]))
    if name == "workflow_run":
        return _finished(payload["workflow_run"], repository)
    raise UsageError(f"the event `{name}` has no pull request", advice="Run the review on `pull_request`.")


def _finished(run: dict[str, Any], repository: str) -> Event:
    owner = ((run.get("head_repository") or {}).get("owner") or {}).get("login", "")
    return Event(
        Trigger.FINISHED,
        repository,
        head=str(run["head_sha"]),
        run=int(run["id"]),
        head_owner=str(owner),
        head_branch=str(run.get("head_branch") or ""),
    )


def _payload(path: Path) -> dict[str, Any]:
    try:
        payload = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"the event cannot be read: {error}", where=str(path)) from error
    return payload if isinstance(payload, dict) else {}
