"""What a dry run prints: every write that would be made, with its text."""

from __future__ import annotations

from collections.abc import Iterator

from readiness.report._text import visible
from readiness.review.analysis import Analysis
from readiness.review.applied import if_all_goes_well
from readiness.review.model import Pull
from readiness.review.plan import Acknowledge, Delete, Fold, Plan, PostReview, Resolve, Unfold, Withdraw, Write
from readiness.review.render.comment import comment, folded
from readiness.review.render.summary import summary
from readiness.review.settings import ReviewConfig
from readiness.review.topics import Anchor, Topic

RULE = "─" * 72


def dry_run(plan: Plan, analysis: Analysis, pull: Pull, config: ReviewConfig) -> str:
    """The plan as text; the texts are shown as they would be sent."""
    parts = [part for write in plan.writes for part in _write(write, analysis, pull, config)]
    body = summary(plan, if_all_goes_well(plan), analysis, pull, config)
    parts += [_titled("Summary comment", body)] if body else []
    if not parts:
        parts = [f"Nothing would be written{': ' + plan.silent if plan.silent else ''}."]
    return "\n\n".join(parts) + "\n"


def _write(write: Write, analysis: Analysis, pull: Pull, config: ReviewConfig) -> Iterator[str]:
    match write:
        case PostReview(topics):
            for topic in topics:
                yield _comment("Comment", topic, comment(topic, analysis, pull, config))
        case Unfold(own, topic):
            title = f"Open {own.comment.url or own.thread.id} again"
            yield _comment(title, topic, comment(topic, analysis, pull, config, own))
        case Fold(own):
            yield _titled(f"Fold {own.comment.url or own.thread.id}", folded(own, pull))
        case Resolve(own):
            yield _titled(f"Resolve {own.comment.url or own.thread.id}", "")
        case Delete(own):
            yield _titled(f"Delete {own.comment.url or own.thread.id}", "")
        case Withdraw(second):
            yield _titled(f"Delete the second summary {second.url or second.id}", "")
        case Acknowledge(reply):
            yield _titled(f"A thumb for the reply {reply}", "")


def _comment(title: str, topic: Topic, body: str) -> str:
    return _titled(f"{title} on {visible(topic.anchor.path)}{_lines(topic.anchor)}", body)


def _lines(anchor: Anchor) -> str:
    if anchor.line is None:
        return " (the whole file)"
    return f", lines {anchor.start} to {anchor.line}" if anchor.start else f", line {anchor.line}"


def _titled(title: str, body: str) -> str:
    return "\n".join([RULE, title, RULE, *([body] if body else [])])
