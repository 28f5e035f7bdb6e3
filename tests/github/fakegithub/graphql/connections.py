"""Lists as GraphQL pages them."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from typing import Any

from fakegithub.web import Json, unprocessable

Resolver = Callable[..., Json]


def _cursor(index: int) -> str:
    return base64.b64encode(f"cursor:v2:{index}".encode()).decode()


def _index(cursor: str) -> int:
    return int(base64.b64decode(cursor).rpartition(b":")[2])


def connection(name: str, items: Sequence[Any], view: Callable[[Any], Json]) -> Resolver:
    """A resolver of a connection: GitHub wants `first` or `last`, at most 100."""

    def resolve(
        _info: Any,
        first: int | None = None,
        last: int | None = None,
        after: str | None = None,
        before: str | None = None,
        **_filters: Any,
    ) -> Json:
        wanted = first if first is not None else last
        if wanted is None:
            message = f"You must provide a `first` or `last` value to properly paginate the `{name}` connection."
            raise unprocessable(message)
        if not 1 <= wanted <= 100:
            raise unprocessable(
                f"Requesting {wanted} records on the `{name}` connection exceeds the limit of 100 records."
            )
        start = _index(after) if after else 0
        stop = _index(before) - 1 if before else len(items)
        begin, end = (start, min(start + wanted, stop)) if first is not None else (max(stop - wanted, start), stop)
        return _page(items, view, begin, end)

    return resolve


def _page(items: Sequence[Any], view: Callable[[Any], Json], begin: int, end: int) -> Json:
    nodes = [view(item) for item in items[begin:end]]
    cursors = [_cursor(index + 1) for index in range(begin, begin + len(nodes))]
    return {
        "nodes": nodes,
        "edges": [{"node": node, "cursor": cursor} for node, cursor in zip(nodes, cursors, strict=True)],
        "totalCount": len(items),
        "pageInfo": {
            "hasNextPage": end < len(items),
            "hasPreviousPage": begin > 0,
            "startCursor": cursors[0] if cursors else None,
            "endCursor": cursors[-1] if cursors else None,
        },
    }
