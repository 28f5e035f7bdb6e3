"""Light local inference in one program: the class of a value by what made it.

A name has the class that all assignments agree on which can reach it. What is not known stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from readiness.pattern.reaching import reaching
from readiness.pattern.type_knowledge import ITSELF, Classes, TypeKnowledge
from readiness.source.names import enclosing_function, is_label
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.pattern.index import Index
    from readiness.source.python import PythonSource

_PENDING = ""
"""The class of a value that is asked for while it is looked for, and of None: it agrees with every other."""
_DEEPEST = 60
DISPLAYS = {
    "JoinedStr": "str",
    "List": "list",
    "ListComp": "list",
    "Tuple": "tuple",
    "Set": "set",
    "SetComp": "set",
    "Dict": "dict",
    "DictComp": "dict",
}
_KEYS = {"str": "text", "list": "list", "bool": "condition"}
_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">="})


class ValueTypes:
    """The classes of the values of a program, each from the first question about it on."""

    def __init__(self, source: PythonSource, index: Index, knowledge: TypeKnowledge) -> None:
        self._source, self._index, self._knowledge = source, index, knowledge
        self._known: dict[int, str | None] = {}
        self._asked: set[int] = set()
        self._is_circular = False

    def kinds(self, node: Node) -> Iterator[str]:
        """The dotted names of the class of a value, and of those that it is a kind of; none if nothing is known."""
        name = self._of(node)
        if name:
            yield from self._bases(name)

    def _of(self, node: Node) -> str | None:
        if node.enter in self._known:
            return self._known[node.enter]
        if node.enter in self._asked:
            self._is_circular = True
            return _PENDING
        if len(self._asked) == _DEEPEST:
            return None
        self._asked.add(node.enter)
        found = self._infer(node)
        self._asked.remove(node.enter)
        if not self._asked or not self._is_circular:  # what is found inside of a circle rests on its beginning
            self._known[node.enter] = found
        self._is_circular = self._is_circular and bool(self._asked)
        return found

    def _infer(self, node: Node) -> str | None:
        match node.kind:
            case "Name":
                return self._of_name(node)
            case "Call":
                return self._of_call(node)
            case "Attribute":
                return self._part(self._knowledge.attributes, node.fields[0], node.fields[1].fields[0])
            case "Subscript":
                return self._of_element(*node.fields)
            case "BinOp" | "Compare" | "UnaryOp":
                return self._of_operation(node)
            case "IfExp":
                return _agreed(map(self._of, node.fields[1:]))
            case "NamedExpr":
                return self._of(node.fields[1])
            case "Constant":
                return _PENDING if node.fields[0] is None else type(node.fields[0]).__name__
        return DISPLAYS.get(node.kind)

    # names

    def _of_name(self, name: Node) -> str | None:
        scope = None if is_label(name) else self._source.names.binding_scope(name)
        text = name.fields[0]
        if scope is None or text in scope.imports or text in scope.shared:
            return None
        return _agreed(self._of_binding(binder, text) for binder in reaching(self._index, scope, name))

    def _of_binding(self, binder: Node, name: str) -> str | None:
        match binder.kind:
            case "Assign":
                targets, value = binder.fields
                return _agreed(self._of_target(target, value, name) for target in targets)
            case "NamedExpr":
                return self._of(binder.fields[1])
            case "AnnAssign" | "Param":
                return self._of_annotation(binder.fields[1])
        return None

    def _of_target(self, target: Node, value: Node, name: str) -> str | None:
        """The class of what an assignment gives to a name; other targets agree with it."""
        if target.kind == "Name":
            return self._of(value) if target.fields[0] == name else _PENDING
        if target.kind not in ("Tuple", "List"):
            return _PENDING
        places = [place for place, part in enumerate(target.fields[0]) if part.fields == (name,)]
        return _agreed(self._of_place(value, place) for place in places) if places else None

    def _of_place(self, value: Node, place: int) -> str | None:
        """What is unpacked from a display, or from the halves of arguments."""
        if value.kind in ("Tuple", "List"):
            parts = value.fields[0]
        elif value.kind == "Call" and not self._knowledge.halves.isdisjoint(self._source.candidates(value.fields[0])):
            parts, place = value.fields[1], place // 2
        else:
            return None
        plain = place < len(parts) and not any(part.kind == "Starred" for part in parts[: place + 1])
        return self._of(parts[place]) if plain else None

    def _of_annotation(self, annotation: Node | None) -> str | None:
        if annotation is None:
            return None
        for name in self._source.candidates(annotation):
            return name
        match annotation.kind:
            case "Name":
                return str(annotation.fields[0])
            case "Subscript":
                optional = "typing.Optional" in self._source.candidates(annotation.fields[0])
                return self._of_annotation(annotation.fields[1][0] if optional else annotation.fields[0])
            case "BinOp":
                return _agreed(map(self._of_annotation, (annotation.fields[0], annotation.fields[2])))
            case "Constant":
                return _PENDING if annotation.fields[0] is None else None
        return None

    # what calls and parts give

    def _of_call(self, call: Node) -> str | None:
        func = call.fields[0]
        for name in self._source.candidates(func):
            return self._of_imported(name, call)
        if func.kind == "Attribute":
            return self._part(self._knowledge.methods, func.fields[0], func.fields[1].fields[0])
        definition = self._definition(func)
        if definition is None:
            return None
        return str(func.fields[0]) if definition.kind == "ClassDef" else self._returned(definition)

    def _of_imported(self, name: str, call: Node) -> str | None:
        joined = self._knowledge.joins.get(name)
        if joined is not None:
            parts = (
                call.fields[1][0].fields[0] if call.fields[1] and call.fields[1][0].kind in ("List", "Tuple") else ()
            )
            return joined if joined in map(self._of, parts) else None
        return self._knowledge.functions.get(name, name)

    def _definition(self, name: Node) -> Node | None:
        """The function or class of the program that a name stands for, if nothing else ever does."""
        scope = self._source.names.binding_scope(name) if name.kind == "Name" else None
        binders = scope.bound.get(name.fields[0], []) if scope is not None else []
        return binders[0] if len(binders) == 1 and binders[0].kind in ("FunctionDef", "ClassDef") else None

    def _returned(self, function: Node) -> str | None:
        if function.get("decorators") or function.get("is_async"):
            return None
        if function.get("returns") is not None:
            return self._of_annotation(function.get("returns"))
        inside = [
            node for node in self._source.by_kind.get("Return", ()) if function.enter < node.enter <= function.leave
        ]
        own = [node.fields[0] for node in inside if enclosing_function(node) is function]
        return None if None in own or self._yields(function) else _agreed(map(self._of, own))

    def _yields(self, function: Node) -> bool:
        yields = (node for kind in ("Yield", "YieldFrom") for node in self._source.by_kind.get(kind, ()))
        return any(function.enter < node.enter <= function.leave for node in yields)

    def _part(self, table: Mapping[str, Classes], owner: Node, name: str) -> str | None:
        """The class of what a value gives when it is asked for `name`."""
        kind = self._of(owner)
        if kind == _PENDING:
            return _PENDING if {parts[name] for parts in table.values() if name in parts} == {ITSELF} else None
        for base in self._bases(kind) if kind else ():
            found = table.get(base, {}).get(name)
            if found is not None:
                return kind if found == ITSELF else found
        return None

    def _of_element(self, owner: Node, keys: tuple[Node, ...]) -> str | None:
        if len(keys) != 1:
            return None
        key = keys[0]
        asked = "slice" if key.kind == "Slice" else _KEYS.get(self._of(key) or "")
        if asked is None and self._is_condition(key):
            asked = "condition"
        return self._part(self._knowledge.elements, owner, asked) if asked else None

    def _is_condition(self, key: Node) -> bool:
        return key.kind == "Compare" or self._of(key) in self._knowledge.elementwise

    def _of_operation(self, node: Node) -> str | None:
        """Operators of tables and arrays work element by element, also with a plain number or text."""
        if node.kind == "UnaryOp":
            kinds = {"bool" if node.fields[0] == "not" else self._of(node.fields[1])}
        elif node.kind == "BinOp":
            kinds = {self._of(node.fields[0]), self._of(node.fields[2])}
        else:
            kinds = {self._of(node.fields[0])} if _COMPARISONS.issuperset(node.fields[1]) else set()
        found = {kind for kind in kinds if kind in self._knowledge.elementwise}
        plain = kinds <= found | {"int", "float", "str", "bool", _PENDING}
        return found.pop() if len(found) == 1 and plain else None

    # classes

    def _bases(self, name: str) -> Iterator[str]:
        """A class and those that it is a kind of, by the table or by its definition in the program."""
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            yield name
            base = self._knowledge.base(name)
            waiting += [base] if base else self._bases_here(name)

    def _bases_here(self, name: str) -> list[str]:
        definitions = [node for node in self._source.by_kind.get("ClassDef", ()) if node.get("name").fields[0] == name]
        bases = [base for node in definitions for base in node.get("bases") if base.kind in ("Name", "Attribute")]
        return [found for base in bases if (found := self._of_annotation(base))]


def _agreed(kinds: Iterator[str | None]) -> str | None:
    """The one class that all have; those that are pending agree with any."""
    found = set(kinds)
    if not found or None in found:
        return None
    found.discard(_PENDING)
    return (found.pop() if found else _PENDING) if len(found) < 2 else None
