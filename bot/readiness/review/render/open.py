"""What is open, as the summary lists it: one line for each rule that has comments, then what stands nowhere else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from readiness.finding import Finding
from readiness.report.markdown import code
from readiness.review.analysis import Analysis
from readiness.review.applied import Applied
from readiness.review.board import Board, Placed
from readiness.review.memory import NOTHING
from readiness.review.model import Pull
from readiness.review.ranking import by_importance
from readiness.review.render.words import label, linked_place, name, said

MAX_LISTED = 25
MAX_PLACES = 5


def still_open(board: Board, applied: Applied, analysis: Analysis, pull: Pull) -> Iterator[str]:
    """First what has a comment, then what stands only here."""
    new = [finding for topic in board.new for finding in topic.findings]
    posted = [Placed(finding, NOTHING) for finding in new if finding.fingerprint in applied.posted]
    unposted = [finding for finding in new if finding.fingerprint not in applied.posted]
    commented = sorted([*posted, *board.open, *board.returned], key=lambda one: by_importance(one.finding))
    if commented:
        yield "\n".join(["**In comments**\n", *_rules(commented, analysis, pull)])
    if unposted or board.listed:
        yield "\n".join(["**Only here**\n", *_each([*unposted, *board.listed], pull)])


def _rules(commented: Iterable[Placed], analysis: Analysis, pull: Pull) -> Iterator[str]:
    groups: dict[str, list[Placed]] = defaultdict(list)
    for one in commented:
        groups[one.finding.rule].append(one)
    for rule, group in groups.items():
        info = analysis.rules.get(rule)
        title = f" {said(info.title)}" if info else ""
        remarks = "".join(dict.fromkeys(f"{_thread(one)}{_asked(one)}" for one in group))
        yield f"- {label(group[0].finding)} · {code(rule)}{title}: {_places(group, pull)}{remarks}"


def _places(group: Sequence[Placed], pull: Pull) -> str:
    shown = [linked_place(one.finding, pull) for one in group[:MAX_PLACES]]
    more = len(group) - len(shown)
    return ", ".join(dict.fromkeys(shown)) + (f" and {more} more" if more else "")


def _thread(placed: Placed) -> str:
    """A link to a thread that the diff shows no more; the others are found where they stand."""
    own = placed.known.own
    return f" ([still open]({own.comment.url}))" if own and own.thread.outdated and own.comment.url else ""


def _asked(placed: Placed) -> str:
    """Why a request to leave the finding had no effect."""
    if not placed.known.by:
        return ""
    lacks = "a reason is missing" if placed.known.asks_for_reason else "that takes write permission, because it blocks"
    return f". {name(placed.known.by)} wants to leave it; {lacks}."


def _each(findings: Iterable[Finding], pull: Pull) -> Iterator[str]:
    ordered = sorted(findings, key=by_importance)
    for finding in ordered[:MAX_LISTED]:
        what = f"{label(finding)} · {code(finding.rule)} · {linked_place(finding, pull)}"
        yield f"- {what}: {said(finding.message)}"
    for rule, count in Counter(finding.rule for finding in ordered[MAX_LISTED:]).most_common():
        yield f"- and {count} more of {code(rule)}"
