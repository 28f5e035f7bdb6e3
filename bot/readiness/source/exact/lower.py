"""libcst's tree -> the tree of `tree.py`, in one walk.

Each libcst class that carries meaning has one entry in a table: the kind of the node it becomes, and a function that
gives the node's fields. Commas, parentheses, whitespace and wrappers such as `Element` and `AsName` leave no trace.
The walk recurses; `guard.py` bounds the depth of what it meets.
"""

from __future__ import annotations

from typing import Any
from unicodedata import normalize

import libcst as cst

from readiness.source.exact.expressions import EXPRESSIONS
from readiness.source.exact.statements import STATEMENTS
from readiness.source.tree import Node

ENTRIES = EXPRESSIONS | STATEMENTS
_SINGLETONS = {"None": None, "True": True, "False": False}


def lower_module(module: cst.Module) -> list[Node]:
    """All nodes of the module in pre-order; the first is the `Module` itself."""
    nodes: list[Node] = []
    append = nodes.append
    name_class = cst.Name

    def lower(source: Any, parent: Node | None) -> Node:
        if source.__class__ is name_class:  # a third of all nodes, and never with children
            name = source.value if source.value.isascii() else normalize("NFKC", source.value)  # as Python does
            node = Node("Name", (name,), source)
            if name in _SINGLETONS:
                node.kind, node.fields = "Constant", (_SINGLETONS[name],)
            node.parent = parent
            node.enter = node.leave = len(nodes)
            append(node)
            return node
        kind, fields = ENTRIES[source.__class__]
        node = Node(kind, (), source)
        node.parent = parent
        node.enter = len(nodes)
        append(node)
        node.fields = fields(lower, source, node)
        node.leave = len(nodes) - 1
        return node

    lower(module, None)
    return nodes
