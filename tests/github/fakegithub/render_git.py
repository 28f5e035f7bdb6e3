"""Commits, diffs and trees as GitHub's REST interface shows them."""

from __future__ import annotations

from fakegithub.gitstore import Commit, Entry
from fakegithub.patches import FileDiff
from fakegithub.render import Links
from fakegithub.state import PullRequest, Repo
from fakegithub.web import Json

VERIFICATION: Json = {"verified": False, "reason": "unsigned", "signature": None, "payload": None, "verified_at": None}


def _person(commit: Commit) -> Json:
    return {"name": commit.author, "email": commit.email, "date": commit.date}


def commit(links: Links, repo: Repo, item: Commit) -> Json:
    """A `commit`."""
    url = f"{links.repo(repo)}/commits/{item.sha}"
    page = f"{links.html}/{repo.full_name}/commit"
    return {
        "url": url,
        "sha": item.sha,
        "node_id": f"C_{item.sha}",
        "html_url": f"{page}/{item.sha}",
        "comments_url": f"{url}/comments",
        "commit": {
            "url": f"{links.repo(repo)}/git/commits/{item.sha}",
            "author": _person(item),
            "committer": _person(item),
            "message": item.message,
            "comment_count": 0,
            "tree": {"sha": item.tree, "url": f"{links.repo(repo)}/git/trees/{item.tree}"},
            "verification": VERIFICATION,
        },
        "author": None,
        "committer": None,
        "parents": [
            {"sha": sha, "url": f"{links.repo(repo)}/commits/{sha}", "html_url": f"{page}/{sha}"}
            for sha in item.parents
        ],
    }


def git_commit(links: Links, repo: Repo, item: Commit) -> Json:
    """A `git-commit`."""
    shown = commit(links, repo, item)
    inner = shown["commit"]
    kept = {name: shown[name] for name in ("sha", "node_id", "html_url", "parents")}
    return kept | {name: inner[name] for name in ("url", "author", "committer", "message", "tree", "verification")}


def file(links: Links, pull: PullRequest, item: FileDiff) -> Json:
    """A `diff-entry` of a pull request."""
    return diff_entry(links, pull.repo, pull.head_sha, item)


def diff_entry(links: Links, repo: Repo, sha: str, item: FileDiff) -> Json:
    """A `diff-entry`; no patch for what GitHub does not show."""
    page = f"{links.html}/{repo.full_name}"
    body: Json = {
        "sha": item.sha,
        "filename": item.path,
        "status": item.status,
        "additions": item.additions,
        "deletions": item.deletions,
        "changes": item.additions + item.deletions,
        "blob_url": f"{page}/blob/{sha}/{item.path}",
        "raw_url": f"{page}/raw/{sha}/{item.path}",
        "contents_url": f"{links.repo(repo)}/contents/{item.path}?ref={sha}",
    }
    if item.patch is not None:
        body["patch"] = item.patch
    return body | ({"previous_filename": item.previous} if item.previous else {})


def tree_entry(links: Links, repo: Repo, item: Entry) -> Json:
    """An entry of a `git-tree`."""
    body: Json = {"path": item.path, "mode": item.mode, "type": item.type, "sha": item.sha}
    if item.type != "commit":
        body["url"] = f"{links.repo(repo)}/git/{item.type}s/{item.sha}"
    return body | ({"size": item.size} if item.size is not None else {})
