"""The verdict of a run: what the job's exit code says, in numbers and in one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from readiness.errors import ExitCode
from readiness.judge.report import Report
from readiness.report._text import counted
from readiness.review.board import Board


@dataclass(frozen=True, slots=True)
class Verdict:
    """What decides whether the pull request may be merged, as far as this bot is asked."""

    exit_code: ExitCode
    word: str
    """`ready`, `blocked` or `incomplete`: the output `verdict` of the action."""
    sentence: str


def verdict(report: Report, board: Board) -> Verdict:
    """Blocking findings fail the gate unless somebody who may has accepted them; an incomplete run is never clean."""
    if report.incomplete:
        missing = counted(sum(not skipped.expected for skipped in report.skipped), "file or rule", "files or rules")
        return Verdict(ExitCode.INCOMPLETE, "incomplete", f"Incomplete: {missing} could not be analysed.{_also(board)}")
    if board.blocking:
        return Verdict(ExitCode.FINDINGS, "blocked", _blocked(board))
    rest = len(report.findings) - len(board.accepted)
    look = f"; {counted(rest, 'thing')} to look at" if rest else ""
    return Verdict(ExitCode.CLEAN, "ready", f"Nothing blocks the merge{look}.")


def _blocked(board: Board) -> str:
    count = len(board.blocking)
    return f"{counted(count, 'finding')} {'blocks' if count == 1 else 'block'} the merge."


def _also(board: Board) -> str:
    return f" {_blocked(board)}" if board.blocking else ""
