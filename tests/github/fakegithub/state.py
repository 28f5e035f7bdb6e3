"""What a fake GitHub knows: users, tokens, repositories, pull requests and all that is said about them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from fakegithub.gitstore import GitStore


class Clock:
    """The server's time: it moves by a second at every look, so that no two events share an instant."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)

    def tick(self) -> datetime:
        """The next instant."""
        self.now += timedelta(seconds=1)
        return self.now

    def stamp(self) -> str:
        """The next instant as GitHub writes it."""
        return self.tick().strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(eq=False)
class User:
    """A person, a bot or an organisation; a bot's REST login ends in `[bot]`, its GraphQL login does not."""

    login: str
    id: int
    type: str = "User"

    @property
    def graphql_login(self) -> str:
        """The login under which GraphQL shows an author."""
        return self.login.removesuffix("[bot]") if self.type == "Bot" else self.login

    @property
    def node_id(self) -> str:
        """GraphQL's name of the user."""
        return f"{'BOT' if self.type == 'Bot' else 'U'}_{self.id}"


@dataclass(eq=False)
class Token:
    """Who a token acts for and what it may do; an Actions job gets one of an installation, for its repository alone."""

    value: str
    actor: User
    permissions: dict[str, str]
    installation: bool = True
    repo: Repo | None = None

    def reaches(self, repo: Repo) -> bool:
        """Whether the token is of any use in a repository, beyond what is public there."""
        if self.installation:
            return self.repo in (None, repo)
        return repo.role(self.actor) != "none"

    def allows(self, scope: str, level: str) -> bool:
        """Whether the token grants a level of access to a scope."""
        levels = ("none", "read", "write", "admin")
        return levels.index(self.permissions.get(scope, "none")) >= levels.index(level)


@dataclass(eq=False)
class Comment:
    """A comment in a review thread."""

    id: int
    thread: Thread
    review: Review
    author: User
    body: str
    created_at: str
    updated_at: str
    in_reply_to: int | None = None
    editor: User | None = None
    minimized: str | None = None
    reactions: list[Reaction] = field(default_factory=list)

    @property
    def node_id(self) -> str:
        """GraphQL's name of the comment."""
        return f"PRRC_{self.id}"


@dataclass(eq=False)
class Reaction:
    """A thumb or another sign of somebody's."""

    id: int
    user: User
    content: str
    created_at: str


@dataclass(eq=False)
class Thread:
    """A conversation anchored in the diff as it was at `commit`, with `base` the merge base of that time."""

    id: int
    pull: PullRequest
    path: str
    subject: str
    side: str
    commit: str
    base: str
    line: int | None = None
    start_side: str | None = None
    start_line: int | None = None
    position: int = 1
    diff_hunk: str = ""
    comments: list[Comment] = field(default_factory=list)
    resolved_by: User | None = None

    @property
    def node_id(self) -> str:
        """GraphQL's name of the thread."""
        return f"PRRT_{self.id}"


@dataclass(eq=False)
class Review:
    """A review; invisible to others while PENDING."""

    id: int
    pull: PullRequest
    author: User
    body: str
    state: str
    commit: str
    submitted_at: str | None = None
    minimized: str | None = None

    @property
    def node_id(self) -> str:
        """GraphQL's name of the review."""
        return f"PRR_{self.id}"


@dataclass(eq=False)
class IssueComment:
    """A comment in the conversation of an issue or pull request."""

    id: int
    pull: PullRequest
    author: User
    body: str
    created_at: str
    updated_at: str
    editor: User | None = None
    minimized: str | None = None
    reactions: list[Reaction] = field(default_factory=list)

    @property
    def node_id(self) -> str:
        """GraphQL's name of the comment."""
        return f"IC_{self.id}"


@dataclass(eq=False)
class PullRequest:
    """A pull request; its head is a branch of its own repository or of a fork."""

    id: int
    repo: Repo
    number: int
    title: str
    body: str
    author: User
    base_ref: str
    head_repo: Repo
    head_ref: str
    head_sha: str
    base_sha: str
    created_at: str
    updated_at: str
    draft: bool = False
    closed_at: str | None = None
    merged_at: str | None = None
    merged_by: User | None = None
    locked: bool = False
    reviews: list[Review] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    conversation: list[IssueComment] = field(default_factory=list)

    @property
    def node_id(self) -> str:
        """GraphQL's name of the pull request."""
        return f"PR_{self.id}"

    @property
    def state(self) -> str:
        """`open` or `closed`; a merged pull request is closed."""
        return "closed" if self.closed_at else "open"

    @property
    def is_fork(self) -> bool:
        """Whether the head lives in another repository."""
        return self.head_repo is not self.repo

    def comments(self) -> Iterator[Comment]:
        """Every review comment, oldest first."""
        found = itertools.chain.from_iterable(thread.comments for thread in self.threads)
        return iter(sorted(found, key=lambda comment: comment.id))


@dataclass(eq=False)
class CheckRun:
    """A check on a commit; `fields` are those that its maker gave."""

    id: int
    head_sha: str
    fields: dict[str, Any]
    started_at: str
    annotations: list[dict[str, Any]] = field(default_factory=list)


@dataclass(eq=False)
class Sarif:
    """An uploaded analysis, unpacked."""

    id: str
    commit: str
    ref: str
    document: dict[str, Any]


@dataclass(eq=False)
class Artifact:
    """A zip that a workflow run left behind."""

    id: int
    run: WorkflowRun
    name: str
    content: bytes
    created_at: str
    expired: bool = False


@dataclass(eq=False)
class WorkflowRun:
    """A finished run of a workflow; of a fork's it does not say which pull request it was for."""

    id: int
    repo: Repo
    pull: PullRequest
    name: str
    number: int
    head_sha: str
    conclusion: str
    created_at: str
    artifacts: list[Artifact] = field(default_factory=list)


@dataclass(eq=False)
class Repo:
    """A repository; a fork shares the git objects of its parent, as on GitHub."""

    id: int
    owner: User
    name: str
    store: GitStore
    default_branch: str
    created_at: str
    private: bool = False
    parent: Repo | None = None
    branches: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    pulls: dict[int, PullRequest] = field(default_factory=dict)
    needs_resolution: set[str] = field(default_factory=set)
    check_runs: dict[int, CheckRun] = field(default_factory=dict)
    workflow_runs: dict[int, WorkflowRun] = field(default_factory=dict)
    sarifs: dict[str, Sarif] = field(default_factory=dict)

    @property
    def full_name(self) -> str:
        """`owner/name`."""
        return f"{self.owner.login}/{self.name}"

    @property
    def node_id(self) -> str:
        """GraphQL's name of the repository."""
        return f"R_{self.id}"

    def role(self, user: User) -> str:
        """What a user may do here: public repositories can be read by anyone."""
        if user is self.owner:
            return "admin"
        return self.roles.get(user.login, "none" if self.private else "read")

    def association(self, user: User) -> str:
        """How GitHub labels a commenter."""
        if user is self.owner:
            return "OWNER"
        return "COLLABORATOR" if user.login in self.roles else "NONE"

    def resolve(self, ref: str) -> str | None:
        """The commit that a branch, a pull request's ref or a commit name stands for."""
        name = ref.removeprefix("refs/").removeprefix("heads/")
        if name in self.branches:
            return self.branches[name]
        if name.startswith("pull/") and name.endswith("/head"):
            pull = self.pulls.get(int(name.split("/")[1]))
            return pull.head_sha if pull else None
        return ref if len(ref) == 40 and self.store.kind(ref) == "commit" else None
