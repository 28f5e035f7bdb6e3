"""What both ways from a parser's tree to the tree of `tree.py` share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from readiness.source.tree import Node

Lower = Callable[[Any, Node | None], Node]
"""Lowers one node of the parser below a parent."""
Fields = tuple[Any, ...]
Entry = tuple[str, Callable[[Lower, Any, Node], Fields]]
"""The kind of a node, and what fills its fields: f(lower, the parser's node, the new node)."""


def optional(lower: Lower, child: Any, parent: Node) -> Node | None:
    """The lowered child, if there is one."""
    return None if child is None else lower(child, parent)


def index_by_kind(nodes: list[Node]) -> dict[str, list[Node]]:
    """Kind -> its nodes in order."""
    index: dict[str, list[Node]] = {}
    for node in nodes:
        if node.kind in index:
            index[node.kind].append(node)
        else:
            index[node.kind] = [node]
    return index
