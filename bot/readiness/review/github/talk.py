"""What people and bots have said on a pull request: threads and conversation, page by page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from readiness.review.github import documents
from readiness.review.github.connection import Connection
from readiness.review.github.graphql import read
from readiness.review.marker import finding_marker, posted_by
from readiness.review.model import Comment, Thread

MAX_PAGES = 30
_BOT = "Bot"


def threads(connection: Connection, owner: str, name: str, number: int) -> tuple[Thread, ...]:
    """All review threads."""
    nodes = _pages(connection, documents.THREADS, "reviewThreads", owner=owner, name=name, number=number)
    return read_threads(nodes)


def conversation(connection: Connection, owner: str, name: str, number: int) -> tuple[Comment, ...]:
    """All comments that stand on no line."""
    nodes = _pages(connection, documents.CONVERSATION, "comments", owner=owner, name=name, number=number)
    return tuple(comment(node) for node in nodes)


def read_threads(nodes: Iterable[dict[str, Any]]) -> tuple[Thread, ...]:
    """Threads as a document gave them, without those of a review that was not submitted."""
    return tuple(_thread(node) for node in nodes if not _is_draft(node))


def own_pending(pull: dict[str, Any]) -> str:
    """A review that this bot began and did not submit; one that a person is writing with the same login is not ours."""
    for review in pull["begun"]["nodes"]:
        comments = [comment(node) for node in review["comments"]["nodes"]]
        if posted_by(comment(review)) is not None and all(map(finding_marker, comments)):
            return str(review["id"])
    return ""


def reviewed(pull: dict[str, Any]) -> frozenset[str]:
    """What had a comment in our reviews; they stay when a person deletes their comments."""
    return frozenset(name for review in pull["done"]["nodes"] for name in posted_by(comment(review)) or ())


def login(actor: dict[str, Any] | None) -> str:
    """A login as both interfaces of GitHub agree on it: one of them adds `[bot]`."""
    return str((actor or {}).get("login") or "").removesuffix("[bot]")


def comment(node: dict[str, Any]) -> Comment:
    """A comment of either sort."""
    author = node.get("author") or {}
    editor = login(node.get("editor"))
    return Comment(
        id=str(node["id"]),
        number=int(node.get("fullDatabaseId") or 0),
        author=login(author),
        body=str(node.get("body") or ""),
        ours=bool(node.get("viewerDidAuthor")),
        bot=author.get("__typename") == _BOT,
        association=str(node.get("authorAssociation") or "NONE"),
        minimized=bool(node.get("isMinimized")),
        edited_by_other=bool(editor) and editor != login(author),
        url=str(node.get("url") or ""),
    )


def _pages(connection: Connection, document: str, field: str, **where: Any) -> Iterator[dict[str, Any]]:
    after = None
    for _ in range(MAX_PAGES):
        pull = read(connection, document, after=after, **where)["repository"]["pullRequest"]
        yield from pull[field]["nodes"]
        if not pull[field]["pageInfo"]["hasNextPage"]:
            return
        after = pull[field]["pageInfo"]["endCursor"]


def _is_draft(node: dict[str, Any]) -> bool:
    """Whether the thread belongs to a review that was not submitted: nobody else sees it."""
    comments = node["comments"]["nodes"]
    return bool(comments) and comments[0].get("state") == "PENDING"


def _thread(node: dict[str, Any]) -> Thread:
    line = node.get("line")
    return Thread(
        id=str(node["id"]),
        path=str(node.get("path") or ""),
        comments=tuple(comment(one) for one in node["comments"]["nodes"]),
        line=int(line) if line is not None else None,
        outdated=bool(node.get("isOutdated")),
        resolved=bool(node.get("isResolved")),
        resolved_by=login(node.get("resolvedBy")),
        can_resolve=bool(node.get("viewerCanResolve")),
    )
