"""Constant propagation: the one value that an expression can have, read without running anything.

`x = "lit"; f(x)` reads as `f("lit")`. Inside a function or module a name has the value that every path to the use gives
it (`constant_flow.py`). A variable of the module, or one that an inner function uses, has a value if it is assigned
exactly once; so has `self.x` if its class assigns it once, in its body or in `__init__`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from readiness.source.constant_flow import flow_values, unpack
from readiness.source.folding import Constant, Folded, binary, join, text, type_of, unary
from readiness.source.names import Names, Scope, enclosing_function, is_target
from readiness.source.tree import Node

__all__ = ["Constant", "Constants"]

_OWN_ATTRIBUTE_BINDERS = ("Assign", "AnnAssign", "AugAssign", "Delete")
_MAX_STEPS = 50  # from name to name to value: more is no code that a person wrote


class Constants:
    """The constant values of one program's expressions."""

    def __init__(self, nodes: list[Node], names: Names) -> None:
        self._nodes = nodes
        self._names = names
        self._known: dict[int, Folded] = {}
        self._flows: dict[int, dict[int, Folded]] = {}
        self._steps = 0
        self._attributes: dict[int, dict[str, list[Node]]] = {}

    def constant(self, node: Node) -> Constant | None:
        """The value of an expression, if it has exactly one."""
        folded = self.folded(node)
        return folded if isinstance(folded, Constant) else None

    def constant_type(self, node: Node) -> type | None:
        """The type of an expression that is some constant on every path, even if not always the same one."""
        return type_of(self.folded(node))

    def folded(self, node: Node) -> Folded:
        """All that is known of the value of an expression."""
        if node.kind == "Constant":
            return Constant(node.fields[0])
        if node.enter in self._known:
            return self._known[node.enter]
        read = _READERS.get(node.kind)
        self._known[node.enter] = None  # for the time being: what refers to itself is not known
        folded = self._known[node.enter] = read(self, node) if read is not None else None
        return folded

    def name(self, node: Node) -> Folded:
        """What is known of a name where it is used."""
        scope = self._names.binding_scope(node)
        if scope is None or is_target(node):
            return None
        if enclosing_function(node) is scope.node:
            values = self._flow(scope)
            if node.enter in values:
                return values[node.enter]
            if scope.node.kind != "Module":
                return None
        return self._single_assignment(scope.bound.get(node.fields[0], []), node.fields[0], scope)

    def _flow(self, scope: Scope) -> dict[int, Folded]:
        """What is known of each name of a scope where it is used."""
        values = self._flows.get(scope.node.enter)
        if values is None:
            values = self._flows[scope.node.enter] = {}
            flow_values(scope, self._nodes, self.folded, values)
        return values

    def _single_assignment(self, binders: list[Node], name: str, scope: Scope) -> Folded:
        """The value of a name that its scope binds once, by a plain assignment."""
        if len(binders) != 1 or name in scope.imports or name in scope.shared:
            return None
        return self._assigned(binders[0], name)

    def _assigned(self, binder: Node, name: str) -> Folded:
        value = _assigned_value(binder, name)
        if value is None or self._steps == _MAX_STEPS:
            return None
        self._steps += 1
        folded = self.folded(value)
        self._steps -= 1
        return folded

    def attribute(self, node: Node) -> Folded:
        """What is known of `self.x`: its value, if the class assigns it once."""
        value, attr = node.fields
        owner = self._owner(value) if value.kind == "Name" else None
        if owner is None or is_target(node):
            return None
        if owner.enter not in self._attributes:
            self._attributes[owner.enter] = self._class_attributes(owner)
        binders = self._attributes[owner.enter].get(attr.fields[0], [])
        return self._assigned(binders[0], attr.fields[0]) if len(binders) == 1 else None

    def _owner(self, name: Node) -> Node | None:
        """The class whose instance (or which itself) a name is: the first parameter of one of its methods."""
        scope = self._names.binding_scope(name)
        if scope is None or scope.node.kind != "FunctionDef" or not scope.node.fields[3]:
            return None
        first, owner = scope.node.fields[3][0].fields[0], scope.node.parent
        is_first = first is not None and first.fields == name.fields and len(scope.bound[name.fields[0]]) == 1
        return owner if is_first and owner is not None and owner.kind == "ClassDef" else None

    def _class_attributes(self, owner: Node) -> dict[str, list[Node]]:
        """What binds each attribute: the class body, or `self.x = ...`.

        What binds it elsewhere than there or in `__init__` is listed twice, as the attribute then varies.
        """
        attributes = {name: list(binders) for name, binders in self._names.scope_at(owner).bound.items()}
        for binder in self._nodes[owner.enter : owner.leave + 1]:
            if binder.kind in _OWN_ATTRIBUTE_BINDERS:
                for name in self._own_attributes(binder.fields[0], owner):
                    function = enclosing_function(binder)
                    settled = function.kind == "FunctionDef" and function.fields[1].fields[0] == "__init__"
                    attributes.setdefault(name, []).extend([binder] if settled else [binder, binder])
        return attributes

    def _own_attributes(self, target: Any, owner: Node) -> Iterator[str]:
        if isinstance(target, tuple):
            for item in target:
                yield from self._own_attributes(item, owner)
        elif target.kind in ("Tuple", "List", "Starred"):
            yield from self._own_attributes(target.fields[0], owner)
        elif target.kind == "Attribute" and target.fields[0].kind == "Name" and self._owner(target.fields[0]) is owner:
            yield target.fields[1].fields[0]


