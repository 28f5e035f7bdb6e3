"""An Actions job: the environment, the event file and the files through which a step speaks."""

from __future__ import annotations

import io
import json
import os
import subprocess
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fakegithub import contract, events
from fakegithub.fake import BOT, FakeGitHub
from fakegithub.gitstore import ENVIRONMENT
from fakegithub.state import Artifact, IssueComment, PullRequest, Repo, User, WorkflowRun
from fakegithub.web import Json

Subject = PullRequest | IssueComment | WorkflowRun | Repo
COMMAND_FILES = ("output", "env", "path", "state", "step_summary")
# What is the same in every job.
RUNNER = {
    "CI": "true",
    "GITHUB_ACTION": "__run",
    "GITHUB_ACTIONS": "true",
    "GITHUB_JOB": "review",
    "GITHUB_REF_TYPE": "branch",
    "GITHUB_RETENTION_DAYS": "90",
    "GITHUB_RUN_ATTEMPT": "1",
    "GITHUB_WORKFLOW": "readiness",
    "RUNNER_ARCH": "X64",
    "RUNNER_ENVIRONMENT": "github-hosted",
    "RUNNER_NAME": "GitHub Actions 1",
    "RUNNER_OS": "Linux",
}


@dataclass(frozen=True)
class Trigger:
    """What started a job: the commit and ref that it is given, and what GitHub tells about the event."""

    name: str
    repo: Repo
    actor: User
    sha: str
    ref: str
    payload: Json
    head_ref: str = ""
    base_ref: str = ""


@dataclass(frozen=True)
class Job:
    """A job on a runner; `env` is all that a step's process is given."""

    env: dict[str, str]
    event: Json
    directory: Path

    @property
    def workspace(self) -> Path:
        """The folder in which steps run; empty unless something was checked out."""
        return self.directory / "workspace"

    def _said(self, name: str) -> str:
        return (self.directory / name).read_text(encoding="utf-8")

    @property
    def summary(self) -> str:
        """The job summary that was written."""
        return self._said("step_summary")

    @property
    def outputs(self) -> dict[str, str]:
        """The outputs that were set, in either of the two spellings."""
        found: dict[str, str] = {}
        lines = iter(self._said("output").splitlines())
        for line in lines:
            name, equals, value = line.partition("=")
            if "<<" in name or not equals:
                name, _, delimiter = line.partition("<<")
                value = "\n".join(iter(lambda: next(lines), delimiter))
            found[name] = value
        return found


def start_job(github: FakeGitHub, trigger: Trigger, token: str | None) -> Job:
    """A job's files and environment; the token is handed over as the workflow file would."""
    directory = github.directory / f"job-{github.new_id()}"
    for name in ("workspace", "temp", "tools", "home"):
        (directory / name).mkdir(parents=True)
    for name in COMMAND_FILES:
        (directory / name).touch()
    (directory / "event.json").write_text(json.dumps(trigger.payload), encoding="utf-8")
    env = _environment(github, trigger, directory)
    return Job(env | ({"GITHUB_TOKEN": token} if token else {}), trigger.payload, directory)


def _environment(github: FakeGitHub, trigger: Trigger, directory: Path) -> dict[str, str]:
    run = str(github.new_id())
    files = {name.upper(): str(directory / name) for name in COMMAND_FILES}
    github_says = files | {
        "ACTOR": trigger.actor.login,
        "ACTOR_ID": str(trigger.actor.id),
        "API_URL": github.api_url,
        "BASE_REF": trigger.base_ref,
        "EVENT_NAME": trigger.name,
        "EVENT_PATH": str(directory / "event.json"),
        "GRAPHQL_URL": github.graphql_url,
        "HEAD_REF": trigger.head_ref,
        "REF": trigger.ref,
        "REF_NAME": trigger.ref.removeprefix("refs/").removeprefix("heads/").removeprefix("pull/"),
        "REPOSITORY": trigger.repo.full_name,
        "REPOSITORY_ID": str(trigger.repo.id),
        "REPOSITORY_OWNER": trigger.repo.owner.login,
        "REPOSITORY_OWNER_ID": str(trigger.repo.owner.id),
        "RUN_ID": run,
        "RUN_NUMBER": run,
        "SERVER_URL": github.links.html,
        "SHA": trigger.sha,
        "TRIGGERING_ACTOR": trigger.actor.login,
        "WORKSPACE": str(directory / "workspace"),
    }
    machine = {
        "HOME": str(directory / "home"),
        "PATH": os.environ["PATH"],
        "RUNNER_TEMP": str(directory / "temp"),
        "RUNNER_TOOL_CACHE": str(directory / "tools"),
    }
    return RUNNER | machine | {f"GITHUB_{name}": value for name, value in github_says.items()}


