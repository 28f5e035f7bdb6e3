"""libcst's tree -> the tree of `tree.py`, in one walk.

Each libcst class that carries meaning has one entry in a table: the kind of the node it becomes, and a function that
gives the node's fields. Commas, parentheses, whitespace and wrappers such as `Element` and `AsName` leave no trace.
The walk recurses; `guard.py` bounds the depth of what it meets.
"""

from __future__ import annotations

from unicodedata import normalize

import libcst as cst

from readiness.source.exact.expressions import EXPRESSIONS
from readiness.source.exact.statements import STATEMENTS
from readiness.source.lowering import Fields, walk
from readiness.source.tree import Node

ENTRIES = EXPRESSIONS | STATEMENTS
_SINGLETONS = {"None": None, "True": True, "False": False}


def lower_module(module: cst.Module) -> list[Node]:
    """All nodes of the module in pre-order; the first is the `Module` itself."""
    return walk(module, ENTRIES, {cst.Name: _name})


def _name(source: cst.Name) -> tuple[str, Fields]:
    if source.value in _SINGLETONS:
        return "Constant", (_SINGLETONS[source.value],)
    return "Name", (source.value if source.value.isascii() else normalize("NFKC", source.value),)  # as Python does
