"""Pull requests, their files and commits."""

from __future__ import annotations

from fakegithub import render, render_git
from fakegithub.fake import FakeGitHub
from fakegithub.state import PullRequest
from fakegithub.web import ApiError, Json, Request, Response, listing, operation

MAX_COMMITS = 250


def _simple(request: Request, pull: PullRequest) -> Json:
    return render.pull_simple(request.github.links, pull, request.github.merge_commit(pull))


def _full(links: render.Links, pull: PullRequest, merge_commit: str | None, counts: Json) -> Json:
    """A `pull-request`."""
    conflict = merge_commit is None
    merged = {
        "merged": pull.merged_at is not None,
        "merged_by": pull.merged_by and render.user(links, pull.merged_by),
    }
    state = {
        "mergeable": None if pull.merged_at else not conflict,
        "rebaseable": None if pull.merged_at else not conflict,
        "mergeable_state": "dirty" if conflict else ("draft" if pull.draft else "clean"),
        "maintainer_can_modify": pull.is_fork,
    }
    return render.pull_simple(links, pull, merge_commit) | merged | state | counts


def pull_json(github: FakeGitHub, pull: PullRequest) -> Json:
    """A pull request as asked for alone."""
    files = github.files(pull)
    counts = {
        "comments": len(pull.conversation),
        "review_comments": sum(1 for _ in pull.comments()),
        "commits": len(github.commits(pull)),
        "additions": sum(file.additions for file in files),
        "deletions": sum(file.deletions for file in files),
        "changed_files": len(files),
    }
    return _full(github.links, pull, github.merge_commit(pull), counts)


@operation("pulls/get", "pull_requests:read")
def get(request: Request) -> Response:
    """A pull request, or its diff."""
    pull = request.pull
    if "diff" in request.accept.partition(",")[0].rpartition(".")[2]:
        return _diff(request, pull)
    return Response(200, pull_json(request.github, pull))


def _diff(request: Request, pull: PullRequest) -> Response:
    files = request.github.files(pull)
    lines = sum(len((file.patch or "").split("\n")) for file in files)
    if len(files) > 300 or lines > 20_000:
        raise ApiError(406, "Sorry, the diff exceeded the maximum number of files (300) or lines (20000).")
    text = pull.repo.store.git("diff", "--no-ext-diff", "-M", request.github.merge_base(pull), pull.head_sha)
    return Response(200, text, {"Content-Type": "application/vnd.github.v3.diff; charset=utf-8"})


@operation("pulls/list", "pull_requests:read")
def list_(request: Request) -> Response:
    """The pull requests of a repository."""
    query = request.query
    state, head, base = query.get("state", "open"), query.get("head"), query.get("base")
    found = [
        pull
        for pull in reversed(request.repo.pulls.values())
        if state in ("all", pull.state)
        and head in (None, f"{pull.head_repo.owner.login}:{pull.head_ref}")
        and base in (None, pull.base_ref)
    ]
    return listing(request, found, lambda pull: _simple(request, pull))


@operation("repos/list-pull-requests-associated-with-commit", "pull_requests:read")
def of_commit(request: Request) -> Response:
    """The open pull requests that hold a commit; those of forks are not found this way."""
    sha = request.params["commit_sha"]
    found = [
        pull
        for pull in request.repo.pulls.values()
        if not pull.is_fork and pull.state == "open" and sha in request.github.commits(pull)
    ]
    return listing(request, found, lambda pull: _simple(request, pull))


@operation("pulls/list-files", "pull_requests:read", "contents:read")
def files(request: Request) -> Response:
    """The files that a pull request changes, 3000 at most."""
    github, pull = request.github, request.pull
    changed = list(github.files(pull))
    return listing(request, changed, lambda file: render_git.file(github.links, pull, file), github.max_files)


@operation("pulls/list-commits", "pull_requests:read", "contents:read")
def commits(request: Request) -> Response:
    """The commits of a pull request, 250 at most."""
    pull, links = request.pull, request.github.links
    store = pull.repo.store
    found = list(request.github.commits(pull))
    return listing(request, found, lambda sha: render_git.commit(links, pull.repo, store.info(sha)), MAX_COMMITS)
