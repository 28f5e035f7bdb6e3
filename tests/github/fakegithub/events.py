"""The payloads of events, as GitHub would send them."""

from __future__ import annotations

from fakegithub import render, render_runs, render_talk
from fakegithub.fake import FakeGitHub
from fakegithub.rest.pulls import pull_json
from fakegithub.state import IssueComment, PullRequest, Repo, User, WorkflowRun
from fakegithub.web import Json

NOWHERE = "0" * 40


def _about(github: FakeGitHub, repo: Repo, sender: User, action: str | None = None) -> Json:
    """What every payload tells."""
    told: Json = {"action": action} if action else {}
    return told | {"repository": render.repository(github.links, repo), "sender": render.user(github.links, sender)}


def pull_request(github: FakeGitHub, pull: PullRequest, action: str, before: str = NOWHERE) -> Json:
    """`pull_request` and `pull_request_target`."""
    payload = _about(github, pull.repo, pull.author, action)
    unknown = {"mergeable": None, "rebaseable": None, "mergeable_state": "unknown"}  # worked out later, on GitHub too
    payload |= {"number": pull.number, "pull_request": pull_json(github, pull) | unknown}
    if action == "synchronize":
        payload |= {"before": before, "after": pull.head_sha}
    return payload | ({"changes": {}} if action == "edited" else {})


def issue_comment(github: FakeGitHub, comment: IssueComment, action: str) -> Json:
    """`issue_comment`: of the pull request it shows the issue's side only."""
    payload = _about(github, comment.pull.repo, comment.author, action)
    shown = render_talk.issue_comment(github.links, comment)
    changes = {"changes": {"body": {"from": ""}}} if action == "edited" else {}
    return payload | {"issue": _issue(github, comment.pull), "comment": shown} | changes


def _issue(github: FakeGitHub, pull: PullRequest) -> Json:
    """The issue that a pull request also is."""
    links = github.links
    url, page = f"{links.repo(pull.repo)}/issues/{pull.number}", links.pull_page(pull)
    names = ("labels", "comments", "events", "timeline")
    return {
        "url": url,
        "repository_url": links.repo(pull.repo),
        "html_url": page,
        "id": pull.id,
        "node_id": pull.node_id,
        "number": pull.number,
        "title": pull.title,
        "user": render.user(links, pull.author),
        "labels": [],
        "state": pull.state,
        "locked": pull.locked,
        "assignee": None,
        "assignees": [],
        "milestone": None,
        "comments": len(pull.conversation),
        "created_at": pull.created_at,
        "updated_at": pull.updated_at,
        "closed_at": pull.closed_at,
        "author_association": pull.repo.association(pull.author),
        "active_lock_reason": None,
        "draft": pull.draft,
        "body": pull.body,
        "reactions": render.reactions(url, []),
        "performed_via_github_app": None,
        "pull_request": {
            "url": links.pull(pull),
            "html_url": page,
            "diff_url": f"{page}.diff",
            "patch_url": f"{page}.patch",
            "merged_at": pull.merged_at,
        },
        **{f"{name}_url": f"{url}/{name}" for name in names},
    }


def workflow_run(github: FakeGitHub, run: WorkflowRun, action: str) -> Json:
    """`workflow_run`."""
    links = github.links
    url = f"{links.repo(run.repo)}/actions/workflows/{render_runs.WORKFLOW}"
    workflow = {
        "id": render_runs.WORKFLOW,
        "node_id": f"W_{render_runs.WORKFLOW}",
        "name": run.name,
        "path": f".github/workflows/{run.name}.yml",
        "state": "active",
        "created_at": run.repo.created_at,
        "updated_at": run.repo.created_at,
        "url": url,
        "html_url": url,
        "badge_url": f"{url}/badge.svg",
    }
    shown = render_runs.workflow_run(links, run)
    return _about(github, run.repo, run.pull.author, action) | {"workflow": workflow, "workflow_run": shown}


def merge_group(github: FakeGitHub, pull: PullRequest, head: str) -> Json:
    """`merge_group`: it names no pull request."""
    ref = queue_ref(pull)
    group = {
        "head_sha": head,
        "head_ref": ref,
        "base_ref": f"refs/heads/{pull.base_ref}",
        "base_sha": pull.base_sha,
        "head_commit": render_runs.head_commit(pull.repo, head),
    }
    return _about(github, pull.repo, pull.author, "checks_requested") | {"merge_group": group}


def queue_ref(pull: PullRequest) -> str:
    """The branch that a merge queue makes for a pull request."""
    return f"refs/heads/gh-readonly-queue/{pull.base_ref}/pr-{pull.number}-{pull.base_sha}"


def push(github: FakeGitHub, repo: Repo, branch: str) -> Json:
    """`push`."""
    after = repo.branches[branch]
    parents = repo.store.info(after).parents
    before = parents[0] if parents else NOWHERE
    commit = render_runs.head_commit(repo, after)
    page = f"{github.links.html}/{repo.full_name}"
    commit |= {"distinct": True, "url": f"{page}/commit/{after}", "added": [], "removed": [], "modified": []}
    return _about(github, repo, repo.owner) | {
        "ref": f"refs/heads/{branch}",
        "before": before,
        "after": after,
        "created": not parents,
        "deleted": False,
        "forced": False,
        "base_ref": None,
        "compare": f"{page}/compare/{before[:12]}...{after[:12]}",
        "commits": [commit],
        "head_commit": commit,
        "pusher": {"name": repo.owner.login, "email": "owner@users.noreply.example"},
    }
