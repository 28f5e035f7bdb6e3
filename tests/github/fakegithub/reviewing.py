"""What happens in reviews: threads in the diff, pending reviews, replies, resolution, dismissal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fakegithub.patches import DiffLine, FileDiff, follow
from fakegithub.state import Comment, PullRequest, Review, Thread, User
from fakegithub.web import ApiError, check_body, not_found, unprocessable

if TYPE_CHECKING:
    from fakegithub.fake import FakeGitHub

EVENTS = {"COMMENT": "COMMENTED", "APPROVE": "APPROVED", "REQUEST_CHANGES": "CHANGES_REQUESTED"}


@dataclass(frozen=True)
class Place:
    """Where somebody wants to comment."""

    path: str
    subject: str = "line"
    line: int | None = None
    side: str = "RIGHT"
    start_line: int | None = None
    start_side: str | None = None
    position: int | None = None

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> Place:
        """The place that a request's fields name."""
        names = ("path", "line", "side", "start_line", "start_side", "position")
        given = {name: fields[name] for name in names if fields.get(name) is not None}
        return cls(subject=(fields.get("subject_type") or "line").lower(), **given)


@dataclass(frozen=True)
class Anchor:
    """Where a thread stands now."""

    line: int | None
    start_line: int | None
    position: int


def anchor(github: FakeGitHub, thread: Thread) -> Anchor | None:
    """A thread's present place, or None when the diff no longer shows its lines: it is outdated."""
    pull = thread.pull
    file = github.file_diff(pull, thread.path)
    if file is None:
        return None
    if thread.subject == "file":
        return Anchor(None, None, 1)
    old, new = (thread.commit, pull.head_sha) if thread.side == "RIGHT" else (thread.base, github.merge_base(pull))
    line = follow(pull.repo.store, thread.path, old, new, thread.line or 0)
    row = file.at(thread.side, line) if line else None
    if row is None:
        return None
    start = follow(pull.repo.store, thread.path, old, new, thread.start_line) if thread.start_line else None
    return Anchor(line, start, row.position)


def open_thread(github: FakeGitHub, pull: PullRequest, place: Place, commit: str | None = None) -> Thread:
    """A new thread without comments, if GitHub would allow it there."""
    commit = commit or pull.head_sha
    if pull.repo.store.kind(commit) != "commit" or commit not in github.commits(pull):
        raise unprocessable("commit_id is not part of the pull request")
    file = next((f for f in github.files(pull, commit) if f.path == place.path), None)
    if file is None:
        raise unprocessable("Pull request review thread path is invalid", "Path could not be resolved")
    thread = Thread(
        github.new_id(), pull, place.path, place.subject, place.side, commit, github.merge_base(pull, commit)
    )
    if place.subject == "line":
        _place(thread, file, place)
    return thread


def _place(thread: Thread, file: FileDiff, place: Place) -> None:
    last = _last_line(file, place)
    thread.line, thread.position, thread.diff_hunk = last.number(place.side), last.position, file.hunk_until(last)
    if place.start_line is not None:
        thread.start_side = place.start_side or place.side
        thread.start_line = _first_line(file, thread.start_side, place.start_line, last)


def _last_line(file: FileDiff, place: Place) -> DiffLine:
    if file.patch is None:
        raise unprocessable("Pull request review thread diff hunk can't be blank", "Line could not be resolved")
    if place.position is not None:
        row = file.at_position(place.position)
    elif place.line is None:
        raise unprocessable("Pull request review thread line can't be blank")
    else:
        row = file.at(place.side, place.line)
    if row is None or row.number(place.side) is None:
        raise unprocessable("Pull request review thread line must be part of the diff", "Line could not be resolved")
    return row


def _first_line(file: FileDiff, side: str, number: int, last: DiffLine) -> int:
    first = file.at(side, number)
    if first is None:
        raise unprocessable("Pull request review thread start line must be part of the diff")
    if first.position >= last.position:
        raise unprocessable("Pull request review thread start line must precede the end line.")
    if first.hunk != last.hunk:
        raise unprocessable("Pull request review thread start line must be part of the same hunk as the line.")
    return number


def pending_review(pull: PullRequest, actor: User) -> Review | None:
    """The review that somebody has begun and not submitted."""
    return next((r for r in pull.reviews if r.author is actor and r.state == "PENDING"), None)


def start_review(
    github: FakeGitHub, pull: PullRequest, actor: User, body: str = "", commit: str | None = None
) -> Review:
    """Begin a review; it stays pending."""
    if pending_review(pull, actor):
        raise unprocessable("User can only have one pending review per pull request")
    review = Review(github.new_id(), pull, actor, _review_body(body), "PENDING", commit or pull.head_sha)
    pull.reviews.append(review)
    return review


