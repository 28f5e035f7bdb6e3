"""The one place that writes on a pull request.

A write that may have taken effect is never repeated blindly: the markers are read again, and only what is missing is
posted. What a permission does not allow is left out and named; the rest goes on.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from readiness.review.analysis import Analysis
from readiness.review.applied import Applied, with_done
from readiness.review.github import documents
from readiness.review.github.connection import Connection
from readiness.review.github.failures import Gone, Limited, PlatformError, Refused, Superseded, Unsure, told_apart
from readiness.review.github.graphql import read, write
from readiness.review.github.reviews import Reviews
from readiness.review.github.talk import conversation
from readiness.review.marker import summary_marker
from readiness.review.model import Pull, State
from readiness.review.plan import Acknowledge, Change, Delete, Fold, Plan, PostReview, Resolve, Unfold, Withdraw
from readiness.review.render.comment import comment, folded
from readiness.review.render.summary import summary
from readiness.review.settings import ReviewConfig

PAUSE = 1.0
"""Seconds between two writes, as GitHub asks for."""
LONGEST_WAIT = 60.0


@dataclass
class Gateway:
    """Carries a plan out on one pull request."""

    connection: Connection
    pull: Pull
    analysis: Analysis
    config: ReviewConfig
    _waited: bool = False
    _refused: bool = False
    """A permission is missing: asking again for each thread would only be refused again."""

    def apply(self, plan: Plan) -> Applied:
        """Make the writes in their order, the summary last; raises `Superseded` before the first if the head moved."""
        applied = Applied()
        if plan.silent or not (plan.writes or summary(plan, applied, self.analysis, self.pull, self.config)):
            return applied
        try:
            self._still_current()
        except Unsure as error:
            return self._with_problem(applied, error, "a review")
        for number, each in enumerate(plan.writes):
            self._pace(number)
            applied = self._post(each, applied) if isinstance(each, PostReview) else self._change(each, applied)
        return self._summarise(plan, applied)

    def _still_current(self) -> None:
        owner, _, name = self.pull.repository.partition("/")
        data = read(self.connection, documents.HEAD, owner=owner, name=name, number=self.pull.number)
        now = data["repository"]["pullRequest"]
        if now["headRefOid"] != self.pull.head or State(now["state"].lower()) is not State.OPEN:
            raise Superseded(f"superseded: the head is {now['headRefOid'][:7]} now, not {self.pull.head[:7]}")

    def _post(self, review: PostReview, applied: Applied) -> Applied:
        bodies = [comment(topic, self.analysis, self.pull, self.config) for topic in review.topics]
        try:
            posted, problem = Reviews(self.connection, self.pull, self._patiently).post(review.topics, bodies)
        except PlatformError as error:  # not even what is there now can be read
            posted, problem = [], error
        applied = with_done(applied, PostReview(tuple(posted)))
        if problem is None:
            return applied
        return replace(self._with_problem(applied, problem, "comments on lines"), complete=False)

    def _change(self, change: Change, applied: Applied) -> Applied:
        if self._refused:
            return applied
        try:
            self._patiently(lambda: self._perform(change))
        except Gone:
            return applied
        except Refused as error:
            if isinstance(change, Resolve):
                return self._change(Fold(change.own), applied) if not change.own.answered else applied
            return self._with_problem(applied, error, "changes of earlier comments")
        except PlatformError as error:  # the next run finds the same thread and tries again
            return replace(applied, problems=(*applied.problems, str(error)))
        return with_done(applied, change)

    def _perform(self, change: Change) -> None:
        match change:
            case Resolve(own):
                write(self.connection, documents.RESOLVE, thread=own.thread.id)
            case Fold(own):
                self._edit(own.comment.number, folded(own, self.pull))
            case Unfold(own, topic):
                self._edit(own.comment.number, comment(topic, self.analysis, self.pull, self.config, own))
            case Delete(own):
                self._rest("DELETE", f"pulls/comments/{own.comment.number}")
            case Withdraw(second):
                self._rest("DELETE", f"issues/comments/{second.number}")
            case Acknowledge(reply):
                self._rest("POST", f"pulls/comments/{reply}/reactions", content="+1")

    def _edit(self, number: int, body: str) -> None:
        self._rest("PATCH", f"pulls/comments/{number}", body=body)

    def _rest(self, verb: str, path: str, **fields: str) -> None:
        with told_apart():
            url = f"/repos/{self.pull.repository}/{path}"
            self.connection.rest.requester.requestJsonAndCheck(verb, url, input=fields or None)

    def _summarise(self, plan: Plan, applied: Applied) -> Applied:
        body = summary(plan, applied, self.analysis, self.pull, self.config)
        if body is None:
            return applied
        self._pace(len(plan.writes))
        try:
            self._write_summary(plan.memory.summary.number if plan.memory.summary else None, body)
        except Refused as error:
            return self._with_problem(applied, error, "the summary")
        except PlatformError as error:
            return replace(applied, problems=(*applied.problems, f"The summary could not be written: {error.what}."))
        return applied

    def _write_summary(self, number: int | None, body: str) -> None:
        try:
            self._patiently(lambda: self._put_summary(number, body))
        except Unsure:
            there = self._own_summary()
            if there is None or there[1].strip() != body.strip():
                self._put_summary(there[0] if there else None, body)

    def _put_summary(self, number: int | None, body: str) -> None:
        if number is None:
            self._rest("POST", f"issues/{self.pull.number}/comments", body=body)
            return
        try:
            self._rest("PATCH", f"issues/comments/{number}", body=body)
        except Gone:
            self._rest("POST", f"issues/{self.pull.number}/comments", body=body)

    def _own_summary(self) -> tuple[int, str] | None:
        owner, _, name = self.pull.repository.partition("/")
        for one in conversation(self.connection, owner, name, self.pull.number):
            if summary_marker(one):
                return one.number, one.body
        return None

    def _patiently(self, action: Callable[[], object]) -> None:
        """A write that was refused because of a limit had no effect: once in a run, wait as long as GitHub asks."""
        try:
            action()
        except Limited as error:
            if self._waited or (error.seconds or LONGEST_WAIT) > LONGEST_WAIT:
                raise
            self._waited = True
            time.sleep(error.seconds if error.seconds is not None else LONGEST_WAIT)
            action()

    def _pace(self, writes_before: int) -> None:
        if writes_before:
            time.sleep(PAUSE)

    def _with_problem(self, applied: Applied, error: PlatformError, what: str) -> Applied:
        words = f"{what[0].upper()}{what[1:]} could not be written: {error.what}."
        if isinstance(error, Refused):
            self._refused = True
            fork = ", as it is for a pull request from a fork" if self.pull.fork else ""
            words = f"The token lacks `pull-requests: write`{fork}, so {what} could not be written."
        return replace(applied, problems=tuple(dict.fromkeys((*applied.problems, words))))
