"""Names, dotted names and metavariables: what a name stands for through imports counts, not how it is spelt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.pattern.bindings import Bindings, Matches
from readiness.pattern.nodes import CHAIN, DOTS, DOTTED, IMPORTED, METAVARIABLE, literal_name
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.pattern.match import Matcher

_NOT_BOUND_BY_ONE = frozenset({"Keyword", "Slice"})


def metavariable(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`$X` stands for any node that is the same wherever `$X` is written."""
    if target.kind not in _NOT_BOUND_BY_ONE:
        yield from m.bind(pattern.fields[0], (target,), bindings)


def dots(_m: Matcher, _pattern: Node, _target: Node, bindings: Bindings) -> Matches:
    """`...` in the place of one expression is any expression."""
    yield bindings


def plain_name(_m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """A name that is no expression: of an attribute, a keyword, a parameter, a definition."""
    if target.kind in ("Name", IMPORTED) and pattern.fields == target.fields:
        yield bindings


def dotted(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`a.b.c`, as it is written or through an import."""
    if stands_for(m, target, pattern.fields[0]):
        yield bindings


def stands_for(m: Matcher, target: Node, name: str) -> bool:
    """True if the target is this dotted name."""
    if target.kind == IMPORTED:
        return bool(target.fields[0] == name)
    if target.kind not in ("Name", "Attribute"):
        return False
    meanings = _meanings(m, target)
    if name in meanings:
        return True
    if meanings and m.options.imports_only:
        return False
    literal = literal_name(target)
    if literal == name:
        return True
    return not meanings and literal is not None and _from_star_import(m, literal, name)


def _from_star_import(m: Matcher, literal: str, name: str) -> bool:
    return m.options.star_imports and any(f"{module}.{literal}" == name for module in m.index.star_imports)


def attribute(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`value.attr` where one of the two has a hole in it."""
    value, attr = pattern.fields
    if target.kind == "Attribute":
        if attr.kind == "Name":
            if attr.fields == target.fields[1].fields:
                yield from m.node(value, target.fields[0], bindings)
            return
        for bound in m.node(attr, target.fields[1], bindings):
            yield from m.node(value, target.fields[0], bound)
        return
    for imported in _imported(m, target):
        module, _, name = imported.rpartition(".")
        if module:
            for bound in m.node(attr, _stand_in(name, target), bindings):
                yield from m.node(value, _stand_in(module, target), bound)


def _imported(m: Matcher, target: Node) -> tuple[str, ...]:
    if target.kind == IMPORTED:
        return target.fields
    return _meanings(m, target) if target.kind == "Name" else ()


def _meanings(m: Matcher, target: Node) -> tuple[str, ...]:
    """The dotted names that a name may stand for through imports."""
    return m.source.candidates(target) if m.options.imports_only else m.index.imported_above(target)


def _stand_in(name: str, target: Node) -> Node:
    """A node that is not in the program but has the place of one that is."""
    node = Node(IMPORTED, (name,), target.origin)
    node.enter, node.leave, node.parent = target.enter, target.leave, target.parent
    return node


def chain(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`value. ...` is the value, or any attributes and calls on it."""
    link: Node | None = target
    while link is not None:
        yield from m.node(pattern.fields[0], link, bindings)
        link = _inner_link(link)


def _inner_link(node: Node) -> Node | None:
    if node.kind == "Call" and node.fields[0].kind == "Attribute":
        node = node.fields[0]
    return node.fields[0] if node.kind == "Attribute" else None


HANDLERS = {
    METAVARIABLE: metavariable,
    DOTS: dots,
    "Name": plain_name,
    DOTTED: dotted,
    "Attribute": attribute,
    CHAIN: chain,
}
