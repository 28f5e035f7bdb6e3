"""The standard library's tree -> the tree of `tree.py`, in one walk.

The interpreter's own parser takes a sixth of the time of libcst's, but keeps neither spaces nor every position. So it
reads each program first; libcst reads those in which a place has to be told. `exact` gives the same nodes from
libcst's tree, one for one. What only one of the two can tell apart is refused here, and left to libcst.
"""

from __future__ import annotations

import ast
import re
import warnings
from typing import Any

from readiness.source.quick.expressions import EXPRESSIONS
from readiness.source.quick.statements import STATEMENTS
from readiness.source.tree import Node

ENTRIES = EXPRESSIONS | STATEMENTS
_LARGE = 1_000_000
"""Characters, from which on it is memory that lacks, and libcst would take several times as much."""
# `f"{x=}"` is the text "x=" and a field here, and a field with a mark in libcst.
_DEBUGGED_FIELD = re.compile(r"=[ \t]*[!:}]")


def read_quickly(text: str) -> list[Node] | None:
    """All nodes of a program in pre-order; None if the interpreter cannot read it, or not exactly enough."""
    if _DEBUGGED_FIELD.search(text):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of strange escapes, which are the affair of the one who wrote them
            return lower_module(ast.parse(text))
    except (SyntaxError, ValueError, RecursionError):
        return None
    except MemoryError:  # said of very long chains of `elif` too, which libcst can read
        if len(text) > _LARGE:
            raise
        return None


def lower_module(module: ast.Module) -> list[Node]:
    """All nodes of the module in pre-order; the first is the `Module` itself."""
    nodes: list[Node] = []
    append = nodes.append
    name_class: type = ast.Name

    def lower(source: Any, parent: Node | None) -> Node:
        cls = source.__class__
        if cls is name_class or cls is str:  # a third of all nodes, never with children
            node = Node("Name", (source if cls is str else source.id,), source)
            node.parent = parent
            node.enter = node.leave = len(nodes)
            append(node)
            return node
        kind, fields = ENTRIES[cls]
        node = Node(kind, (), source)
        node.parent = parent
        node.enter = len(nodes)
        append(node)
        node.fields = fields(lower, source, node)
        node.leave = len(nodes) - 1
        return node

    lower(module, None)
    return nodes
