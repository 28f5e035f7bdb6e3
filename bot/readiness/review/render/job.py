"""The job summary: everything that a run found, whatever may be written on the pull request."""

from __future__ import annotations

from collections.abc import Iterator

from readiness.report import markdown
from readiness.report._text import place_of_skipped
from readiness.report.markdown import code
from readiness.review.analysis import Analysis
from readiness.review.applied import Applied
from readiness.review.gate import verdict
from readiness.review.model import Pull
from readiness.review.plan import Plan
from readiness.review.render.facts import altered_facts
from readiness.review.render.words import name, place, said, sha


def job_summary(plan: Plan, applied: Applied, analysis: Analysis, pull: Pull) -> str:
    """The verdict, what could not be written, the complete list, and what people have decided."""
    return "\n\n".join(_parts(plan, applied, analysis, pull)) + "\n"


def _parts(plan: Plan, applied: Applied, analysis: Analysis, pull: Pull) -> Iterator[str]:
    yield f"# Readiness review of {sha(pull.head)}\n\n**{verdict(analysis.report, plan.board).sentence}**"
    if plan.silent:
        yield f"Nothing was written on the pull request: {plan.silent}."
    if applied.problems:
        yield "\n".join(f"> {problem}" for problem in applied.problems)
    if analysis.policy_changes:
        files = ", ".join(code(path) for path in analysis.policy_changes)
        yield f"This change edits the review's own policy ({files}); it applies after the merge."
    decided = [*plan.board.accepted, *plan.board.silenced]
    if decided:
        lines = [f"- {code(one.finding.rule)} at {place(one.finding)}{_who(one.known.by)}" for one in decided]
        yield "\n".join(["**Left as they are**\n", *lines])
    yield from altered_facts(analysis, pull)
    yield markdown.render(analysis.report)
    if analysis.left_out:
        lines = [f"- {code(place_of_skipped(item))}: {said(item.reason)}" for item in analysis.left_out]
        yield "\n".join(["**Not reviewed**\n", *lines])
    if analysis.unsuggested:
        yield said(f"{analysis.unsuggested} fixes were not offered, because applying them did not mend the finding.")


def _who(login: str) -> str:
    return f", accepted by {name(login)}" if login else ""
