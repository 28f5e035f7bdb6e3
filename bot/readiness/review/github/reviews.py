"""One review with all comments: a single POST if all stand on lines, otherwise a pending review that is submitted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from readiness.report._text import counted
from readiness.review.github import documents
from readiness.review.github.connection import Connection
from readiness.review.github.failures import PlatformError, Unprocessable, Unsure, told_apart
from readiness.review.github.graphql import read, write
from readiness.review.github.talk import own_pending, threads
from readiness.review.marker import finding_marker, review_line
from readiness.review.model import Pull
from readiness.review.topics import Topic

Patience = Callable[[Callable[[], object]], None]
ATTEMPTS = 2


@dataclass
class Reviews:
    """Posts the comments of one run; `patiently` runs a write and waits once if GitHub asks for it."""

    connection: Connection
    pull: Pull
    patiently: Patience

    def post(self, topics: Sequence[Topic], bodies: Sequence[str]) -> tuple[list[Topic], PlatformError | None]:
        """The topics that have a comment now, and what stood in the way of the others."""
        left = list(zip(topics, bodies, strict=True))
        problem: PlatformError | None = None
        for _ in range(ATTEMPTS):
            try:
                self.patiently(partial(self._post, left))
                return list(topics), None
            except Unsure as error:
                problem, left = error, self._missing(left)
                if not left:
                    return list(topics), None
            except PlatformError as error:
                problem = error
                break
        missing = [topic for topic, _ in left]
        return [topic for topic in topics if topic not in missing], problem

    def _missing(self, pairs: list[tuple[Topic, str]]) -> list[tuple[Topic, str]]:
        """What has no comment yet, after a write of which nobody knows whether it took effect."""
        there = self._posted()
        return [pair for pair in pairs if there.isdisjoint(pair[0].fingerprints)]

    def _post(self, pairs: Sequence[tuple[Topic, str]]) -> None:
        if self.pull.pending:
            write(self.connection, documents.DROP_REVIEW, review=self.pull.pending)
            self.pull = replace(self.pull, pending="")
        if all(topic.anchor.line is not None for topic, _ in pairs):
            try:
                self._at_once(pairs)
                return
            except Unprocessable:  # one line that GitHub refuses costs the whole review: find out which
                pass
        self._piece_by_piece(pairs)

    def _at_once(self, pairs: Sequence[tuple[Topic, str]]) -> None:
        comments = [{"path": topic.anchor.path, "body": body, **_lines(topic)} for topic, body in pairs]
        review = {"commit_id": self.pull.head, "event": "COMMENT", "body": _greeting(pairs), "comments": comments}
        with told_apart():
            self.connection.rest.requester.requestJsonAndCheck(
                "POST", f"/repos/{self.pull.repository}/pulls/{self.pull.number}/reviews", input=review
            )

    def _piece_by_piece(self, pairs: Sequence[tuple[Topic, str]]) -> None:
        """A review that nobody sees before it is complete; a line that is refused becomes a comment on the file."""
        started = write(
            self.connection, documents.START_REVIEW, pull=self.pull.id, commit=self.pull.head, body=_greeting(pairs)
        )
        review = started["addPullRequestReview"]["pullRequestReview"]["id"]
        try:
            for topic, body in pairs:
                self._add(review, topic, body)
            write(self.connection, documents.SUBMIT_REVIEW, review=review)
        except PlatformError:
            self._drop(review)
            raise

    def _add(self, review: str, topic: Topic, body: str) -> None:
        if topic.anchor.line is not None:
            try:
                if self._on_lines(review, topic, body):
                    return
            except Unprocessable:
                pass
        answer = write(
            self.connection, documents.ADD_FILE_THREAD, review=review, path=topic.anchor.path, body=_as_text(body)
        )
        if answer["addPullRequestReviewThread"]["thread"] is None:
            raise Unprocessable(f"GitHub takes no comment on {topic.anchor.path}")

    def _on_lines(self, review: str, topic: Topic, body: str) -> bool:
        """Whether the thread is really there: for some lines GitHub answers without an error and without a thread."""
        anchor = topic.anchor
        answer = write(
            self.connection,
            documents.ADD_LINE_THREAD,
            review=review,
            path=anchor.path,
            body=body,
            line=anchor.line,
            start=anchor.start,
            startSide="RIGHT" if anchor.start else None,
        )
        return answer["addPullRequestReviewThread"]["thread"] is not None

    def _drop(self, review: str) -> None:
        try:
            write(self.connection, documents.DROP_REVIEW, review=review)
        except PlatformError:
            # It stays unseen, and the next run drops it; what was wrong with the review itself is what counts.
            return

    def _posted(self) -> set[str]:
        """The fingerprints that have a comment now; what is left of an unfinished review is noted, to be dropped."""
        owner, _, name = self.pull.repository.partition("/")
        where = {"owner": owner, "name": name, "number": self.pull.number}
        now = read(self.connection, documents.PULL, **where)["repository"]["pullRequest"]
        self.pull = replace(self.pull, pending=own_pending(now))
        ours = [
            finding_marker(thread.comments[0]) for thread in threads(self.connection, owner, name, self.pull.number)
        ]
        return {fingerprint for marker in ours if marker for fingerprint in marker.fingerprints}


def _lines(topic: Topic) -> dict[str, object]:
    anchor = topic.anchor
    start = {"start_line": anchor.start, "start_side": "RIGHT"} if anchor.start else {}
    return {"line": anchor.line, "side": "RIGHT", **start}


def _greeting(pairs: Sequence[tuple[Topic, str]]) -> str:
    posted = [name for topic, _ in pairs for name in topic.fingerprints]
    return f"{counted(len(pairs), 'comment')} on what this change introduces.\n\n{review_line(posted)}"


def _as_text(body: str) -> str:
    """A suggestion needs lines: on a whole file its code is shown as code."""
    return body.replace("```suggestion\n", "```python\n")
