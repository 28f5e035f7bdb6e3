"""Tables of one program that many patterns ask for, each made at its first use."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from readiness.pattern.bindings import Sameness
from readiness.pattern.nodes import ASSIGNMENTS, BLOCKS, IMPORTED, is_expression, literal_name
from readiness.source.names import bound_names, is_label, is_target
from readiness.source.tree import STATEMENTS, Node

if TYPE_CHECKING:
    from readiness.source.python import PythonSource


class Index:
    """What is where in a program, beyond what the source itself knows."""

    def __init__(self, source: PythonSource) -> None:
        self._source = source
        self.sameness = Sameness(source)

    @cached_property
    def blocks(self) -> list[tuple[Node, ...]]:
        """Every block of statements."""
        found = (node.get(field) for node in self._source.nodes for field in BLOCKS.get(node.kind, ()))
        return [block for block in found if block]

    @cached_property
    def position(self) -> dict[int, tuple[tuple[Node, ...], int]]:
        """Number of a statement -> its block and its place in it."""
        return {node.enter: (block, at) for block in self.blocks for at, node in enumerate(block)}

    @cached_property
    def _statements(self) -> tuple[list[Node], list[int]]:
        statements = [node for node in self._source.nodes if node.kind in STATEMENTS]
        return statements, [node.enter for node in statements]

    def nested_statements(self, block: Sequence[Node]) -> Sequence[Node]:
        """The statements of a block and all that are nested in them, in the order of the text."""
        if not block:
            return ()
        statements, numbers = self._statements
        return statements[bisect_left(numbers, block[0].enter) : bisect_right(numbers, block[-1].leave)]

    def expressions_in(self, node: Node) -> Iterator[Node]:
        """The node and every expression in it, in the order of the text."""
        if node.kind == IMPORTED:
            yield node
            return
        inside = self._source.nodes[node.enter + 1 : node.leave + 1]
        yield node
        yield from filter(is_expression, inside)

    def expressions_between(self, first: int, last: int) -> Iterator[Node]:
        """Every expression among the nodes with these numbers."""
        return filter(is_expression, self._source.nodes[first : last + 1])

    @cached_property
    def names(self) -> dict[str, list[Node]]:
        """Last name -> the names and dotted names that end in it, as written or as imported."""
        found: dict[str, list[Node]] = defaultdict(list)
        for kind in ("Name", "Attribute"):
            for node in self._source.by_kind.get(kind, ()):
                if is_expression(node):
                    for name in self._source.last_names(node):
                        found[name].append(node)
        return found

    @cached_property
    def calls_by_callee(self) -> dict[str | int, list[Node]]:
        """What is called, as it is written -> its calls; a callee that is no dotted name is a spelling of its own."""
        found: dict[str | int, list[Node]] = defaultdict(list)
        for call in self._source.by_kind.get("Call", ()):
            found[literal_name(call.fields[0]) or call.enter].append(call)
        return found

    @cached_property
    def literals(self) -> list[Node]:
        """Literals, and expressions that may have a known value."""
        return [*self._source.by_kind.get("Constant", ()), *self._known]

    @cached_property
    def strings(self) -> list[Node]:
        """Strings, and expressions that may have a known value."""
        literals = self._source.by_kind.get("Constant", ())
        return [*(node for node in literals if isinstance(node.fields[0], str | bytes)), *self._known]

    @cached_property
    def _known(self) -> list[Node]:
        kinds = ("BinOp", "UnaryOp", "JoinedStr", "Subscript")
        found = [node for kind in kinds for node in self._source.by_kind.get(kind, ())]
        return found + [name for name in self._source.by_kind.get("Name", ()) if self._may_be_known(name)]

    def _may_be_known(self, name: Node) -> bool:
        return name.fields[0] in self.assigned_names and is_expression(name) and not is_target(name)

    @cached_property
    def assigned_names(self) -> frozenset[str]:
        """Names that an assignment gives a value; no other name can be a known constant."""
        statements = (node for kind in sorted(ASSIGNMENTS) for node in self._source.by_kind.get(kind, ()))
        return frozenset(name for statement in statements for name in bound_names(statement.fields[0]))

    @cached_property
    def decorators(self) -> list[Node]:
        """Every decorator's expression."""
        definitions = [*self._source.by_kind.get("FunctionDef", ()), *self._source.by_kind.get("ClassDef", ())]
        return [decorator for definition in definitions for decorator in definition.get("decorators")]

    @cached_property
    def decorator_calls(self) -> list[Node]:
        """Decorators without arguments, as the calls without arguments that they are."""
        return [_as_call(decorator) for decorator in self.decorators if decorator.kind != "Call"]

    def decorators_named(self, name: str) -> list[Node]:
        """Those of `decorator_calls` whose last name this is."""
        return [call for call in self.decorator_calls if name in self._source.last_names(call.fields[0])]

    @cached_property
    def star_imports(self) -> tuple[str, ...]:
        """The modules of `from module import *` at the top level."""
        statements = self._source.by_kind.get("ImportFrom", ())
        top_level = (s for s in statements if s.parent is self._source.tree)
        modules = (s.fields[0] for s in top_level if s.fields[1][0].fields[0].fields == ("*",))
        return tuple(literal_name(module) or "" for module in modules if module is not None)

    def imported_above(self, node: Node) -> tuple[str, ...]:
        """What the last import above a name or dotted name makes of it, whatever runs when."""
        if node.kind == "Attribute":
            return tuple(f"{module}.{node.fields[1].fields[0]}" for module in self.imported_above(node.fields[0]))
        if node.kind != "Name" or is_label(node):
            return ()
        scope = self._source.names.binding_scope(node)
        imports = (scope.lookup(node.fields[0]) or ()) if scope is not None else ()
        above = [dotted for dotted, statement in imports if statement.enter < node.enter]
        return tuple(above[-1:])

    def assigned(self, name: Node) -> Node | None:
        """The expression that this name was assigned, if that is all that its scope assigns to it and stands above."""
        if name.kind != "Name" or is_label(name) or is_target(name):
            return None
        scope = self._source.names.binding_scope(name)
        binders = scope.bound.get(name.fields[0], []) if scope is not None else []
        if len(binders) != 1 or binders[0].kind not in ("Assign", "AnnAssign"):
            return None
        targets, value = binders[0].fields[0], binders[0].fields[-1]
        target = targets[0] if isinstance(targets, tuple) else targets
        return value if value is not None and target.kind == "Name" and value.leave < name.enter else None


def _as_call(decorator: Node) -> Node:
    call = Node("Call", (decorator, ()), decorator.origin)
    call.enter, call.leave, call.parent = decorator.enter, decorator.leave, decorator.parent
    return call
