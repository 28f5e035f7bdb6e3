"""Imports: `import a.b` and `from a import b` say the same, and a prefix of a module is enough."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from readiness.pattern.bindings import Bindings, Matches
from readiness.pattern.nodes import IMPORTED, METAVARIABLE
from readiness.pattern.sequences import in_any_order
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.pattern.match import Matcher


def plain(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`import a.b` and `import a.b as c`: each alias of the pattern is imported."""
    if target.kind == "Import":
        yield from in_any_order(
            pattern.fields[0], target.fields[0], bindings, lambda p, t, b: _alias(m, p, t, b), open_end=True
        )
    elif (
        target.kind == "ImportFrom"
        and target.fields[2] == 0
        and all(alias.fields[1] is None for alias in pattern.fields[0])
    ):
        yield from _normalised(m, pattern, target, bindings)


def from_import(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`from a import b`: every name of the pattern is imported, from this module or one below it."""
    if target.kind == "ImportFrom" and pattern.fields[2] == target.fields[2]:
        for bound in _module(m, pattern.fields[0], target.fields[0], bindings):
            yield from in_any_order(
                pattern.fields[1], target.fields[1], bound, lambda p, t, b: _name(m, p, t, b), open_end=True
            )
    elif target.kind == "Import" and all(alias.fields[1] is None for alias in pattern.fields[1]):
        yield from _normalised(m, pattern, target, bindings)


def _alias(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    for bound in _module(m, pattern.fields[0], target.fields[0], bindings):
        yield from m.optional(pattern.fields[1], target.fields[1], bound)


def _name(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    for bound in m.node(pattern.fields[0], target.fields[0], bindings):
        yield from m.optional(pattern.fields[1], target.fields[1], bound)


def _module(m: Matcher, pattern: Node | None, target: Node | None, bindings: Bindings) -> Matches:
    """A module, or one of its parents; a metavariable alone is the whole name."""
    if pattern is None or target is None:
        if pattern is target:
            yield bindings
    elif pattern.kind == METAVARIABLE:
        yield from m.bind(pattern.fields[0], (target,), bindings)
    else:
        yield from _prefix(m, list(_parts(pattern)), list(_parts(target)), bindings)


def _prefix(m: Matcher, patterns: list[Node], targets: list[Node], bindings: Bindings) -> Matches:
    if not patterns:
        yield bindings
    elif targets:
        for bound in m.node(patterns[0], targets[0], bindings):
            yield from _prefix(m, patterns[1:], targets[1:], bound)


def _parts(name: Node) -> Iterator[Node]:
    if name.kind == "Attribute":
        yield from _parts(name.fields[0])
        yield name.fields[1]
    else:
        yield name


def _normalised(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """Both written as a list of full names."""
    yield from in_any_order(
        list(_full_names(pattern)),
        list(_full_names(target)),
        bindings,
        lambda p, t, b: _full_name(m, p, t, b),
        open_end=True,
    )


def _full_names(statement: Node) -> Iterator[Node]:
    """Every imported name with its module, as one `Tuple` of parts."""
    if statement.kind == "Import":
        yield from (Node("Tuple", (tuple(_parts(alias.fields[0])),)) for alias in statement.fields[0])
        return
    module, aliases, _ = statement.fields
    prefix = () if module is None else tuple(_parts(module))
    yield from (Node("Tuple", ((*prefix, *_parts(alias.fields[0])),)) for alias in aliases)


def _full_name(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    wanted, found = pattern.fields[0], target.fields[0]
    if len(wanted) == 1 and wanted[0].kind == METAVARIABLE:
        name = Node(IMPORTED, (".".join(part.fields[0] for part in found),))
        name.enter, name.leave = found[-1].enter, found[-1].leave
        yield from m.bind(wanted[0].fields[0], (name,), bindings)
    else:
        yield from _prefix(m, list(wanted), list(found), bindings)


HANDLERS = {"Import": plain, "ImportFrom": from_import}
