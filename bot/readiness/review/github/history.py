"""What was said on the pull requests of a repository, the newest first; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from readiness.errors import UsageError
from readiness.review.github import documents
from readiness.review.github.connection import Connection
from readiness.review.github.failures import Gone
from readiness.review.github.graphql import read
from readiness.review.github.talk import comment, login, read_threads
from readiness.review.model import Comment, Pull, State


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
