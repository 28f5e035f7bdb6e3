"""Which assignments to a name can reach one of its uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.source.names import Scope, enclosing_function
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.pattern.index import Index

_CHANGES = frozenset({"AugAssign", "Delete"})
"""These bind no new value."""


def reaching(index: Index, scope: Scope, use: Node) -> list[Node]:
    """What binds a name of a scope and can run last before a use of it; a use in another function may run at any time."""
    binders = sorted(
        (one for one in scope.bound.get(use.fields[0], ()) if one.kind not in _CHANGES), key=lambda one: one.enter
    )
    if enclosing_function(use) is not scope.node:
        return binders
    found: list[Node] = []
    last = 0
    for binder in reversed([one for one in binders if _ends_above(one, use)]):
        found.append(binder)
        if _always_runs(index, binder, use):
            last = binder.enter
            break
    loop = _outermost_loop(use, last, scope.node)
    return found if loop is None else found + [one for one in binders if _is_in(one, loop) and one not in found]


def _ends_above(binder: Node, use: Node) -> bool:
    """A loop binds its variable before its body, a function its parameters, and so on."""
    return binder.leave < use.enter or (
        binder.kind not in ("Assign", "AnnAssign", "NamedExpr") and binder.enter < use.enter
    )


def _always_runs(index: Index, binder: Node, use: Node) -> bool:
    """Whether a use cannot be reached but through the binder, which is above it in a block that holds both."""
    statement = binder
    while statement.enter not in index.position:
        if statement.parent is None or statement.kind == "Param":
            return True
        statement = statement.parent
    block, _ = index.position[statement.enter]
    return block[0].enter <= use.enter <= block[-1].leave


def _outermost_loop(use: Node, last: int, end: Node) -> Node | None:
    """The outermost loop around a use that begins behind what always runs before it."""
    found, node = None, use.parent
    while node is not None and node is not end:
        if node.kind in ("For", "While") and node.enter > last:
            found = node
        node = node.parent
    return found


def _is_in(node: Node, outer: Node) -> bool:
    return outer.enter <= node.enter <= outer.leave
