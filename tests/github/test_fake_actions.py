"""Actions: jobs and their events, artifacts of the first stage, checks and SARIF."""

from __future__ import annotations

import base64
import gzip
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import httpx
import pytest

from fakegithub import FakeGitHub, PullRequest, check_out, finish_run, job, upload
from samples import ROOT, Connect

CHECKS = {"checks": "write"}
SARIF = {"version": "2.1.0", "runs": []}


@pytest.mark.parametrize(
    "action", ["opened", "synchronize", "reopened", "ready_for_review", "converted_to_draft", "edited", "closed"]
)
def test_pull_request_job_is_told_of_the_head_and_given_the_merge(
    github: FakeGitHub, pull: PullRequest, action: str
) -> None:
    run = job(github, "pull_request", pull, action=action)
    assert run.event["pull_request"]["head"]["sha"] == pull.head_sha
    assert run.env["GITHUB_SHA"] == github.merge_commit(pull) != pull.head_sha
    assert (run.env["GITHUB_REF"], run.env["GITHUB_HEAD_REF"]) == ("refs/pull/1/merge", "topic")
    assert json.loads(Path(run.env["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8")) == run.event


def test_target_job_runs_on_the_base_branch(github: FakeGitHub, pull: PullRequest) -> None:
    run = job(github, "pull_request_target", pull)
    assert (run.env["GITHUB_SHA"], run.env["GITHUB_REF"]) == (pull.base_sha, "refs/heads/main")


def test_merge_queue_names_no_pull_request(github: FakeGitHub, pull: PullRequest) -> None:
    run = job(github, "merge_group", pull)
    assert "pull_request" not in run.event
    assert run.env["GITHUB_REF"].startswith("refs/heads/gh-readonly-queue/main/pr-1-")
    assert run.event["merge_group"]["head_sha"] == run.env["GITHUB_SHA"]


def test_comment_and_push_run_on_the_default_branch(github: FakeGitHub, pull: PullRequest) -> None:
    said = github.person("eve").say(pull, "readiness: review")
    run = job(github, "issue_comment", said)
    assert (run.event["comment"]["body"], run.env["GITHUB_ACTOR"]) == ("readiness: review", "eve")
    assert run.event["issue"]["pull_request"]["url"].endswith("/pulls/1")
    assert job(github, "push", pull.repo).event["after"] == pull.repo.branches["main"]


def test_event_about_something_else_is_a_mistake(github: FakeGitHub, pull: PullRequest) -> None:
    with pytest.raises(ValueError, match="no event push is about a PullRequest"):
        job(github, "push", pull)


def test_step_speaks_through_files(github: FakeGitHub, pull: PullRequest) -> None:
    run = job(github, "pull_request", pull)
    program = """
import os
with open(os.environ["GITHUB_OUTPUT"], "a") as output:
    output.write("findings=3\\nreport<<END\\nline=1\\nline 2\\nEND\\n")
with open(os.environ["GITHUB_STEP_SUMMARY"], "a") as summary:
    summary.write("# Review")
"""
    subprocess.run([sys.executable, "-c", program], env=run.env, cwd=run.workspace, check=True)
    assert run.outputs == {"findings": "3", "report": "line=1\nline 2"}
    assert run.summary == "# Review"


def test_environment_holds_nothing_of_this_machine(
    github: FakeGitHub, pull: PullRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "a token of the machine")
    run = job(github, "pull_request", pull)
    assert run.env["GITHUB_TOKEN"] in github.tokens
    assert {name for name, value in run.env.items() if os.environ.get(name) == value} <= {"PATH", "CI"}


def test_checkout_leaves_one_commit_without_history(github: FakeGitHub, pull: PullRequest) -> None:
    run = job(github, "pull_request", pull)
    check_out(run, github, pull.repo, run.env["GITHUB_SHA"])
    assert (run.workspace / "new.py").read_text() == "print(1)\n"
    log = subprocess.run(["git", "log", "--format=%H"], cwd=run.workspace, capture_output=True, text=True, check=True)
    assert log.stdout.split() == [run.env["GITHUB_SHA"]]


def test_run_of_a_fork_does_not_say_which_pull_request_it_was_for(github: FakeGitHub, pull: PullRequest) -> None:
    forked = github.person("mallory").open_pull(pull.repo, {"evil.py": "x = 1\n"}, fork=True)
    own, theirs = (job(github, "workflow_run", finish_run(github, item)) for item in (pull, forked))
    assert [item["number"] for item in own.event["workflow_run"]["pull_requests"]] == [pull.number]
    assert theirs.event["workflow_run"]["pull_requests"] == []
    assert theirs.event["workflow_run"]["head_repository"]["full_name"] == "mallory/model"
    assert theirs.event["workflow_run"]["head_sha"] == forked.head_sha


def test_artifact_is_found_by_name_and_downloaded(github: FakeGitHub, connect: Connect, pull: PullRequest) -> None:
    run = finish_run(github, pull)
    upload(github, run, "readiness-review", {"readiness-review.json": b"{}"})
    upload(github, run, "other", b"not a zip")
    reader = connect(permissions={"actions": "read"})
    listed = reader.get(f"{ROOT}/actions/runs/{run.id}/artifacts", params={"name": "readiness-review"}).json()
    [found] = listed["artifacts"]
    assert (listed["total_count"], found["workflow_run"]["head_sha"]) == (1, pull.head_sha)
    content = reader.get(found["archive_download_url"], follow_redirects=True).content
    assert zipfile.ZipFile(io.BytesIO(content)).read("readiness-review.json") == b"{}"


def test_artifact_needs_a_permission_and_may_have_expired(
    github: FakeGitHub, connect: Connect, client: httpx.Client, pull: PullRequest
) -> None:
    item = upload(github, finish_run(github, pull), "readiness-review", b"")
    url = f"{ROOT}/actions/artifacts/{item.id}/zip"
    assert client.get(url).status_code == 403
    item.expired = True
    assert connect(permissions={"actions": "read"}).get(url).status_code == 410


def test_check_collects_annotations(connect: Connect, pull: PullRequest) -> None:
    client = connect(permissions=CHECKS)
    note = {"path": "model.py", "start_line": 1, "end_line": 1, "annotation_level": "warning", "message": "x"}
    output = {"title": "Review", "summary": "Two findings", "annotations": [note]}
    body = {"name": "readiness", "head_sha": pull.head_sha, "status": "in_progress", "output": output}
    made = client.post(f"{ROOT}/check-runs", json=body).json()
    url = f"{ROOT}/check-runs/{made['id']}"
    done = client.patch(url, json={"conclusion": "neutral", "output": output}).json()
    assert (done["status"], done["output"]["annotations_count"]) == ("completed", 2)
    assert len(client.get(f"{url}/annotations").json()) == 2
    assert client.get(f"{ROOT}/commits/{pull.head_sha}/check-runs").json()["total_count"] == 1


def test_checks_are_for_apps_with_the_permission(connect: Connect, client: httpx.Client, pull: PullRequest) -> None:
    body = {"name": "readiness", "head_sha": pull.head_sha}
    assert client.post(f"{ROOT}/check-runs", json=body).status_code == 403
    assert connect("ada", CHECKS).post(f"{ROOT}/check-runs", json=body).status_code == 403


def sarif_body(pull: PullRequest, content: bytes) -> dict[str, str]:
    return {"commit_sha": pull.head_sha, "ref": "refs/pull/1/head", "sarif": base64.b64encode(content).decode()}


def test_sarif_is_unpacked(connect: Connect, client: httpx.Client, pull: PullRequest) -> None:
    body = sarif_body(pull, gzip.compress(json.dumps(SARIF).encode()))
    assert client.post(f"{ROOT}/code-scanning/sarifs", json=body).status_code == 403
    uploader = connect(permissions={"security_events": "write"})
    receipt = uploader.post(f"{ROOT}/code-scanning/sarifs", json=body)
    assert receipt.status_code == 202
    assert pull.repo.sarifs[receipt.json()["id"]].document == SARIF
    assert uploader.get(receipt.json()["url"]).json()["processing_status"] == "complete"


def test_sarif_that_cannot_be_read_is_refused(connect: Connect, pull: PullRequest) -> None:
    uploader = connect(permissions={"security_events": "write"})
    for content in (b"plain", gzip.compress(b"{")):
        assert uploader.post(f"{ROOT}/code-scanning/sarifs", json=sarif_body(pull, content)).status_code == 400
