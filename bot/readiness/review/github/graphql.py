"""GraphQL over httpx: one document in, its data out, errors told apart."""

from __future__ import annotations

import time
from typing import Any

import httpx

from readiness.review.github.connection import Connection
from readiness.review.github.failures import Gone, Limited, PlatformError, Refused, Unprocessable, Unsure, told_apart

ATTEMPTS = 3
PAUSE = 1.0
_KINDS: dict[str, type[PlatformError]] = {"FORBIDDEN": Refused, "NOT_FOUND": Gone, "INSUFFICIENT_SCOPES": Refused}


def read(connection: Connection, document: str, **variables: Any) -> dict[str, Any]:
    """Run a query; it is repeated when the server fails, since reading twice does no harm."""
    for attempt in range(1, ATTEMPTS):
        try:
            return write(connection, document, **variables)
        except Unsure:
            time.sleep(PAUSE * attempt)
    return write(connection, document, **variables)


def write(connection: Connection, document: str, **variables: Any) -> dict[str, Any]:
    """Run a mutation once."""
    with told_apart():
        response = connection.http.post(connection.graphql_url, json={"query": document, "variables": variables})
        response.raise_for_status()
    answer = _json(response)
    errors = answer.get("errors")
    if errors:
        raise _error(errors)
    data = answer.get("data")
    if not isinstance(data, dict):
        raise Unsure("GitHub gave an answer without data")
    return data


def _json(response: httpx.Response) -> dict[str, Any]:
    try:
        answer = response.json()
    except ValueError as error:
        raise Unsure("GitHub gave an answer that is no JSON") from error
    return answer if isinstance(answer, dict) else {}


def _error(errors: list[dict[str, Any]]) -> PlatformError:
    first = errors[0]
    kind, message = str(first.get("type", "")), str(first.get("message", "no reason given"))[:300]
    if kind == "RATE_LIMITED" or "secondary rate limit" in message.lower():
        return Limited("GitHub limits how fast this token may write", None)
    if "not accessible by" in message:
        return Refused(message)
    if "something went wrong" in message.lower():
        return Unsure(message)
    return _KINDS.get(kind, Unprocessable)(message)
