"""The plan of a review: a pure function from what was found and what is on the pull request to a list of writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from readiness.review.analysis import Analysis
from readiness.review.board import Board, arrange
from readiness.review.marker import NewerMarker
from readiness.review.memory import Memory, OwnThread, remember
from readiness.review.model import Comment, Pull, State
from readiness.review.replies import says_done
from readiness.review.settings import ReviewConfig
from readiness.review.topics import Anchor, Topic

MAX_CHANGES = 20
"""Edits of threads in one run; GitHub allows few writes a minute, and the next run finds the others again."""


@dataclass(frozen=True, slots=True)
class PostReview:
    """One review with all new comments."""

    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Resolve:
    """Resolve a thread of which nothing is left."""

    own: OwnThread


@dataclass(frozen=True, slots=True)
class Fold:
    """Shorten the comment of a mended finding, because its thread cannot be resolved with the permissions we have."""

    own: OwnThread


@dataclass(frozen=True, slots=True)
class Delete:
    """Delete the only comment of a thread that nobody answered and that would stop the merge."""

    own: OwnThread


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take back a second summary."""

    summary: Comment


@dataclass(frozen=True, slots=True)
class Unfold:
    """Say again what a folded comment said: the finding is back."""

    own: OwnThread
    topic: Topic


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """Show that a reply was heard, by a thumb and not by an answer."""

    reply: int


Change = Resolve | Fold | Delete | Withdraw | Unfold | Acknowledge
Write = PostReview | Change


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written, in order; the summary comes last and tells what became of these."""

    board: Board
    memory: Memory
    writes: tuple[Write, ...] = ()
    silent: str = ""
    """Why nothing at all is written on the pull request, in words; the job summary has everything."""


def plan(analysis: Analysis, pull: Pull, config: ReviewConfig) -> Plan:
    """Decide what to write."""
    try:
        memory = remember(pull)
    except NewerMarker as newer:
        board = arrange(analysis, pull, _NO_MEMORY, config)
        return Plan(board, _NO_MEMORY, silent=f"comments of a newer release of this bot ({newer}) are on it")
    board = arrange(analysis, pull, memory, config)
    silent = _silence(pull, config)
    return Plan(board, memory, () if silent else tuple(_writes(board, memory, pull, config)), silent)


_NO_MEMORY = Memory((), {})


def _silence(pull: Pull, config: ReviewConfig) -> str:
    if pull.state is not State.OPEN:
        return f"the pull request is {pull.state.value}"
    if pull.draft and not config.drafts:
        return "the pull request is a draft"
    return ""


def _writes(board: Board, memory: Memory, pull: Pull, config: ReviewConfig) -> Iterator[Write]:
    if board.new:
        yield PostReview(board.new)
    again: list[Change] = [*map(Delete, board.doubled), *map(Withdraw, memory.doubled)]
    changes = [*again, *_returned(board), *_ended(board, pull, config), *_heard(board, memory)]
    yield from changes[:MAX_CHANGES]


def _heard(board: Board, memory: Memory) -> Iterator[Acknowledge]:
    """A thumb for each reply that accepted something, once."""
    before = set(memory.last.heard if memory.last else ())
    yield from map(Acknowledge, sorted({one.known.reply for one in board.accepted} - before - {0}))


def _returned(board: Board) -> Iterator[Unfold]:
    """One edit for each folded thread, with all of its findings that are back."""
    threads = {one.known.own.thread.id: one.known.own for one in board.returned if one.known.own}
    for number, own in threads.items():
        back = tuple(one.finding for one in board.returned if one.known.own and one.known.own.thread.id == number)
        yield Unfold(own, Topic(back, Anchor(own.thread.path, own.thread.line)))


def _ended(board: Board, pull: Pull, config: ReviewConfig) -> Iterator[Resolve | Fold | Delete]:
    for own in board.gone:
        if own.comment.minimized or own.reopened or own in board.doubled:
            continue
        if own.answered:
            if own.thread.can_resolve and says_done(own.thread, pull.author):
                yield Resolve(own)
        else:
            yield from _unanswered(own, pull, config)


def _unanswered(own: OwnThread, pull: Pull, config: ReviewConfig) -> Iterator[Resolve | Fold | Delete]:
    alone = len(own.thread.comments) == 1
    if config.on_fixed == "delete" and alone:
        yield Delete(own)
    elif own.thread.can_resolve:
        yield Resolve(own)
    elif pull.needs_resolution and alone:
        yield Delete(own)
    elif not own.marker.fixed:
        yield Fold(own)
