"""The fake GitHub that tests hold in their hands: its state, its tokens, its faults and what was asked of it."""

from __future__ import annotations

import itertools
import re
import shutil
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote, urlencode

from fakegithub import patches, schemas
from fakegithub.faults import Fault, Limits, Meter
from fakegithub.gitstore import Files, GitStore
from fakegithub.patches import DiffLimits, FileDiff
from fakegithub.people import Person
from fakegithub.render import Links
from fakegithub.state import Clock, PullRequest, Repo, Thread, Token, User
from fakegithub.web import Request, not_found

BOT = "github-actions[bot]"
# What the workflow in the documentation grants.
JOB_PERMISSIONS = {"metadata": "read", "contents": "read", "pull_requests": "write"}
READ_ONLY = {"metadata": "read", "contents": "read", "pull_requests": "read"}


@dataclass(frozen=True)
class Exchange:
    """A request that was made and the answer to it."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any
    login: str | None
    operation: str
    status: int
    answer: Any


class ContractError(AssertionError):
    """Somebody left GitHub's published contract."""


class FakeGitHub:
    """A GitHub on this machine; as a context manager it serves, and fails the test on any breach of contract."""

    def __init__(self, *, enterprise: bool = False) -> None:
        schemas.openapi()
        self.enterprise = enterprise
        self.directory = Path(tempfile.mkdtemp(prefix="fakegithub-"))
        self.clock = Clock()
        self.lock = threading.RLock()
        self.limits, self.diff_limits = Limits(), DiffLimits()
        self.meter = Meter(self.limits)
        self.max_files, self.max_compare_files, self.max_tree = 3000, 300, 100_000
        self.faults: list[Fault] = []
        self.exchanges: list[Exchange] = []
        self.violations: list[str] = []
        self.users: dict[str, User] = {}
        self.repos: dict[str, Repo] = {}
        self.tokens: dict[str, Token] = {}
        self._ids = itertools.count(1001)
        self._diffs: dict[tuple[Path, str, str], tuple[FileDiff, ...]] = {}
        self._merges: dict[tuple[str, str], str | None] = {}
        self.links = Links("", "")

    def __enter__(self) -> Self:
        from fakegithub.server import Server  # it knows this class

        self._server = Server(self)
        self._server.start()
        self.links = Links(self._server.url + ("/api/v3" if self.enterprise else ""), self._server.url)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stop()
        shutil.rmtree(self.directory, ignore_errors=True)
        breaches = "\n".join(self.violations)
        if breaches and error is None:
            raise ContractError(breaches)
        if breaches and error:
            error.add_note(breaches)

    @property
    def api_url(self) -> str:
        """What GITHUB_API_URL says."""
        return self.links.api

    @property
    def graphql_url(self) -> str:
        """What GITHUB_GRAPHQL_URL says."""
        return self.links.html + ("/api/graphql" if self.enterprise else "/graphql")

    def link(self, request: Request, **query: object) -> str:
        """The address of a request with other parameters."""
        return f"{self.links.api}{quote(request.path)}?{urlencode(request.query | query)}"

    def new_id(self) -> int:
        """A number that nothing else has."""
        return next(self._ids)

    # --- who and what there is -------------------------------------------------------------------------------------

    def user(self, login: str) -> User:
        """The user of that login, made on first mention."""
        if login not in self.users:
            self.users[login] = User(login, self.new_id(), "Bot" if login.endswith("[bot]") else "User")
        return self.users[login]

    def person(self, login: str) -> Person:
        """Somebody who pushes, comments, resolves and merges."""
        return Person(self, self.user(login))

    def token(self, login: str = BOT, permissions: dict[str, str] | None = None, repo: Repo | None = None) -> str:
        """A new token; a bot's is an installation token like that of an Actions job, for one repository if it is named."""
        actor = self.user(login)
        value = f"{'ghs' if actor.type == 'Bot' else 'ghp'}_{self.new_id():036d}"
        granted = JOB_PERMISSIONS if permissions is None else permissions
        self.tokens[value] = Token(value, actor, dict(granted), actor.type == "Bot", repo)
        return value

    def create_repo(self, name: str, files: Files, *, private: bool = False, branch: str = "main") -> Repo:
        """A repository `owner/name` with one commit."""
        owner, _, short = name.partition("/")
        store = GitStore(self.directory / f"{self.new_id()}.git")
        repo = Repo(self.new_id(), self.user(owner), short, store, branch, self.clock.stamp(), private)
        repo.branches[branch] = store.commit(files, [], "Begin", self.clock.tick(), owner)
        self.repos[name] = repo
        return repo

    def fork(self, repo: Repo, owner: str) -> Repo:
        """Somebody's fork of a repository, made on first mention."""
        name = f"{owner}/{repo.name}"
        if name not in self.repos:
            copy = Repo(self.new_id(), self.user(owner), repo.name, repo.store, repo.default_branch, self.clock.stamp())
            copy.parent, copy.private, copy.branches = repo, repo.private, dict(repo.branches)
            self.repos[name] = copy
        return self.repos[name]

    def repository(self, name: str) -> Repo:
        """A repository by its name, whatever the case."""
        for repo in self.repos.values():
            if repo.full_name.lower() == name.lower():
                return repo
        raise not_found()

    def touch(self, pull: PullRequest) -> None:
        """Note that something happened."""
        pull.updated_at = self.clock.stamp()

    def role(self, request: Request, repo: Repo | None = None) -> str:
        """How far the asker's say reaches in a repository, by default the one that the request's path names."""
        token = request.token
        if token and token.installation:
            return "write" if token.allows("contents", "write") else "read"
        return (repo or request.repo).role(request.actor)

    # --- what git says ---------------------------------------------------------------------------------------------

    def merge_base(self, pull: PullRequest, commit: str | None = None) -> str:
        """Where the head left the base branch."""
        base = pull.repo.store.merge_base(pull.base_sha, commit or pull.head_sha)
        if base is None:
            raise not_found()
        return base

    def diff(self, repo: Repo, old: str, new: str) -> tuple[FileDiff, ...]:
        """The files that differ between two commits."""
        key = (repo.store.path, old, new)
        if key not in self._diffs:
            self._diffs[key] = patches.diff(repo.store, old, new, self.diff_limits)
        return self._diffs[key]

    def files(self, pull: PullRequest, commit: str | None = None) -> tuple[FileDiff, ...]:
        """The files that a pull request changes."""
        return self.diff(pull.repo, self.merge_base(pull, commit), commit or pull.head_sha)

    def file_diff(self, pull: PullRequest, path: str) -> FileDiff | None:
        """What a pull request does to one file."""
        return next((file for file in self.files(pull) if file.path == path), None)

    def commits(self, pull: PullRequest) -> tuple[str, ...]:
        """The commits of a pull request, oldest first."""
        return pull.repo.store.between(self.merge_base(pull), pull.head_sha)

    def merge_commit(self, pull: PullRequest) -> str | None:
        """The test merge that Actions check out; None when there are conflicts."""
        key = (pull.base_sha, pull.head_sha)
        if key not in self._merges:
            message = f"Merge {pull.head_sha} into {pull.base_sha}"
            self._merges[key] = pull.repo.store.merge(*key, message, self.clock.tick())
        return self._merges[key]

    # --- what was asked --------------------------------------------------------------------------------------------

    def requests(self, method: str = ".*", path: str = "") -> list[Exchange]:
        """The exchanges with a method and a path that match."""
        return [e for e in self.exchanges if re.fullmatch(method, e.method) and re.search(path, e.path)]

    def writes(self) -> list[Exchange]:
        """The exchanges that changed something or meant to."""
        return [e for e in self.requests("POST|PUT|PATCH|DELETE") if not _is_query(e)]

    def threads(self, pull: PullRequest, *, resolved: bool | None = None) -> list[Thread]:
        """The threads of a pull request, all or only those (not) resolved."""
        return [t for t in pull.threads if resolved is None or (t.resolved_by is not None) == resolved]


def _is_query(exchange: Exchange) -> bool:
    text = exchange.body.get("query", "") if isinstance(exchange.body, dict) else ""
    return exchange.operation == "graphql" and not re.search(r"^\s*mutation\b", text, re.M)
