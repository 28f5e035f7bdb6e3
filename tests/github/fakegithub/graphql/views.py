"""Pull requests, threads, reviews and comments as GraphQL shows them; what is a function is worked out if asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fakegithub import reviewing
from fakegithub.graphql.connections import Resolver, connection
from fakegithub.patches import FileDiff
from fakegithub.state import Comment, IssueComment, PullRequest, Repo, Review, Thread, User
from fakegithub.web import Json, Request

CHANGE = {"added": "ADDED", "removed": "DELETED", "modified": "MODIFIED", "renamed": "RENAMED", "copied": "COPIED"}


def lazy(view: Callable[..., Any], *arguments: Any) -> Callable[[Any], Any]:
    """A field that is resolved only when a document asks for it."""
    return lambda _info: view(*arguments)


def can_resolve(request: Request) -> bool:
    """Resolving needs write access to the contents, strange as that is."""
    return request.token is not None and request.token.allows("contents", "write")


def may_write(request: Request) -> bool:
    """Whether the token may take part in the conversation."""
    return request.token is not None and request.token.allows("pull_requests", "write")


def user(request: Request, who: User | None) -> Json | None:
    """An actor; a bot's name lacks the `[bot]` that the REST interface shows."""
    if who is None:
        return None
    return {
        "__typename": "Bot" if who.type == "Bot" else "User",
        "id": who.node_id,
        "databaseId": who.id,
        "login": who.graphql_login,
        "url": f"{request.github.links.html}/{who.login}",
        "resourcePath": f"/{who.login}",
        "avatarUrl": lambda _info, **_: f"{request.github.links.html}/avatars/{who.id}",
    }


def viewer(request: Request) -> Json:
    """Whom the token acts for; here a bot's login is written as in REST."""
    shown = user(request, request.actor) or {}
    return shown | {"__typename": "User", "login": request.actor.login}


def repository(request: Request, repo: Repo) -> Json:
    """A repository."""
    return {
        "__typename": "Repository",
        "id": repo.node_id,
        "databaseId": repo.id,
        "name": repo.name,
        "nameWithOwner": repo.full_name,
        "owner": lazy(user, request, repo.owner),
        "isPrivate": repo.private,
        "isFork": repo.parent is not None,
        "url": f"{request.github.links.html}/{repo.full_name}",
        "viewerPermission": request.github.role(request, repo).upper(),
        "pullRequest": lambda _info, number: _pull_or_none(request, repo, number),
        "pullRequests": lambda info, **page: _pulls(request, repo, **page)(info, **page),
        "defaultBranchRef": lazy(ref, request, repo, repo.default_branch),
        "ref": lambda _info, **arguments: ref(request, repo, arguments["qualifiedName"].removeprefix("refs/heads/")),
    }


def _pull_or_none(request: Request, repo: Repo, number: int) -> Json | None:
    found = repo.pulls.get(number)
    return pull(request, found) if found else None


def _pulls(request: Request, repo: Repo, orderBy: Json | None = None, **_: Any) -> Resolver:  # noqa: N803 - GitHub's name
    """The pull requests in the order in which they were opened, or the other way round."""
    newest_first = orderBy is not None and orderBy["direction"] == "DESC"
    ordered = sorted(repo.pulls.values(), key=lambda item: item.number, reverse=newest_first)
    return connection("pullRequests", ordered, lambda item: pull(request, item))


def ref(request: Request, repo: Repo, name: str) -> Json | None:
    """A branch and what its rules ask of the viewer."""
    if name not in repo.branches:
        return None
    rule = {
        "pattern": name,
        "requiresConversationResolution": name in repo.needs_resolution,
        "allowsDeletions": False,
        "allowsForcePushes": False,
        "blocksCreations": False,
        "requiresCodeOwnerReviews": False,
        "requiresLinearHistory": False,
        "requiresSignatures": False,
        "viewerAllowedToDismissReviews": False,
        "viewerCanPush": can_resolve(request),
    }
    return {
        "__typename": "Ref",
        "id": f"REF_{name}",
        "name": name,
        "prefix": "refs/heads/",
        "target": {"__typename": "Commit", "oid": repo.branches[name]},
        "refUpdateRule": rule if name in repo.needs_resolution else None,
        "branchProtectionRule": None,  # for administrators only
    }


