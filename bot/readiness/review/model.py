"""A pull request as the planner sees it: one immutable snapshot, whatever it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """Whether a pull request can still be reviewed."""

    OPEN = "open"
    CLOSED = "closed"
    MERGED = "merged"
    QUEUED = "in the merge queue"
    """A commit of the queue: the gate speaks, and there is nothing to comment on."""

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to review."""
        return self in (State.CLOSED, State.MERGED)


@dataclass(frozen=True, slots=True)
class PullFile:
    """A changed file; `hunks` are the lines of the new side that a comment can stand on, None without a patch."""

    path: str
    status: str = "modified"
    previous_path: str = ""
    hunks: tuple[range, ...] | None = ()


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment of a review thread, or of the conversation."""

    id: str
    number: int
    author: str
    body: str
    ours: bool = False
    bot: bool = False
    association: str = "NONE"
    minimized: bool = False
    edited_by_other: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """A review thread; the first comment is what was said, the others are replies."""

    id: str
    path: str
    comments: tuple[Comment, ...]
    line: int | None = None
    outdated: bool = False
    resolved: bool = False
    resolved_by: str = ""
    can_resolve: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A comment of ours on another pull request that explains the concept of its rule."""

    rule: str
    pull: int
    url: str


@dataclass(frozen=True, slots=True)
class Pull:
    """Everything on a pull request that a review depends on."""

    repository: str
    number: int
    head: str
    base: str
    """The tip of the branch that it is to be merged into: where the policy comes from."""
    merge_base: str
    id: str = ""
    author: str = ""
    own_login: str = ""
    state: State = State.OPEN
    draft: bool = False
    fork: bool = False
    conflict: bool = False
    files: Mapping[str, PullFile] = field(default_factory=dict)
    complete: bool = True
    """False if the platform did not list all changed files."""
    threads: tuple[Thread, ...] = ()
    conversation: tuple[Comment, ...] = ()
    reviewed: frozenset[str] = frozenset()
    """What had a comment in our reviews, as their texts remember it."""
    writers: frozenset[str] = frozenset()
    """Who of those that answered or resolved threads may write to the repository."""
    needs_resolution: bool = False
    """The base branch lets nothing in while a thread is open."""
    touched: Mapping[str, tuple[range, ...]] | None = None
    """Lines changed since the last reviewed commit; None if that cannot be told."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """New path -> path at the last reviewed commit."""
    vanished: frozenset[str] = frozenset()
    """Files with a thread of ours that are not there any more: deleted, or called something else."""
    diff_hash: str = ""
    pending: str = ""
    """A review of ours that an earlier run began and did not submit."""
    url: str = ""
    """The page of the repository, for links."""
    description: str = ""
    """What its author says about it."""
    told: tuple[Told, ...] = ()
    """What was explained on other pull requests of the last months, the newest first."""
