"""The standard library's tree -> the tree of `tree.py`, in one walk.

The interpreter's own parser takes a sixth of the time of libcst's, but keeps neither spaces nor every position. So it
reads each program first; libcst reads those in which a place has to be told. `exact` gives the same nodes from
libcst's tree, one for one.
"""

from __future__ import annotations

import ast
import warnings

from readiness.source.lowering import Leaf, walk
from readiness.source.quick.expressions import EXPRESSIONS
from readiness.source.quick.statements import STATEMENTS
from readiness.source.tree import Node

ENTRIES = EXPRESSIONS | STATEMENTS
# What `ast` has as a plain string, such as the name of a function, is a node of its own here.
_LEAVES: dict[type, Leaf] = {ast.Name: lambda name: ("Name", (name.id,)), str: lambda name: ("Name", (name,))}
_LARGE = 1_000_000
"""Characters, from which on it is memory that lacks, and libcst would take several times as much."""


def read_quickly(text: str) -> list[Node] | None:
    """All nodes of a program in pre-order; None if the interpreter cannot read it, as libcst may."""
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
    return walk(module, ENTRIES, _LEAVES)
