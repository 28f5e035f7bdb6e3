"""What both ways from a parser's tree to the tree of `tree.py` share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from readiness.source.tree import Node

Lower = Callable[[Any, Node | None], Node]
"""Lowers one node of the parser below a parent."""
Fields = tuple[Any, ...]
Entry = tuple[str, Callable[[Lower, Any, Node], Fields]]
"""The kind of a node, and what fills its fields: f(lower, the parser's node, the new node)."""


Leaf = Callable[[Any], tuple[str, Fields]]
"""The kind and the fields of what has nothing below it."""


def walk(root: Any, entries: Mapping[type, Entry], leaves: Mapping[type, Leaf]) -> list[Node]:
    """All nodes below and including the root in pre-order; each knows its parent and its place in the walk.

    Names are a third of all nodes. They are leaves, so that they need no walk of their own.
    """
    nodes: list[Node] = []
    append = nodes.append

    def lower(source: Any, parent: Node | None) -> Node:
        leaf = leaves.get(source.__class__)
        if leaf is not None:
            node = Node(*leaf(source), source)
            node.parent = parent
            node.enter = node.leave = len(nodes)
            append(node)
            return node
        kind, fields = entries[source.__class__]
        node = Node(kind, (), source)
        node.parent = parent
        node.enter = len(nodes)
        append(node)
        node.fields = fields(lower, source, node)
        node.leave = len(nodes) - 1
        return node

    lower(root, None)
    return nodes


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
