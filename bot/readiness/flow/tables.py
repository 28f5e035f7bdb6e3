"""Columns that go: `frame.drop("y", axis=1)`, `frame.drop(columns=[...])`, `frame.pop("y")`, `del frame["y"]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.flow.access import Op
from readiness.flow.build import Value
from readiness.flow.targets import constant_key, is_one
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.flow.build import Builder

_COLUMNS = (1, "columns")


def dropped(b: Builder, call: Node) -> tuple[object, ...]:
    """The columns that a call of `drop` takes out; none if they are not known."""
    positional = [argument for argument in call.fields[1] if argument.kind not in ("Keyword", "Starred")]
    named = {a.fields[0].fields[0]: a.fields[1] for a in call.fields[1] if a.kind == "Keyword"}
    if "columns" in named:
        return _keys(b, named["columns"])
    axis = named.get("axis", positional[1] if len(positional) > 1 else None)
    labels = named.get("labels", positional[0] if positional else None)
    if axis is None or labels is None:
        return ()
    known = b.source.constant(axis)
    return _keys(b, labels) if known is not None and known.value in _COLUMNS else ()


def _keys(b: Builder, labels: Node) -> tuple[object, ...]:
    key = constant_key(b, labels)
    if isinstance(key, frozenset):
        return tuple(sorted(key, key=str))
    return (key,) if is_one(key) else ()


def without(b: Builder, node: int, keys: tuple[object, ...]) -> int:
    """The value of a node, but for some parts."""
    for key in keys:
        rest = b.join_node()
        b.graph.step(node, rest, Op.KILL, key)
        node = rest
    return node


def take_out(b: Builder, owner: Value, keys: tuple[object, ...]) -> None:
    """An object loses some of its parts."""
    for obj in owner.objects if keys else ():
        b.state.set(obj, without(b, b.state.state_of(obj), keys))
