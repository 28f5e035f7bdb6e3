"""What became of a plan: which writes took effect, and what stood in the way of the others."""

from __future__ import annotations

from dataclasses import dataclass, replace

from readiness.review.plan import Acknowledge, Delete, Fold, Plan, PostReview, Resolve, Unfold, Withdraw, Write


@dataclass(frozen=True, slots=True)
class Applied:
    """What was posted and resolved, by fingerprints; `problems` are plain sentences for people."""

    posted: frozenset[str] = frozenset()
    resolved: frozenset[str] = frozenset()
    deleted: frozenset[str] = frozenset()
    """The ids of threads whose comment we took back."""
    heard: frozenset[int] = frozenset()
    """Replies that were acknowledged."""
    problems: tuple[str, ...] = ()
    complete: bool = True
    """False if findings that were to get a comment have none, so that the next run tries again."""


def if_all_goes_well(plan: Plan) -> Applied:
    """What a dry run shows."""
    done = Applied()
    for write in plan.writes:
        done = with_done(done, write)
    return done


def with_done(applied: Applied, write: Write) -> Applied:
    """The state after one more write took effect."""
    match write:
        case PostReview(topics):
            return replace(applied, posted=applied.posted.union(*(topic.fingerprints for topic in topics)))
        case Resolve(own):
            return replace(applied, resolved=applied.resolved.union(own.marker.fingerprints))
        case Delete(own):
            return replace(applied, deleted=applied.deleted | {own.thread.id})
        case Acknowledge(reply):
            return replace(applied, heard=applied.heard | {reply})
        case Fold() | Unfold() | Withdraw():
            return applied