def _operation(constants: Constants, node: Node) -> Folded:
    left, symbol, right = node.fields
    return binary(constants.folded(left), symbol, constants.folded(right))


def _unary(constants: Constants, node: Node) -> Folded:
    return unary(node.fields[0], constants.folded(node.fields[1]))


def _boolean(constants: Constants, node: Node) -> Folded:
    """`a and b`, `a or b` with a known left side, and `test and a or b`, which chooses between a and b."""
    left, symbol, right = node.fields
    if left.kind == "BoolOp" and left.fields[1] == "and" and symbol == "or":
        return join(constants.folded(left.fields[2]), constants.folded(right))
    decided = constants.folded(left)
    if not isinstance(decided, Constant):
        return None
    return constants.folded(right) if bool(decided.value) is (symbol == "and") else decided


def _choice(constants: Constants, node: Node) -> Folded:
    return join(constants.folded(node.fields[1]), constants.folded(node.fields[2]))


def _formatted(constants: Constants, node: Node) -> Folded:
    pieces = [_piece(constants, part) for part in node.fields[0]]
    known = [piece for piece in pieces if piece is not None]
    return Constant("".join(known)) if len(known) == len(pieces) else None


def _piece(constants: Constants, part: Node) -> str | None:
    if part.kind != "FormattedValue":
        return text(constants.folded(part))
    value, conversion, spec = part.fields
    return text(constants.folded(value)) if conversion in ("", "s") and spec is None else None


def _assigned_value(binder: Node, name: str) -> Node | None:
    """The expression that a plain assignment gives to a name, or to an attribute of this name."""
    if binder.kind == "Assign":
        targets, value = binder.fields
    elif binder.kind in ("AnnAssign", "NamedExpr"):
        targets, value = (binder.fields[0],), binder.fields[-1]
    else:
        return None
    for target in targets:
        for one, its_value in unpack(target, value):
            if (one.kind == "Name" and one.fields[0] == name) or _attribute_name(one) == name:
                return its_value
    return None


def _attribute_name(node: Node) -> str | None:
    return str(node.fields[1].fields[0]) if node.kind == "Attribute" else None


_READERS: dict[str, Callable[[Constants, Node], Folded]] = {
    "Name": Constants.name,
    "Attribute": Constants.attribute,
    "BinOp": _operation,
    "UnaryOp": _unary,
    "BoolOp": _boolean,
    "IfExp": _choice,
    "JoinedStr": _formatted,
    "NamedExpr": lambda constants, node: constants.folded(node.fields[1]),
}
