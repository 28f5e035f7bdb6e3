"""What became of a plan: which writes took effect, and what stood in the way of the others."""

from __future__ import annotations

from dataclasses import dataclass

from readiness.review.plan import Delete, Fold, Plan, PostReview, Resolve, Unfold


@dataclass(frozen=True, slots=True)
class Applied:
    """The tuples hold fingerprints, `problems` plain sentences for people."""

    posted: frozenset[str] = frozenset()
    resolved: frozenset[str] = frozenset()
    deleted: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()
    complete: bool = True
    """False if findings that should have got a comment have none, so that the next run tries again."""


def if_all_goes_well(plan: Plan) -> Applied:
    """What a dry run shows."""
    done = Applied()
    for write in plan.writes:
        done = with_done(done, write)
    return done


def with_done(applied: Applied, write: PostReview | Resolve | Fold | Delete | Unfold) -> Applied:
    """The state after one more write took effect."""
    posted, resolved, deleted = set(applied.posted), set(applied.resolved), set(applied.deleted)
    match write:
        case PostReview(topics):
            posted.update(name for topic in topics for name in topic.fingerprints)
        case Resolve(own):
            resolved.update(own.marker.fingerprints)
        case Delete(own):
            deleted.update(own.marker.fingerprints)
        case Fold() | Unfold():
            pass
    return Applied(frozenset(posted), frozenset(resolved), frozenset(deleted), applied.problems, applied.complete)
