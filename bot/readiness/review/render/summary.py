"""The one comment on the conversation: the verdict, what has changed since the last review, and what is open."""

from __future__ import annotations

from collections.abc import Iterator

from readiness.report._text import counted, place_of_skipped
from readiness.report.markdown import code
from readiness.review.analysis import Analysis
from readiness.review.applied import Applied
from readiness.review.board import Board, Placed
from readiness.review.gate import verdict
from readiness.review.marker import SummaryMarker
from readiness.review.memory import Memory
from readiness.review.model import Pull
from readiness.review.plan import Plan
from readiness.review.render.advice import advice
from readiness.review.render.card import card_status
from readiness.review.render.facts import altered_facts
from readiness.review.render.open import MAX_LISTED, still_open
from readiness.review.render.words import clipped, details, linked_place, name, place, said, sha
from readiness.review.settings import ReviewConfig

_TOO_LONG = "_The rest did not fit; the job summary has the complete list._"


def summary(plan: Plan, applied: Applied, analysis: Analysis, pull: Pull, config: ReviewConfig) -> str | None:
    """The body of the summary; None if nothing is to be written: nothing to say, or said already."""
    if plan.silent or not _has_something_to_say(plan, analysis, config):
        return None
    marker = remembered(plan, applied, analysis, pull)
    sections = [
        *_verdict(plan, analysis, pull, marker),
        *_problems(applied),
        *_works(analysis, pull),
        *still_open(plan.board, applied, analysis, pull),
    ]
    sections += [*_decided(plan.board), *_aside(plan.board, analysis)]
    sections += [
        *altered_facts(analysis, pull),
        *card_status(analysis, pull),
        *advice(analysis, pull),
        _reproduce(pull),
    ]
    body = clipped("\n\n".join(sections), marker.line(), _TOO_LONG)
    return None if plan.memory.summary and _same(plan.memory.summary.body, body) else body


def _has_something_to_say(plan: Plan, analysis: Analysis, config: ReviewConfig) -> bool:
    """A clean first run is silent."""
    report = analysis.report
    return bool(plan.memory.summary or report.findings or report.incomplete or config.summary == "always")


def remembered(plan: Plan, applied: Applied, analysis: Analysis, pull: Pull) -> SummaryMarker:
    """What the next run has to know."""
    last, memory = plan.memory.last or SummaryMarker(""), plan.memory
    kept = {name for own in memory.threads if own.thread.id not in applied.deleted for name in own.marker.fingerprints}
    silenced = {one.finding.fingerprint for one in plan.board.silenced}  # also under the new name of its file
    gone = {name for own in memory.threads for name in own.marker.fingerprints}.union(last.withdrawn)
    withdrawn = gone - kept - applied.posted
    posted = (kept | applied.posted | silenced | pull.reviewed).union(last.posted) - withdrawn
    again = last.sha == pull.head
    return SummaryMarker(
        sha=pull.head,
        base=pull.merge_base,
        diff=pull.diff_hash,
        previous=last.previous if again else last.sha,
        complete=applied.complete,
        seen=tuple(finding.fingerprint for finding in analysis.report.findings),
        posted=tuple(sorted(posted)),
        withdrawn=tuple(sorted(withdrawn)),
        resolved=tuple(sorted({*last.resolved, *applied.resolved})),
        heard=tuple(sorted({*last.heard, *applied.heard})),
        fixed=last.fixed if again else _fixed(plan.board, memory, analysis),
    )


def _fixed(board: Board, memory: Memory, analysis: Analysis) -> tuple[str, ...]:
    """What is gone since the last run; what stood only in the summary of a run with failed files may still be there."""
    current = {finding.fingerprint for finding in analysis.report.findings}
    threads = {name for own in board.gone if not (own.marker.fixed or own.reopened) for name in own.marker.fingerprints}
    seen = set() if analysis.report.incomplete or memory.last is None else set(memory.last.seen)
    return tuple(sorted((seen | threads) - current))


def _same(one: str, other: str) -> bool:
    return one.replace("\r\n", "\n").strip() == other.strip()


def _verdict(plan: Plan, analysis: Analysis, pull: Pull, marker: SummaryMarker) -> Iterator[str]:
    report = analysis.report
    yield f"### Readiness review\n\n**{verdict(report, plan.board).sentence}**"
    files = counted(report.analysed, "file")
    head = sha(pull.head) or "the work tree"
    yield f"Reviewed {head} against {sha(pull.merge_base)}: {files}, {counted(len(report.rules), 'rule')}."
    if marker.previous:
        yield f"Since {sha(marker.previous)}: {len(marker.fixed)} fixed."
    if not pull.complete:
        yield "The platform listed only a part of the changed files; comments can stand on those only."
    if pull.conflict:
        yield "The branch conflicts with its base; its own head was reviewed."


def _works(analysis: Analysis, pull: Pull) -> Iterator[str]:
    if analysis.praise:
        lines = [f"- {linked_place(one, pull)}: {said(one.message)}" for one in analysis.praise]
        yield "\n".join(["**What works**\n", *lines])


def _problems(applied: Applied) -> Iterator[str]:
    if applied.problems:
        yield "\n".join(f"> {problem}" for problem in applied.problems)


def _decided(board: Board) -> Iterator[str]:
    lines = [f"- {code(one.finding.rule)} at {place(one.finding)}: {_decision(one)}" for one in board.accepted]
    lines += [f"- {code(one.finding.rule)} at {place(one.finding)}: its comment was removed" for one in board.silenced]
    if lines:
        shown = lines[:MAX_LISTED] + ([f"- and {len(lines) - MAX_LISTED} more"] if len(lines) > MAX_LISTED else [])
        yield details(f"{counted(len(lines), 'finding')} left as they are", "\n".join(shown))


def _decision(one: Placed) -> str:
    reason = f": {said(one.known.reason)}" if one.known.reason else ""
    return f"accepted by {name(one.known.by)}{reason}"


def _aside(board: Board, analysis: Analysis) -> Iterator[str]:
    skipped = [item for item in analysis.report.skipped if not item.expected]
    if skipped:
        lines = [f"- {code(place_of_skipped(item))}: {said(item.reason)}" for item in skipped[:MAX_LISTED]]
        yield "\n".join(["**Not analysed**\n", *lines])
    if board.unchecked:
        yield f"{counted(len(board.unchecked), 'open thread')} could not be checked again, because of that."
    if analysis.left_out:
        yield f"No rule looks at {len(analysis.left_out)} of the changed files; the job summary names them."
    if analysis.policy_changes:
        files = ", ".join(code(path) for path in analysis.policy_changes)
        yield f"This change edits the review's own policy ({files}); it applies after the merge."
    if analysis.report.silenced:
        yield f"{counted(analysis.report.silenced, 'finding')} silenced by comments in the code."


def _reproduce(pull: Pull) -> str:
    command = f"<code>readiness check --diff {sha(pull.merge_base)}</code>"
    at = f" with {sha(pull.head)} checked out" if pull.head else ""
    return f"<sub>The same on a laptop: {command}{at}.</sub>"
