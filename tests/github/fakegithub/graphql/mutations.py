"""What GraphQL changes, with the permissions that GitHub really asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from fakegithub import reviewing
from fakegithub.graphql import views
from fakegithub.graphql.queries import find, show
from fakegithub.reviewing import Place
from fakegithub.state import Comment, IssueComment, PullRequest, Review, Thread
from fakegithub.web import ApiError, Json, Request, check_body, forbidden, unprocessable

Fields = Mapping[str, Any]
Mutation = Callable[[Request, Fields], Json]

MUTATIONS: dict[str, Callable[..., Json]] = {}


def mutation(name: str, *needs: str, content: bool = False) -> Callable[[Mutation], Mutation]:
    """Register a mutation, the permissions it needs all of, and whether people are told about it."""

    def register(perform: Mutation) -> Mutation:
        @wraps(perform)
        def guarded(request: Request, input: Fields) -> Json:  # noqa: A002 (GitHub's name)
            if request.token is None or not all(request.token.allows(*need.split(":")) for need in needs):
                raise forbidden()
            if content:
                request.github.meter.count_content()
            return {"clientMutationId": input.get("clientMutationId")} | perform(request, input)

        MUTATIONS[name] = guarded
        return perform

    return register


@mutation("resolveReviewThread", "contents:write")
def resolve(request: Request, fields: Fields) -> Json:
    """Close a thread."""
    thread: Thread = find(request, fields["threadId"], Thread)
    thread.resolved_by = request.actor
    return {"thread": views.thread(request, thread)}


@mutation("unresolveReviewThread", "contents:write")
def unresolve(request: Request, fields: Fields) -> Json:
    """Open a thread again."""
    thread: Thread = find(request, fields["threadId"], Thread)
    thread.resolved_by = None
    return {"thread": views.thread(request, thread)}


@mutation("minimizeComment", "pull_requests:write")
def minimize(request: Request, fields: Fields) -> Json:
    """Fold a comment away."""
    comment = find(request, fields["subjectId"], Comment, IssueComment, Review)
    comment.minimized = fields["classifier"]
    return {"minimizedComment": show(request, comment)}


@mutation("unminimizeComment", "pull_requests:write")
def unminimize(request: Request, fields: Fields) -> Json:
    """Show a comment again."""
    comment = find(request, fields["subjectId"], Comment, IssueComment, Review)
    comment.minimized = None
    return {"unminimizedComment": show(request, comment)}


@mutation("addPullRequestReview", "pull_requests:write", content=True)
def add_review(request: Request, fields: Fields) -> Json:
    """A review, pending unless an event is given."""
    pull: PullRequest = find(request, fields["pullRequestId"], PullRequest)
    _reject_old_comments(fields)
    threads = [_thread_fields(item) for item in fields.get("threads") or []]
    wanted = {"body": fields.get("body"), "commit_id": fields.get("commitOID"), "event": fields.get("event")}
    review = reviewing.create_review(request.github, pull, request.actor, wanted | {"comments": threads})
    shown = views.review(request, review)
    return {"pullRequestReview": shown, "reviewEdge": {"node": shown, "cursor": ""}}


def _reject_old_comments(fields: Fields) -> None:
    if fields.get("comments"):
        raise unprocessable("the fake takes threads, not the deprecated comments")


def _thread_fields(fields: Fields) -> Json:
    names = {"startLine": "start_line", "startSide": "start_side", "subjectType": "subject_type"}
    found = {names.get(name, name): value for name, value in fields.items()}
    if "start_line" not in found:
        found.pop("start_side", None)
    return found


@mutation("addPullRequestReviewThread", "pull_requests:write")
def add_thread(request: Request, fields: Fields) -> Json:
    """A thread in a pending review; one that cannot be placed comes back as null, without an error."""
    pull, review = _target(request, fields)
    try:
        thread = reviewing.open_thread(
            request.github, pull, Place.of(_thread_fields(fields)), review.commit if review else None
        )
    except ApiError:
        return {"thread": None}
    review = review or reviewing.pending_review(pull, request.actor)
    review = review or reviewing.start_review(request.github, pull, request.actor)
    reviewing.add_comment(request.github, thread, review, fields["body"])
    return {"thread": views.thread(request, thread)}


def _target(request: Request, fields: Fields) -> tuple[PullRequest, Review | None]:
    if fields.get("pullRequestReviewId"):
        review: Review = find(request, fields["pullRequestReviewId"], Review)
        if review.author is not request.actor or review.state != "PENDING":
            raise unprocessable("Pull request review is not pending")
        return review.pull, review
    if not fields.get("pullRequestId"):
        raise unprocessable("Either pullRequestId or pullRequestReviewId must be given")
    return find(request, fields["pullRequestId"], PullRequest), None


@mutation("addPullRequestReviewThreadReply", "pull_requests:write", content=True)
def reply(request: Request, fields: Fields) -> Json:
    """An answer in a thread."""
    thread: Thread = find(request, fields["pullRequestReviewThreadId"], Thread)
    made = reviewing.comment_alone(request.github, thread, request.actor, fields["body"])
    return {"comment": views.comment(request, made)}


@mutation("submitPullRequestReview", "pull_requests:write", content=True)
def submit(request: Request, fields: Fields) -> Json:
    """Make a pending review visible."""
    if fields.get("pullRequestReviewId"):
        review: Review | None = find(request, fields["pullRequestReviewId"], Review)
    else:
        review = reviewing.pending_review(find(request, fields["pullRequestId"], PullRequest), request.actor)
    if review is None or review.author is not request.actor:
        raise unprocessable("There is no pending review to submit")
    reviewing.submit(request.github, review, fields["event"], fields.get("body"))
    return {"pullRequestReview": views.review(request, review)}


@mutation("deletePullRequestReview", "pull_requests:write")
def delete_review(request: Request, fields: Fields) -> Json:
    """Drop a pending review."""
    review: Review = find(request, fields["pullRequestReviewId"], Review)
    shown = views.review(request, review)
    reviewing.delete_review(review.pull, review)
    return {"pullRequestReview": shown}


@mutation("deletePullRequestReviewComment", "pull_requests:write")
def delete_comment(request: Request, fields: Fields) -> Json:
    """Remove a comment."""
    comment: Comment = find(request, fields["id"], Comment)
    reviewing.require_author(comment.author, request.actor, request.github.role(request, comment.thread.pull.repo))
    shown = views.comment(request, comment)
    reviewing.delete_comment(comment)
    return {"pullRequestReviewComment": shown}


@mutation("updatePullRequestReviewComment", "pull_requests:write")
def update_comment(request: Request, fields: Fields) -> Json:
    """Another text for a comment."""
    comment: Comment = find(request, fields["pullRequestReviewCommentId"], Comment)
    reviewing.require_author(comment.author, request.actor, request.github.role(request, comment.thread.pull.repo))
    request.github.person(request.actor.login).edit(comment, check_body(fields["body"]))
    return {"pullRequestReviewComment": views.comment(request, comment)}


@mutation("dismissPullRequestReview", "pull_requests:write")
def dismiss(request: Request, fields: Fields) -> Json:
    """Take a review out of force."""
    review: Review = find(request, fields["pullRequestReviewId"], Review)
    reviewing.dismiss(review)
    return {"pullRequestReview": views.review(request, review)}
