"""Read everything on a pull request that a review depends on, once, into one immutable snapshot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from github.Repository import Repository

from readiness.errors import UsageError
from readiness.review.actions.event import Event
from readiness.review.github import documents
from readiness.review.github.connection import Connection
from readiness.review.github.diffs import MAX_COMPARED, MAX_FILES, Diff, diff_of, renamed, touched
from readiness.review.github.failures import Gone, PlatformError, Refused, Superseded, told_apart
from readiness.review.github.graphql import read
from readiness.review.github.talk import conversation, login, own_pending, reviewed, threads
from readiness.review.marker import NewerMarker
from readiness.review.memory import remember
from readiness.review.model import Pull, State
from readiness.review.replies import human_replies

WRITERS = ("admin", "maintain", "write")
MAX_ASKED = 20
"""People whose permission is looked up, and files that are looked for; more have never mattered on one pull request."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The pull request, and its change as the judge wants it."""

    pull: Pull
    diff: Diff


def read_snapshot(connection: Connection, repository: str, number: int) -> Snapshot:
    """Read a pull request."""
    owner, _, name = repository.partition("/")
    data = read(connection, documents.PULL, owner=owner, name=name, number=number)
    node = (data.get("repository") or {}).get("pullRequest")
    if node is None:
        raise UsageError(f"there is no pull request {repository}#{number}", advice="Check the name and the token.")
    with told_apart():
        repo = connection.rest.get_repo(repository)
        merge_base = repo.compare(node["baseRefOid"], node["headRefOid"]).merge_base_commit.sha
        files = list(repo.get_pull(number).get_files())
    diff = diff_of(files, merge_base, complete=len(files) < MAX_FILES)
    pull = replace(
        _pull(node, repository, number, merge_base, diff),
        own_login=login(data["viewer"]),
        threads=threads(connection, owner, name, number),
        conversation=conversation(connection, owner, name, number),
        reviewed=reviewed(node),
        url=data["repository"]["url"],
    )
    return Snapshot(_with_memory(pull, repo, node["baseRefName"]), diff)


def number_of_head(connection: Connection, event: Event) -> int:
    """The open pull request that the finished run was about, found by its head and never by what the run claims."""
    with told_apart():
        repo = connection.rest.get_repo(event.repository)
        pulls = repo.get_pulls(state="open", head=f"{event.head_owner}:{event.head_branch}")
        numbers = [pull.number for pull in pulls if pull.head.sha == event.head]
    if not numbers:
        raise Superseded(f"superseded: no open pull request has the head {event.head[:7]}")
    return numbers[0]


def read_queue(connection: Connection, repository: str, base: str, head: str) -> Snapshot:
    """The commit that a merge queue wants to merge, as if it were a pull request on which nobody can write."""
    with told_apart():
        comparison = connection.rest.get_repo(repository).compare(base, head)
        merge_base = comparison.merge_base_commit.sha
        files = list(comparison.files)
    diff = diff_of(files, merge_base, complete=len(files) < MAX_COMPARED)
    pull = Pull(repository, 0, head, base, merge_base, state=State.QUEUED, files=diff.files, complete=diff.complete)
    return Snapshot(pull, diff)


def _pull(node: dict[str, Any], repository: str, number: int, merge_base: str, diff: Diff) -> Pull:
    return Pull(
        repository=repository,
        number=number,
        head=node["headRefOid"],
        base=node["baseRefOid"],
        merge_base=merge_base,
        id=node["id"],
        author=login(node["author"]),
        state=State(node["state"].lower()),
        draft=node["isDraft"],
        fork=node["isCrossRepository"],
        conflict=node["mergeable"] == "CONFLICTING",
        files=diff.files,
        complete=diff.complete,
        diff_hash=diff.digest,
        pending=own_pending(node),
        description=str(node.get("body") or ""),
    )


def _with_memory(pull: Pull, repo: Repository, base_branch: str) -> Pull:
    """What depends on earlier reviews: who decided, and what has changed since."""
    try:
        memory = remember(pull)
    except NewerMarker:
        return pull
    if memory.last and memory.last.sha and memory.last.sha != pull.head:
        pull = _since(pull, repo, memory.last.sha)
    deciders = {reply.author for own in memory.threads for reply in human_replies(own.thread)}
    deciders |= {own.thread.resolved_by for own in memory.threads if own.thread.resolved} - {pull.own_login}
    return replace(
        pull,
        writers=_writers(repo, sorted(deciders - {""})),
        needs_resolution=_needs_resolution(repo, base_branch) if memory.threads else False,
        vanished=_vanished(repo, pull.head, {own.thread.path for own in memory.threads} - pull.files.keys()),
    )


def _since(pull: Pull, repo: Repository, last: str) -> Pull:
    """A commit that a force push has removed cannot be compared with: then everything counts as touched."""
    try:
        with told_apart():
            comparison = repo.compare(last, pull.head)
            return replace(pull, touched=touched(comparison), renamed=renamed(comparison))
    except PlatformError:
        return pull


def _vanished(repo: Repository, commit: str, paths: set[str]) -> frozenset[str]:
    """Which of these files a commit does not have; one of which GitHub does not say so is there."""
    found = set()
    for path in sorted(paths)[:MAX_ASKED]:
        try:
            with told_apart():
                repo.get_contents(path, ref=commit)
        except Gone:
            found.add(path)
        except PlatformError:
            continue
    return frozenset(found)


def _writers(repo: Repository, people: list[str]) -> frozenset[str]:
    """Who may write, asked of GitHub itself: what a comment shows of its author is no permission."""
    found = set()
    for person in people[:MAX_ASKED]:
        try:
            with told_apart():
                if repo.get_collaborator_permission(person) in WRITERS:
                    found.add(person)
        except (Gone, Refused):
            continue
    return frozenset(found)


def _needs_resolution(repo: Repository, branch: str) -> bool:
    """Whether an open thread stops the merge; rules are readable by everyone, classic protection only by admins."""
    try:
        with told_apart():
            _, rules = repo.requester.requestJsonAndCheck("GET", f"{repo.url}/rules/branches/{quote(branch, safe='')}")
    except PlatformError:
        return False
    parameters = [rule.get("parameters") or {} for rule in rules]
    return any(one.get("required_review_thread_resolution") for one in parameters)