def create_review(github: FakeGitHub, pull: PullRequest, actor: User, fields: Mapping[str, Any]) -> Review:
    """A review with its comments, all or nothing."""
    comments: list[Mapping[str, Any]] = fields.get("comments") or []
    commit, event = fields.get("commit_id"), fields.get("event")
    _check_event(pull, actor, event, fields.get("body") or "")
    opened = [(open_thread(github, pull, Place.of(item), commit), item["body"]) for item in comments]
    for _, body in opened:
        check_body(body)
    review = start_review(github, pull, actor, fields.get("body") or "", commit)
    for thread, body in opened:
        add_comment(github, thread, review, body)
    if event:
        submit(github, review, event)
    return review


def _check_event(pull: PullRequest, actor: User, event: str | None, body: str) -> None:
    if event in ("COMMENT", "REQUEST_CHANGES") and not body.strip():
        raise unprocessable(f"Body is required when the event is {event}")
    if event == "APPROVE" and actor.type == "Bot":
        raise unprocessable("GitHub Actions is not permitted to approve pull requests.")
    if event in ("APPROVE", "REQUEST_CHANGES") and actor is pull.author:
        verb = event.replace("_", " ").lower()
        raise unprocessable(
            f"Can not {verb} on your own pull request" if " " in verb else "Can not approve your own pull request"
        )


def _review_body(body: str) -> str:
    return check_body(body) if body else body


def add_comment(github: FakeGitHub, thread: Thread, review: Review, body: str) -> Comment:
    """Say something in a thread as part of a review."""
    check_body(body)
    now = github.clock.stamp()
    first = thread.comments[0].id if thread.comments else None
    comment = Comment(github.new_id(), thread, review, review.author, body, now, now, first)
    thread.comments.append(comment)
    if thread not in thread.pull.threads:
        thread.pull.threads.append(thread)
    github.touch(thread.pull)
    return comment


def comment_alone(github: FakeGitHub, thread: Thread, actor: User, body: str) -> Comment:
    """A single comment or reply: GitHub wraps it in a review of its own."""
    check_body(body)
    review = Review(github.new_id(), thread.pull, actor, "", "COMMENTED", thread.pull.head_sha, github.clock.stamp())
    thread.pull.reviews.append(review)
    return add_comment(github, thread, review, body)


def submit(github: FakeGitHub, review: Review, event: str, body: str | None = None) -> None:
    """Make a pending review visible."""
    if review.state != "PENDING":
        raise unprocessable("Review has already been submitted")
    text = review.body if body is None else _review_body(body)
    _check_event(review.pull, review.author, event, text)
    review.body, review.state, review.submitted_at = text, EVENTS[event], github.clock.stamp()
    github.touch(review.pull)


def delete_review(pull: PullRequest, review: Review) -> None:
    """Drop a pending review with its comments."""
    if review.state != "PENDING":
        raise unprocessable("Can not delete a non-pending pull request review")
    for comment in [c for c in pull.comments() if c.review is review]:
        delete_comment(comment)
    pull.reviews.remove(review)


def dismiss(review: Review) -> None:
    """Take a blocking or approving review out of force."""
    if review.state not in ("APPROVED", "CHANGES_REQUESTED"):
        raise unprocessable(f"Can not dismiss a {review.state.lower()} pull request review")
    review.state = "DISMISSED"


def delete_comment(comment: Comment) -> None:
    """Remove a comment; with its last comment a thread is gone, and so is a review that only wrapped one."""
    thread, review = comment.thread, comment.review
    thread.comments.remove(comment)
    if not thread.comments:
        thread.pull.threads.remove(thread)
    wraps_another = any(c.review is review for c in thread.pull.comments())
    if not wraps_another and not review.body and review.state == "COMMENTED":
        thread.pull.reviews.remove(review)


def visible(comment: Comment, actor: User | None) -> bool:
    """Whether somebody sees a comment: those of a pending review are their author's alone."""
    return comment.review.state != "PENDING" or comment.author is actor


def find_comment(github: FakeGitHub, pulls: list[PullRequest], comment_id: int, actor: User | None) -> Comment:
    """A review comment of one of several pull requests."""
    for pull in pulls:
        for comment in pull.comments():
            if comment.id == comment_id and visible(comment, actor):
                return comment
    raise not_found()


def require_author(author: User, actor: User, role: str) -> None:
    """Only authors and people with write access change what was said."""
    if author is not actor and role not in ("write", "maintain", "admin"):
        raise ApiError(403, "Must have admin rights to Repository.")
