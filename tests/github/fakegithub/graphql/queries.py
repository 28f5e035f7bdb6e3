"""Where a GraphQL query may begin."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from fakegithub.graphql import views
from fakegithub.state import Comment, IssueComment, PullRequest, Repo, Review, Thread
from fakegithub.web import ApiError, Json, Request

Node = Repo | PullRequest | Thread | Review | Comment | IssueComment
VIEWS: dict[type, Callable[..., Json]] = {
    Repo: views.repository,
    PullRequest: views.pull,
    Thread: views.thread,
    Review: views.review,
    Comment: views.comment,
    IssueComment: views.issue_comment,
}


def _nodes(request: Request) -> Iterator[Node]:
    for repo in request.github.repos.values():
        yield repo
        for pull in repo.pulls.values():
            yield pull
            yield from pull.threads
            yield from pull.reviews
            yield from pull.comments()
            yield from pull.conversation


def find(request: Request, node_id: str, *kinds: type) -> Any:
    """The object of that name."""
    for item in _nodes(request):
        if item.node_id == node_id and (not kinds or isinstance(item, kinds)):
            return item
    raise ApiError(404, f"Could not resolve to a node with the global id of '{node_id}'")


def show(request: Request, item: Node) -> Json:
    """Any object."""
    return VIEWS[type(item)](request, item)


def _repository(request: Request, owner: str, name: str, **_: Any) -> Json:
    try:
        found = request.github.repository(f"{owner}/{name}")
    except ApiError as error:
        message = f"Could not resolve to a Repository with the name '{owner}/{name}'."
        raise ApiError(404, message) from error
    return views.repository(request, found)


def _node(request: Request, id: str) -> Json:  # noqa: A002 (GitHub's name)
    return show(request, find(request, id))


def _rate_limit(request: Request, **_: Any) -> Json:
    meter = request.github.meter
    limit = meter.limits.requests_per_hour
    return {
        "limit": limit,
        "cost": 1,
        "used": meter.used,
        "remaining": limit - meter.used,
        "nodeCount": 1,
        "resetAt": "2026-01-05T10:00:00Z",
    }


QUERIES: dict[str, Callable[..., Any]] = {
    "viewer": views.viewer,
    "repository": _repository,
    "node": _node,
    "nodes": lambda request, ids: [_node(request, id=name) for name in ids],
    "rateLimit": _rate_limit,
}