def pull(request: Request, item: PullRequest) -> Json:
    """A pull request."""
    github = request.github
    return _pull_facts(request, item) | {
        "author": lazy(user, request, item.author),
        "authorAssociation": item.repo.association(item.author),
        "repository": lazy(repository, request, item.repo),
        "headRepository": lazy(repository, request, item.head_repo),
        "baseRepository": lazy(repository, request, item.repo),
        "baseRef": lazy(ref, request, item.repo, item.base_ref),
        "headRef": lazy(ref, request, item.head_repo, item.head_ref),
        "mergeable": lambda _info: "MERGEABLE" if github.merge_commit(item) else "CONFLICTING",
        "changedFiles": lambda _info: len(github.files(item)),
        "reviewThreads": connection("reviewThreads", _seen_threads(request, item), lambda t: thread(request, t)),
        "reviews": lambda info, **page: _reviews(request, item, **page)(info, **page),
        "comments": connection("comments", item.conversation, lambda c: issue_comment(request, c)),
        "files": lambda info, **page: connection("files", github.files(item), changed_file)(info, **page),
    }


def _pull_facts(request: Request, item: PullRequest) -> Json:
    return {
        "__typename": "PullRequest",
        "id": item.node_id,
        "databaseId": item.id,
        "number": item.number,
        "title": item.title,
        "body": item.body,
        "url": request.github.links.pull_page(item),
        "state": "MERGED" if item.merged_at else item.state.upper(),
        "isDraft": item.draft,
        "closed": item.closed_at is not None,
        "merged": item.merged_at is not None,
        "locked": item.locked,
        "isCrossRepository": item.is_fork,
        "headRefName": item.head_ref,
        "headRefOid": item.head_sha,
        "baseRefName": item.base_ref,
        "baseRefOid": item.base_sha,
        "createdAt": item.created_at,
        "updatedAt": item.updated_at,
    }


def _seen_threads(request: Request, item: PullRequest) -> list[Thread]:
    return [t for t in item.threads if any(reviewing.visible(c, request.actor) for c in t.comments)]


def _reviews(request: Request, item: PullRequest, states: list[str] | None = None, **_: Any) -> Resolver:
    seen = [r for r in item.reviews if r.state != "PENDING" or r.author is request.actor]
    kept = [r for r in seen if not states or r.state in states]
    return connection("reviews", kept, lambda r: review(request, r))


def changed_file(item: FileDiff) -> Json:
    """A file of a pull request."""
    change = CHANGE.get(item.status, "CHANGED")
    return {"path": item.path, "additions": item.additions, "deletions": item.deletions, "changeType": change}


def thread(request: Request, item: Thread) -> Json:
    """A conversation in the diff."""
    now = reviewing.anchor(request.github, item)
    seen = [c for c in item.comments if reviewing.visible(c, request.actor)]
    allowed = can_resolve(request)
    return {
        "__typename": "PullRequestReviewThread",
        "id": item.node_id,
        "path": item.path,
        "line": now.line if now else None,
        "startLine": now.start_line if now else None,
        "originalLine": item.line,
        "originalStartLine": item.start_line,
        "diffSide": item.side,
        "startDiffSide": item.start_side,
        "subjectType": item.subject.upper(),
        "isResolved": item.resolved_by is not None,
        "isCollapsed": item.resolved_by is not None or now is None,
        "isOutdated": now is None,
        "resolvedBy": lazy(user, request, item.resolved_by),
        "viewerCanReply": may_write(request),
        "viewerCanResolve": allowed and item.resolved_by is None,
        "viewerCanUnresolve": allowed and item.resolved_by is not None,
        "pullRequest": lazy(pull, request, item.pull),
        "repository": lazy(repository, request, item.pull.repo),
        "comments": connection("comments", seen, lambda c: comment(request, c)),
    }


