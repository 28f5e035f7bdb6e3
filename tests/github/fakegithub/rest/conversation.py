"""Comments on a pull request as a whole."""

from __future__ import annotations

from fakegithub import render_talk, reviewing
from fakegithub.state import IssueComment
from fakegithub.web import ApiError, Request, Response, check_body, listing, not_found, operation

READ = ("issues:read", "pull_requests:read")
WRITE = ("issues:write", "pull_requests:write")


def _shown(request: Request, comment: IssueComment, status: int = 200) -> Response:
    return Response(status, render_talk.issue_comment(request.github.links, comment))


def _comment(request: Request) -> IssueComment:
    wanted = int(request.params["comment_id"])
    for pull in request.repo.pulls.values():
        for comment in pull.conversation:
            if comment.id == wanted:
                return comment
    raise not_found()


def _own(request: Request) -> IssueComment:
    comment = _comment(request)
    reviewing.require_author(comment.author, request.actor, request.github.role(request))
    return comment


@operation("issues/list-comments", *READ)
def list_(request: Request) -> Response:
    """The conversation, oldest first."""
    return listing(request, request.pull.conversation, lambda c: render_talk.issue_comment(request.github.links, c))


@operation("issues/create-comment", *WRITE)
def create(request: Request) -> Response:
    """Say something."""
    if request.pull.locked and request.github.role(request) not in ("write", "maintain", "admin"):
        raise ApiError(403, "Unable to create comment because issue is locked.")
    return _shown(
        request, request.github.person(request.actor.login).say(request.pull, check_body(request.json["body"])), 201
    )


@operation("issues/get-comment", *READ)
def get(request: Request) -> Response:
    """One comment."""
    return _shown(request, _comment(request))


@operation("issues/update-comment", *WRITE)
def update(request: Request) -> Response:
    """Another text for a comment."""
    comment = _own(request)
    request.github.person(request.actor.login).edit(comment, check_body(request.json["body"]))
    return _shown(request, comment)


@operation("issues/delete-comment", *WRITE)
def delete(request: Request) -> Response:
    """Remove a comment."""
    comment = _own(request)
    comment.pull.conversation.remove(comment)
    return Response(204)


@operation("reactions/list-for-issue-comment", *READ)
def reactions(request: Request) -> Response:
    """Who put which sign under a comment."""
    links = request.github.links
    return listing(request, _comment(request).reactions, lambda item: render_talk.reaction(links, item))
