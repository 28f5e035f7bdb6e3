"""What type an expression is known to have: by a literal, an annotation, the class that built it, or what made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.pattern.bindings import Bindings, Matches
from readiness.pattern.nodes import IMPORTED
from readiness.pattern.value_types import DISPLAYS
from readiness.source.tree import SCOPES, Node

if TYPE_CHECKING:
    from readiness.pattern.match import Matcher


def has_type(m: Matcher, wanted: Node, target: Node, bindings: Bindings) -> Matches:
    """Match the pattern of a type with what is known of the target's type."""
    name = literal_type(m, target)
    if name is not None:
        yield from m.root(wanted, Node(IMPORTED, (name,)), bindings)
        return
    if m.options.types:
        for kind in m.index.value_types(m.options.types).kinds(target):
            yield from m.root(wanted, Node(IMPORTED, (kind,)), bindings)
        return
    declared = _declared(m, target)
    if declared is not None:
        yield from m.node(wanted, declared, bindings)


def literal_type(m: Matcher, target: Node) -> str | None:
    """The name of a built-in type, if the value or its display tells it."""
    known = m.source.constant(target)
    if known is not None:
        return type(known.value).__name__
    return DISPLAYS.get(target.kind)


def _declared(m: Matcher, target: Node) -> Node | None:
    """The annotation of a name, or the class that it was built from, as Semgrep knows them."""
    if target.kind == "Call":
        func: Node = target.fields[0]
        return func
    if target.kind != "Name":
        return None
    value = m.index.assigned(target)
    if value is not None and value.kind == "Call":
        return _declared(m, value)
    return _annotation(m, target)


def _annotation(m: Matcher, name: Node) -> Node | None:
    scope = name.parent
    while scope is not None and scope.kind not in SCOPES:
        scope = scope.parent
    while scope is not None:
        for kind in ("Param", "AnnAssign"):
            for node in m.source.by_kind.get(kind, ()):
                if scope.enter <= node.enter <= scope.leave and _names(node, name):
                    annotation: Node | None = node.fields[1]
                    return annotation
        scope = scope.parent
    return None


def _names(declaration: Node, name: Node) -> bool:
    target = declaration.fields[0]
    return target is not None and target.kind == "Name" and target.fields == name.fields
