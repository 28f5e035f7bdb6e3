"""Reviews: created, listed, submitted, dismissed."""

from __future__ import annotations

from fakegithub import render_talk, reviewing
from fakegithub.state import Comment, Review
from fakegithub.web import ApiError, Request, Response, check_body, forbidden, listing, not_found, operation


def _review(request: Request) -> Review:
    wanted = int(request.params["review_id"])
    for review in request.pull.reviews:
        if review.id == wanted and (review.state != "PENDING" or review.author is request.actor):
            return review
    raise not_found()


def _shown(request: Request, review: Review) -> Response:
    return Response(200, render_talk.review(request.github.links, review))


@operation("pulls/list-reviews", "pull_requests:read")
def list_(request: Request) -> Response:
    """The reviews of a pull request; pending ones only for their author."""
    actor = request.token.actor if request.token else None
    seen = [r for r in request.pull.reviews if r.state != "PENDING" or r.author is actor]
    return listing(request, seen, lambda review: render_talk.review(request.github.links, review))


@operation("pulls/create-review", "pull_requests:write")
def create(request: Request) -> Response:
    """A review with comments."""
    return _shown(request, reviewing.create_review(request.github, request.pull, request.actor, request.json))


@operation("pulls/get-review", "pull_requests:read")
def get(request: Request) -> Response:
    """One review."""
    return _shown(request, _review(request))


@operation("pulls/update-review", "pull_requests:write")
def update(request: Request) -> Response:
    """Another text for a review's body."""
    review = _review(request)
    if review.author is not request.actor:
        raise forbidden()
    review.body = check_body(request.json["body"])
    return _shown(request, review)


@operation("pulls/delete-pending-review", "pull_requests:write")
def delete(request: Request) -> Response:
    """Drop a review that was not submitted."""
    review = _review(request)
    reviewing.delete_review(request.pull, review)
    return _shown(request, review)


@operation("pulls/submit-review", "pull_requests:write")
def submit(request: Request) -> Response:
    """Make a pending review visible."""
    review = _review(request)
    reviewing.submit(request.github, review, request.json["event"], request.json.get("body"))
    return _shown(request, review)


@operation("pulls/dismiss-review", "pull_requests:write")
def dismiss(request: Request) -> Response:
    """Take a review out of force; on a protected branch that is for administrators."""
    review = _review(request)
    if request.pull.base_ref in request.repo.needs_resolution and request.token and request.token.installation:
        raise ApiError(403, "Could not dismiss review: protected branch")
    reviewing.dismiss(review)
    return _shown(request, review)


@operation("pulls/list-comments-for-review", "pull_requests:read")
def comments(request: Request) -> Response:
    """The comments of one review."""
    review = _review(request)
    found = [c for c in request.pull.comments() if c.review is review]
    return listing(request, found, lambda item: _review_comment(request, item))


def _review_comment(request: Request, item: Comment) -> dict[str, object]:
    shown = render_talk.comment(request.github, item)
    return {name: value for name, value in shown.items() if name != "subject_type"}