def _talk(request: Request, item: Comment | IssueComment | Review) -> Json:
    """What all kinds of comments have."""
    mine = item.author is request.actor
    return {
        "id": item.node_id,
        "databaseId": item.id,
        "fullDatabaseId": str(item.id),
        "author": lazy(user, request, item.author),
        "body": item.body,
        "bodyText": item.body,
        "isMinimized": item.minimized is not None,
        "minimizedReason": item.minimized.lower() if item.minimized else None,
        "viewerDidAuthor": mine,
        "viewerCanUpdate": mine and may_write(request),
        "viewerCanDelete": mine and may_write(request),
        "viewerCanMinimize": may_write(request),
        "includesCreatedEdit": False,
    }


def comment(request: Request, item: Comment) -> Json:
    """A comment in a thread."""
    owner, github = item.thread.pull, request.github
    now = reviewing.anchor(github, item.thread)
    first = next((c for c in item.thread.comments if c.id == item.in_reply_to), None)
    return _talk(request, item) | {
        "__typename": "PullRequestReviewComment",
        "authorAssociation": owner.repo.association(item.author),
        "editor": lazy(user, request, item.editor),
        "url": f"{github.links.pull_page(owner)}#discussion_r{item.id}",
        "createdAt": item.created_at,
        "updatedAt": item.updated_at,
        "lastEditedAt": item.updated_at if item.updated_at != item.created_at else None,
        "path": item.thread.path,
        "line": now.line if now else None,
        "originalLine": item.thread.line,
        "outdated": now is None,
        "diffHunk": item.thread.diff_hunk,
        "subjectType": item.thread.subject.upper(),
        "state": "PENDING" if item.review.state == "PENDING" else "SUBMITTED",
        "commit": {"__typename": "Commit", "oid": owner.head_sha if now else item.thread.commit},
        "originalCommit": {"__typename": "Commit", "oid": item.thread.commit},
        "replyTo": lazy(comment, request, first) if first else None,
        "pullRequest": lazy(pull, request, owner),
        "pullRequestReview": lazy(review, request, item.review),
        "reactions": reactions(request, item),
        "reactionGroups": [],
    }


def issue_comment(request: Request, item: IssueComment) -> Json:
    """A comment on the pull request as a whole."""
    return _talk(request, item) | {
        "__typename": "IssueComment",
        "authorAssociation": item.pull.repo.association(item.author),
        "editor": lazy(user, request, item.editor),
        "url": f"{request.github.links.pull_page(item.pull)}#issuecomment-{item.id}",
        "createdAt": item.created_at,
        "updatedAt": item.updated_at,
        "lastEditedAt": item.updated_at if item.updated_at != item.created_at else None,
        "pullRequest": lazy(pull, request, item.pull),
        "reactions": reactions(request, item),
    }


def review(request: Request, item: Review) -> Json:
    """A review."""
    found = [c for c in item.pull.comments() if c.review is item]
    return _talk(request, item) | {
        "__typename": "PullRequestReview",
        "authorAssociation": item.pull.repo.association(item.author),
        "url": f"{request.github.links.pull_page(item.pull)}#pullrequestreview-{item.id}",
        "state": item.state,
        "submittedAt": item.submitted_at,
        "commit": {"__typename": "Commit", "oid": item.commit},
        "pullRequest": lazy(pull, request, item.pull),
        "comments": connection("comments", found, lambda c: comment(request, c)),
    }


def reactions(request: Request, item: Comment | IssueComment) -> Callable[..., Json]:
    """Who put which sign under a comment."""
    names = {"+1": "THUMBS_UP", "-1": "THUMBS_DOWN"}

    def resolve(info: Any, content: str | None = None, **page: Any) -> Json:
        found = [r for r in item.reactions if content in (None, names.get(r.content, r.content.upper()))]
        return connection("reactions", found, view)(info, **page)

    def view(given: Any) -> Json:
        name = names.get(given.content, given.content.upper())
        return {"id": f"REA_{given.id}", "content": name, "user": lazy(user, request, given.user)}

    return resolve
