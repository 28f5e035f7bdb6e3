"""What was said on the pull requests of a repository, the newest first; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from readiness.errors import UsageError
from readiness.review.github import documents
from readiness.review.github.connection import Connection
from readiness.review.github.failures import Gone, PlatformError
from readiness.review.github.graphql import read
from readiness.review.github.talk import comment, login, read_threads
from readiness.review.marker import NewerMarker, finding_marker
from readiness.review.model import Comment, Pull, State, Told

REMEMBERED = timedelta(days=180)
"""Before a pull request: what was explained longer ago is explained again, as people come and forget."""


def read_history(connection: Connection, repository: str, bot: str, *, last: int) -> Iterator[Pull]:
    """The last pull requests with their threads; what `bot` wrote counts as ours, whoever reads it."""
    for node in islice(_nodes(connection, repository), last):
        threads = read_threads(node["reviewThreads"]["nodes"])
        yield Pull(
            repository=repository,
            number=node["number"],
            head="",
            base="",
            merge_base="",
            author=login(node["author"]),
            own_login=bot,
            state=State(node["state"].lower()),
            threads=tuple(replace(one, comments=_claimed(one.comments, bot)) for one in threads),
            conversation=_claimed(tuple(map(comment, node["comments"]["nodes"])), bot),
        )


def with_told(connection: Connection, pull: Pull) -> Pull:
    """The pull request with what we have explained on others of the months before it; one request, and nothing if it fails."""
    owner, _, name = pull.repository.partition("/")
    try:
        found = read(connection, documents.TOLD, owner=owner, name=name, number=pull.number)["repository"]
    except PlatformError:  # then everything is explained once more, which does no harm
        return pull
    since = datetime.fromisoformat(found["pullRequest"]["createdAt"]) - REMEMBERED
    others = [node for node in found["pullRequests"]["nodes"] if node["number"] != pull.number]
    recent = [node for node in others if datetime.fromisoformat(node["createdAt"]) >= since]
    return replace(pull, told=tuple(told for node in recent for told in _told(node)))


def _told(node: dict[str, Any]) -> Iterator[Told]:
    """What is explained on a pull request, in comments that nobody hid."""
    for thread in node["reviewThreads"]["nodes"]:
        for first in map(comment, thread["comments"]["nodes"]):
            with suppress(NewerMarker):
                marker = finding_marker(first)
                if marker and marker.explains and not first.minimized:
                    yield Told(marker.rule, node["number"], first.url)


def _nodes(connection: Connection, repository: str) -> Iterator[dict[str, Any]]:
    owner, _, name = repository.partition("/")
    after = None
    while True:
        try:
            found = read(connection, documents.PULLS, owner=owner, name=name, after=after)
        except Gone as error:
            advice = "Check the name and the token."
            raise UsageError(f"there is no repository {repository}", advice=advice) from error
        pulls = found["repository"]["pullRequests"]
        yield from pulls["nodes"]
        if not pulls["pageInfo"]["hasNextPage"]:
            return
        after = pulls["pageInfo"]["endCursor"]


def _claimed(comments: tuple[Comment, ...], bot: str) -> tuple[Comment, ...]:
    return tuple(replace(one, ours=one.ours or (one.bot and one.author == bot)) for one in comments)
