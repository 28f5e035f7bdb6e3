"""Users, repositories and pull requests as GitHub's REST interface shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fakegithub.state import PullRequest, Reaction, Repo, User
from fakegithub.web import Json

USER_LINKS = {
    "followers_url": "followers",
    "following_url": "following{/other_user}",
    "gists_url": "gists{/gist_id}",
    "starred_url": "starred{/owner}{/repo}",
    "subscriptions_url": "subscriptions",
    "organizations_url": "orgs",
    "repos_url": "repos",
    "events_url": "events{/privacy}",
    "received_events_url": "received_events",
}
REPO_LINKS = {
    "archive_url": "{archive_format}{/ref}",
    "assignees_url": "assignees{/user}",
    "blobs_url": "git/blobs{/sha}",
    "branches_url": "branches{/branch}",
    "collaborators_url": "collaborators{/collaborator}",
    "comments_url": "comments{/number}",
    "commits_url": "commits{/sha}",
    "compare_url": "compare/{base}...{head}",
    "contents_url": "contents/{+path}",
    "contributors_url": "contributors",
    "deployments_url": "deployments",
    "downloads_url": "downloads",
    "events_url": "events",
    "forks_url": "forks",
    "git_commits_url": "git/commits{/sha}",
    "git_refs_url": "git/refs{/sha}",
    "git_tags_url": "git/tags{/sha}",
    "hooks_url": "hooks",
    "issue_comment_url": "issues/comments{/number}",
    "issue_events_url": "issues/events{/number}",
    "issues_url": "issues{/number}",
    "keys_url": "keys{/key_id}",
    "labels_url": "labels{/name}",
    "languages_url": "languages",
    "merges_url": "merges",
    "milestones_url": "milestones{/number}",
    "notifications_url": "notifications{?since,all,participating}",
    "pulls_url": "pulls{/number}",
    "releases_url": "releases{/id}",
    "stargazers_url": "stargazers",
    "statuses_url": "statuses/{sha}",
    "subscribers_url": "subscribers",
    "subscription_url": "subscription",
    "tags_url": "tags",
    "teams_url": "teams",
    "trees_url": "git/trees{/sha}",
}
COUNTS = ("forks", "forks_count", "stargazers_count", "watchers_count", "watchers", "open_issues_count", "open_issues")
REACTIONS = ("+1", "-1", "laugh", "confused", "heart", "hooray", "eyes", "rocket")


@dataclass(frozen=True)
class Links:
    """Where the interface and the pages are."""

    api: str
    html: str

    def repo(self, repo: Repo) -> str:
        """The interface's address of a repository."""
        return f"{self.api}/repos/{repo.full_name}"

    def pull(self, pull: PullRequest) -> str:
        """The interface's address of a pull request."""
        return f"{self.repo(pull.repo)}/pulls/{pull.number}"

    def pull_page(self, pull: PullRequest) -> str:
        """The page of a pull request."""
        return f"{self.html}/{pull.repo.full_name}/pull/{pull.number}"


def user(links: Links, who: User) -> Json:
    """A `simple-user`."""
    url = f"{links.api}/users/{who.login}"
    return {
        "login": who.login,
        "id": who.id,
        "node_id": who.node_id,
        "avatar_url": f"{links.html}/avatars/{who.id}",
        "gravatar_id": "",
        "url": url,
        "html_url": f"{links.html}/{who.login}",
        "type": who.type,
        "site_admin": False,
        **{name: f"{url}/{path}" for name, path in USER_LINKS.items()},
    }


def repository(links: Links, repo: Repo) -> Json:
    """A `repository`, as in pull requests and events."""
    url, page = links.repo(repo), f"{links.html}/{repo.full_name}"
    return {
        "id": repo.id,
        "node_id": repo.node_id,
        "name": repo.name,
        "full_name": repo.full_name,
        "owner": user(links, repo.owner),
        "private": repo.private,
        "visibility": "private" if repo.private else "public",
        "html_url": page,
        "description": None,
        "fork": repo.parent is not None,
        "url": url,
        "clone_url": f"{page}.git",
        "git_url": f"{page}.git".replace("http:", "git:"),
        "ssh_url": f"git@example:{repo.full_name}.git",
        "svn_url": page,
        "mirror_url": None,
        "homepage": None,
        "language": "Python",
        "license": None,
        "size": 1,
        "default_branch": repo.default_branch,
        "topics": [],
        "archived": False,
        "disabled": False,
        "is_template": False,
        "allow_forking": True,
        "web_commit_signoff_required": False,
        "pushed_at": repo.created_at,
        "created_at": repo.created_at,
        "updated_at": repo.created_at,
        **{name: f"{url}/{path}" for name, path in REPO_LINKS.items()},
        **{f"has_{name}": False for name in ("issues", "projects", "wiki", "pages", "downloads", "discussions")},
        **dict.fromkeys(COUNTS, 0),
    }


def full_repository(links: Links, repo: Repo) -> Json:
    """A `full-repository`, as asked for alone."""
    extra: Json = {"subscribers_count": 0, "network_count": 0}
    if repo.parent:
        extra |= {"parent": repository(links, repo.parent), "source": repository(links, repo.parent)}
    return repository(links, repo) | extra


def _branch(links: Links, repo: Repo, ref: str, sha: str) -> Json:
    return {
        "label": f"{repo.owner.login}:{ref}",
        "ref": ref,
        "sha": sha,
        "user": user(links, repo.owner),
        "repo": repository(links, repo),
    }


def _pull_addresses(links: Links, pull: PullRequest) -> dict[str, str]:
    repo, url = links.repo(pull.repo), links.pull(pull)
    issue = f"{repo}/issues/{pull.number}"
    return {
        "issue": issue,
        "comments": f"{issue}/comments",
        "review_comments": f"{url}/comments",
        "review_comment": f"{repo}/pulls/comments{{/number}}",
        "commits": f"{url}/commits",
        "statuses": f"{repo}/statuses/{pull.head_sha}",
    }


def pull_simple(links: Links, pull: PullRequest, merge_commit: str | None) -> Json:
    """A `pull-request-simple`, as in lists."""
    url, page = links.pull(pull), links.pull_page(pull)
    addresses = _pull_addresses(links, pull)
    return {
        "url": url,
        "id": pull.id,
        "node_id": pull.node_id,
        "html_url": page,
        "diff_url": f"{page}.diff",
        "patch_url": f"{page}.patch",
        "number": pull.number,
        "state": pull.state,
        "locked": pull.locked,
        "title": pull.title,
        "user": user(links, pull.author),
        "body": pull.body or None,
        "created_at": pull.created_at,
        "updated_at": pull.updated_at,
        "closed_at": pull.closed_at,
        "merged_at": pull.merged_at,
        "merge_commit_sha": merge_commit,
        "head": _branch(links, pull.head_repo, pull.head_ref, pull.head_sha),
        "base": _branch(links, pull.repo, pull.base_ref, pull.base_sha),
        "author_association": pull.repo.association(pull.author),
        "draft": pull.draft,
        "_links": {name: {"href": address} for name, address in {"self": url, "html": page, **addresses}.items()},
        **{f"{name}_url": address for name, address in addresses.items()},
        **{name: [] for name in ("labels", "assignees", "requested_reviewers", "requested_teams")},
        **dict.fromkeys(("active_lock_reason", "milestone", "assignee", "auto_merge")),
    }


def reactions(url: str, given: list[Reaction]) -> Json:
    """A `reaction-rollup`."""
    counts: dict[str, Any] = {name: sum(r.content == name for r in given) for name in REACTIONS}
    return {"url": f"{url}/reactions", "total_count": len(given), **counts}
