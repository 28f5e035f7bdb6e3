"""Tables of one program that many patterns ask for, each made at its first use."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import TYPE_CHECKING

from readiness.pattern.bindings import Binding, Sameness
from readiness.pattern.nodes import ASSIGNMENTS, BLOCKS, IMPORTED, KEYWORDS, is_expression, literal_name
from readiness.pattern.strings import text_of
from readiness.pattern.type_knowledge import TypeKnowledge
from readiness.pattern.value_types import ValueTypes
from readiness.source.names import bound_names, imported_names, is_label, is_target
from readiness.source.tree import STATEMENTS, Node

if TYPE_CHECKING:
    from readiness.pattern.steps import Witness
    from readiness.source.python import PythonSource

_FOLDABLE = frozenset("Constant Name Attribute BinOp UnaryOp BoolOp IfExp JoinedStr NamedExpr".split())
"""Kinds of expression whose value may be known."""
_UNPACKED = frozenset({"Tuple", "List"})


class Index:
    """What is where in a program, beyond what the source itself knows."""

    def __init__(self, source: PythonSource) -> None:
        self._source = source
        self.sameness = Sameness(source)
        self._texts: dict[str, list[tuple[Node, str]]] = {}
        self.witnesses: dict[Witness, set[int]] = {}
        """The numbers of the nodes that hold such a thing."""
        self._value_types: dict[TypeKnowledge, ValueTypes] = {}

    def value_types(self, knowledge: TypeKnowledge) -> ValueTypes:
        """The classes of the program's values, by what is known of libraries."""
        if knowledge not in self._value_types:
            self._value_types[knowledge] = ValueTypes(self._source, self, knowledge)
        return self._value_types[knowledge]

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

    @property
    def words(self) -> AbstractSet[str]:
        """Every name of the program, of whatever it is one, and the keywords of its statements."""
        return self._by_word.keys()

    @cached_property
    def _by_word(self) -> dict[str, list[Node]]:
        """Name -> where it is written; keyword -> its statements."""
        by_kind = self._source.by_kind
        found = {word: by_kind[kind] for kind, word in KEYWORDS.items() if kind in by_kind}
        for name in self._source.by_kind.get("Name", ()):
            word = name.fields[0]
            if word in found:
                found[word].append(name)
            else:
                found[word] = [name]
        return found

    @cached_property
    def _other_words(self) -> dict[str, list[str]]:
        """A part of the dotted name of an import -> the names that stand for it in the program."""
        found: dict[str, list[str]] = defaultdict(list)
        for kind in ("Import", "ImportFrom"):
            for statement in self._source.by_kind.get(kind, ()):
                for name, dotted in imported_names(statement):
                    for part in dotted.split("."):
                        found[part].append(name)
        return found

    def occurrences(self, words: Iterable[str]) -> list[Node]:
        """Where one of the words stands, or a name that stands for an import with such a word in its dotted name."""
        spelt = {other for word in words for other in (word, *self._other_words.get(word, ()))}
        return [name for word in spelt for name in self._by_word.get(word, ())]

    def around(self, nodes: Iterable[Node]) -> set[int]:
        """The numbers of these nodes and of all that they stand in."""
        found: set[int] = set()
        for node in nodes:
            outer: Node | None = node
            while outer is not None and outer.enter not in found:
                found.add(outer.enter)
                outer = outer.parent
        return found

    @cached_property
    def calls_by_callee(self) -> dict[str, list[Node]]:
        """What is called, as it is written -> its calls."""
        found: dict[str, list[Node]] = defaultdict(list)
        for call in self._source.by_kind.get("Call", ()):
            callee = call.fields[0]
            found[literal_name(callee) or Binding(self._source, (callee,)).text].append(call)
        return found

    def texts(self, kind: str) -> list[tuple[Node, str]]:
        """The literals of a kind, `Constant` or `JoinedStr`, whose value is known to be a text, with that text."""
        if kind not in self._texts:
            values = ((node, self._value(node)) for node in self._source.by_kind.get(kind, ()))
            self._texts[kind] = [(node, text) for node, value in values if (text := text_of(value)) is not None]
        return self._texts[kind]

    def _value(self, node: Node) -> object:
        if node.kind == "Constant":
            return node.fields[0]
        known = self._source.constant(node) if self._is_foldable(node) else None
        return None if known is None else known.value

    def _is_foldable(self, string: Node) -> bool:
        """False for an f-string with a field whose value cannot be known."""
        fields = (part.fields[0] for part in string.fields[0] if part.kind == "FormattedValue")
        return all(
            field.fields[0] in self.constant_names if field.kind == "Name" else field.kind in _FOLDABLE
            for field in fields
        )

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
        return name.fields[0] in self.constant_names and is_expression(name) and not is_target(name)

    @cached_property
    def constant_names(self) -> frozenset[str]:
        """Names that some assignment gives a value that may be known; no other name can be a known constant."""
        statements = (node for kind in sorted(ASSIGNMENTS) for node in self._source.by_kind.get(kind, ()))
        return frozenset(name for statement in statements for name in _maybe_constants(statement))

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


def _maybe_constants(assignment: Node) -> Iterator[str]:
    value = assignment.fields[-1]
    if value is not None and (value.kind in _FOLDABLE or value.kind in _UNPACKED):
        yield from bound_names(assignment.fields[0])


def _as_call(decorator: Node) -> Node:
    call = Node("Call", (decorator, ()), decorator.origin)
    call.enter, call.leave, call.parent = decorator.enter, decorator.leave, decorator.parent
    return call
