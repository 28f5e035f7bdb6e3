"""Comments in the diff of a pull request."""

from __future__ import annotations

from fakegithub import render_talk, reviewing
from fakegithub.reviewing import Place
from fakegithub.state import Comment
from fakegithub.web import Request, Response, check_body, listing, operation, unprocessable


def _shown(request: Request, comment: Comment, status: int = 200) -> Response:
    return Response(status, render_talk.comment(request.github, comment))


def _comment(request: Request) -> Comment:
    actor = request.token.actor if request.token else None
    return reviewing.find_comment(
        request.github, list(request.repo.pulls.values()), int(request.params["comment_id"]), actor
    )


def _own(request: Request) -> Comment:
    comment = _comment(request)
    reviewing.require_author(comment.author, request.actor, request.github.role(request))
    return comment


@operation("pulls/list-review-comments", "pull_requests:read")
def list_(request: Request) -> Response:
    """The comments of a pull request, those of other people's pending reviews left out."""
    actor = request.token.actor if request.token else None
    seen = [c for c in request.pull.comments() if reviewing.visible(c, actor)]
    if request.query.get("direction") == "desc" and "sort" in request.query:
        seen.reverse()
    return listing(request, seen, lambda comment: render_talk.comment(request.github, comment))


@operation("pulls/create-review-comment", "pull_requests:write")
def create(request: Request) -> Response:
    """A comment on a line, a range or a file; one notification each."""
    fields, github = request.json, request.github
    if fields.get("in_reply_to"):
        return _reply(request, fields["in_reply_to"])
    thread = reviewing.open_thread(github, request.pull, Place.of(fields), fields["commit_id"])
    return _shown(request, reviewing.comment_alone(github, thread, request.actor, fields["body"]), 201)


@operation("pulls/create-reply-for-review-comment", "pull_requests:write")
def reply(request: Request) -> Response:
    """An answer in a thread."""
    return _reply(request, int(request.params["comment_id"]))


def _reply(request: Request, comment_id: int) -> Response:
    first = reviewing.find_comment(request.github, [request.pull], comment_id, request.actor)
    if first.in_reply_to is not None:
        raise unprocessable("Replies to replies are not supported")
    made = reviewing.comment_alone(request.github, first.thread, request.actor, request.json["body"])
    return _shown(request, made, 201)


@operation("pulls/get-review-comment", "pull_requests:read")
def get(request: Request) -> Response:
    """One comment."""
    return _shown(request, _comment(request))


@operation("pulls/update-review-comment", "pull_requests:write")
def update(request: Request) -> Response:
    """Another text for a comment."""
    comment = _own(request)
    request.github.person(request.actor.login).edit(comment, check_body(request.json["body"]))
    return _shown(request, comment)


@operation("pulls/delete-review-comment", "pull_requests:write")
def delete(request: Request) -> Response:
    """Remove a comment, and its thread when it was the last."""
    reviewing.delete_comment(_own(request))
    return Response(204)


@operation("pulls/list-review-comments-for-repo", "pull_requests:read")
def of_repo(request: Request) -> Response:
    """The comments of all pull requests."""
    found = [c for pull in request.repo.pulls.values() for c in pull.comments()]
    return listing(request, found, lambda comment: render_talk.comment(request.github, comment))


@operation("reactions/list-for-pull-request-review-comment", "pull_requests:read")
def reactions(request: Request) -> Response:
    """Who put which sign under a comment."""
    links = request.github.links
    return listing(request, _comment(request).reactions, lambda item: render_talk.reaction(links, item))


@operation("reactions/create-for-pull-request-review-comment", "pull_requests:write")
def react(request: Request) -> Response:
    """Put a sign under a comment; a second one of the same kind changes nothing."""
    comment, content = _comment(request), request.json["content"]
    for item in comment.reactions:
        if (item.user, item.content) == (request.actor, content):
            return Response(200, render_talk.reaction(request.github.links, item))
    made = request.github.person(request.actor.login).react(comment, content)
    return Response(201, render_talk.reaction(request.github.links, made))
