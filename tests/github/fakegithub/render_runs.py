"""Workflow runs, artifacts and checks as GitHub's REST interface shows them."""

from __future__ import annotations

from fakegithub import render
from fakegithub.render import Links
from fakegithub.state import Artifact, CheckRun, PullRequest, Repo, WorkflowRun
from fakegithub.web import Json

WORKFLOW = 7
MINIMAL = ("id", "node_id", "name", "full_name", "owner", "private", "html_url", "description", "fork", "url")


def minimal_repository(links: Links, repo: Repo) -> Json:
    """A `minimal-repository`."""
    whole = render.repository(links, repo)
    return {name: whole[name] for name in (*MINIMAL, *render.REPO_LINKS)}


def head_commit(repo: Repo, sha: str) -> Json:
    """A `simple-commit`."""
    item = repo.store.info(sha)
    person = {"name": item.author, "email": item.email}
    return {
        "id": sha,
        "tree_id": item.tree,
        "message": item.message,
        "timestamp": item.date,
        "author": person,
        "committer": person,
    }


def _pulls(links: Links, pull: PullRequest) -> list[Json]:
    """The pull requests of a run: GitHub leaves out those of forks."""
    if pull.is_fork:
        return []
    repo = {"id": pull.repo.id, "url": links.repo(pull.repo), "name": pull.repo.name}
    head = {"ref": pull.head_ref, "sha": pull.head_sha, "repo": repo}
    base = {"ref": pull.base_ref, "sha": pull.base_sha, "repo": repo}
    return [{"id": pull.id, "number": pull.number, "url": links.pull(pull), "head": head, "base": base}]


def workflow_run(links: Links, run: WorkflowRun) -> Json:
    """A `workflow-run`."""
    url = f"{links.repo(run.repo)}/actions/runs/{run.id}"
    suite = f"{links.repo(run.repo)}/check-suites/{run.id}"
    parts = ("jobs", "logs", "artifacts", "cancel", "rerun")
    return {
        "id": run.id,
        "name": run.name,
        "node_id": f"WFR_{run.id}",
        "check_suite_id": run.id,
        "check_suite_node_id": f"CS_{run.id}",
        "check_suite_url": suite,
        "head_branch": run.pull.head_ref,
        "head_sha": run.head_sha,
        "path": f".github/workflows/{run.name}.yml",
        "run_number": run.number,
        "run_attempt": 1,
        "referenced_workflows": [],
        "event": "pull_request",
        "status": "completed",
        "conclusion": run.conclusion,
        "workflow_id": WORKFLOW,
        "workflow_url": f"{links.repo(run.repo)}/actions/workflows/{WORKFLOW}",
        "url": url,
        "html_url": f"{links.html}/{run.repo.full_name}/actions/runs/{run.id}",
        "pull_requests": _pulls(links, run.pull),
        "created_at": run.created_at,
        "updated_at": run.created_at,
        "run_started_at": run.created_at,
        "actor": render.user(links, run.pull.author),
        "triggering_actor": render.user(links, run.pull.author),
        "previous_attempt_url": None,
        "head_commit": head_commit(run.repo, run.head_sha),
        "repository": minimal_repository(links, run.repo),
        "head_repository": minimal_repository(links, run.pull.head_repo),
        "display_title": run.pull.title,
        **{f"{part}_url": f"{url}/{part}" for part in parts},
    }


def artifact(links: Links, item: Artifact) -> Json:
    """An `artifact`."""
    url = f"{links.repo(item.run.repo)}/actions/artifacts/{item.id}"
    return {
        "id": item.id,
        "node_id": f"ART_{item.id}",
        "name": item.name,
        "size_in_bytes": len(item.content),
        "url": url,
        "archive_download_url": f"{url}/zip",
        "expired": item.expired,
        "created_at": item.created_at,
        "updated_at": item.created_at,
        "expires_at": "2026-04-05T00:00:00Z",
        "workflow_run": {
            "id": item.run.id,
            "repository_id": item.run.repo.id,
            "head_repository_id": item.run.pull.head_repo.id,
            "head_branch": item.run.pull.head_ref,
            "head_sha": item.run.head_sha,
        },
    }


def check_run(links: Links, repo: Repo, item: CheckRun) -> Json:
    """A `check-run`."""
    url = f"{links.repo(repo)}/check-runs/{item.id}"
    page = f"{links.html}/{repo.full_name}/runs/{item.id}"
    given = item.fields.get("output") or {}
    output = {
        "title": given.get("title"),
        "summary": given.get("summary"),
        "text": given.get("text"),
        "annotations_count": len(item.annotations),
        "annotations_url": f"{url}/annotations",
    }
    conclusion = item.fields.get("conclusion")
    return {
        "id": item.id,
        "node_id": f"CR_{item.id}",
        "head_sha": item.head_sha,
        "name": item.fields["name"],
        "url": url,
        "html_url": page,
        "details_url": item.fields.get("details_url", page),
        "external_id": item.fields.get("external_id"),
        "status": "completed" if conclusion else item.fields.get("status", "queued"),
        "conclusion": conclusion,
        "started_at": item.started_at,
        "completed_at": item.started_at if conclusion else None,
        "output": output,
        "check_suite": None,
        "app": None,
        "pull_requests": [],
    }


def annotation(links: Links, repo: Repo, item: CheckRun, given: Json) -> Json:
    """A `check-annotation`."""
    blank: Json = dict.fromkeys(("start_column", "end_column", "title", "raw_details"))
    page = f"{links.html}/{repo.full_name}/blob/{item.head_sha}/{given['path']}"
    return blank | given | {"blob_href": page}