def trigger(github: FakeGitHub, name: str, subject: Subject, action: str | None = None) -> Trigger:
    """What an event of that name about that subject hands to a job."""
    match name, subject:
        case (("pull_request" | "pull_request_target"), PullRequest()):
            return _pull_request(github, name, subject, action or "synchronize")
        case "merge_group", PullRequest():
            head = github.merge_commit(subject) or subject.head_sha
            payload = events.merge_group(github, subject, head)
            return Trigger(name, subject.repo, subject.author, head, events.queue_ref(subject), payload)
        case "issue_comment", IssueComment():
            payload = events.issue_comment(github, subject, action or "created")
            return _on_default_branch(name, subject.pull.repo, subject.author, payload)
        case "workflow_run", WorkflowRun():
            payload = events.workflow_run(github, subject, action or "completed")
            return _on_default_branch(name, subject.repo, subject.pull.author, payload)
        case "push", Repo():
            return _on_default_branch(
                name, subject, subject.owner, events.push(github, subject, subject.default_branch)
            )
    raise ValueError(f"no event {name} is about a {type(subject).__name__}")


def _pull_request(github: FakeGitHub, name: str, pull: PullRequest, action: str) -> Trigger:
    payload = events.pull_request(github, pull, action)
    refs = pull.head_ref, pull.base_ref
    if name == "pull_request_target":
        return Trigger(name, pull.repo, pull.author, pull.base_sha, f"refs/heads/{pull.base_ref}", payload, *refs)
    sha = github.merge_commit(pull) or pull.head_sha
    return Trigger(name, pull.repo, pull.author, sha, f"refs/pull/{pull.number}/merge", payload, *refs)


def _on_default_branch(name: str, repo: Repo, actor: User, payload: Json) -> Trigger:
    branch = repo.default_branch
    return Trigger(name, repo, actor, repo.branches[branch], f"refs/heads/{branch}", payload)


def check_payload(name: str, payload: Json) -> list[str]:
    """What a payload lacks of GitHub's description of the event."""
    action = payload.get("action")
    event = "pull_request" if name == "pull_request_target" else name
    return contract.webhook_violations("-".join([event, *([action] if action else [])]).replace("_", "-"), payload)


def job(github: FakeGitHub, name: str, subject: Subject, *, action: str | None = None, token: str | None = None) -> Job:
    """A job that an event started, with the documented permissions unless another token is given."""
    started = trigger(github, name, subject, action)
    github.violations.extend(check_payload(name, started.payload))
    return start_job(github, started, github.token(BOT, repo=started.repo) if token is None else token)


def check_out(job: Job, github: FakeGitHub, repo: Repo, sha: str) -> None:
    """What actions/checkout leaves in the workspace: one commit, without history."""
    for command in (
        ["init", "--quiet"],
        ["fetch", "--quiet", "--depth=1", f"file://{repo.store.path}", f"{sha}:refs/remotes/pull/merge"],
        ["checkout", "--quiet", "--detach", sha],
    ):
        subprocess.run(["git", "-C", str(job.workspace), *command], check=True, env=ENVIRONMENT)
    github.clock.tick()


def finish_run(
    github: FakeGitHub, pull: PullRequest, conclusion: str = "success", name: str = "readiness"
) -> WorkflowRun:
    """A finished first stage of a pull request."""
    number = len(pull.repo.workflow_runs) + 1
    run = WorkflowRun(github.new_id(), pull.repo, pull, name, number, pull.head_sha, conclusion, github.clock.stamp())
    pull.repo.workflow_runs[run.id] = run
    return run


def upload(github: FakeGitHub, run: WorkflowRun, name: str, files: Mapping[str, bytes] | bytes) -> Artifact:
    """Leave an artifact: files to be zipped, or the bytes of whatever an attacker calls a zip."""
    content = files if isinstance(files, bytes) else _zip(files)
    item = Artifact(github.new_id(), run, name, content, github.clock.stamp())
    run.artifacts.append(item)
    return item


def _zip(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return buffer.getvalue()
