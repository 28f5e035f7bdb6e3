"""What a metavariable stands for, and when two pieces of code are the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from readiness.pattern.nodes import IMPORTED, literal_name
from readiness.source.names import is_label, is_target
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.source.constants import Constant
    from readiness.source.python import PythonSource


class Place(Struct, frozen=True):
    """A piece of a program: a node, a run of neighbours, or a piece of text."""

    source: PythonSource
    nodes: tuple[Node, ...] = ()
    content: str | None = None
    """The text between the quotes, if it is the content of a string."""
    offsets: tuple[int, int] | None = None
    """Where it is, if it was found in the text and not in the tree."""

    @property
    def interval(self) -> tuple[int, int] | None:
        """First and last pre-order number; None for an empty run and for a piece of text."""
        if not self.nodes:
            return None
        if len(self.nodes) == 1:
            node = same_text(self.nodes[0])
            return node.enter, node.leave
        return same_text(self.nodes[0]).enter, max(node.leave for node in self.nodes)

    @property
    def span(self) -> tuple[int, int]:
        """Code-point offsets in the source's text; an empty run is at (0, 0)."""
        if self.offsets is not None or not self.nodes:
            return self.offsets or (0, 0)
        start, end = self._span(self.nodes[0])[0], self._span(self.nodes[-1])[1]
        if self.content is not None:
            inner = self.source.text.find(self.content, start, end)
            return (inner, inner + len(self.content)) if inner >= 0 else (start, end)
        return start, end

    def _span(self, node: Node) -> tuple[int, int]:
        return self.source.span(self.source.nodes[node.enter] if node.kind == IMPORTED else node)


class Binding(Place, frozen=True):
    """What a metavariable is bound to."""

    @property
    def node(self) -> Node | None:
        """The node, if it is bound to exactly one."""
        return self.nodes[0] if len(self.nodes) == 1 else None

    @property
    def text(self) -> str:
        """The source text; the content, for a string pattern such as `"$X"`; the full name, for an imported name."""
        if self.content is not None:
            return self.content
        if self.node is not None and self.node.kind in _NAMES and (name := literal_name(self.node)) is not None:
            return name
        start, end = self.span
        return self.source.text[start:end]

    @property
    def constant(self) -> Constant | None:
        """The value, if it is known without running the program."""
        node = self.node
        if node is None or node.kind == IMPORTED or (node.kind == "Name" and (is_label(node) or is_target(node))):
            return None
        return self.source.constant(node)


_WRAPPERS = frozenset({"Expr", "MatchValue", "WithItem", "Alias", "Param"})
_NAMES = frozenset({"Name", "Attribute", IMPORTED})
Bindings: TypeAlias = Mapping[str, Binding]
Matches: TypeAlias = Iterator[Bindings]
_Key: TypeAlias = tuple[object, ...]


def same_text(node: Node) -> Node:
    """The node inside that covers the same text, if this one adds nothing to it."""
    if node.kind not in _WRAPPERS:
        return node
    fields = node.fields
    match node.kind:
        case "Expr" | "MatchValue":
            return same_text(fields[0])
        case "WithItem" | "Alias" if fields[1] is None:
            return same_text(fields[0])
        case "Param" if fields[0] is not None and fields[1:] == (None, None, ""):
            return same_text(fields[0])
    return node


class Sameness:
    """Compares code of one program: names that stand for the same import are equal, and so are known constants."""

    def __init__(self, source: PythonSource) -> None:
        self._source = source
        self._keys: dict[int, _Key] = {}

    def same(self, one: Binding, other: Binding) -> bool:
        """True if a metavariable may stand for both."""
        if one.content is not None or other.content is not None:
            return self._same_content(one, other)
        return len(one.nodes) == len(other.nodes) and all(map(self._same_node, one.nodes, other.nodes))

    def _same_content(self, one: Binding, other: Binding) -> bool:
        contents = [b.content if b.content is not None else _attribute_name(b) for b in (one, other)]
        return contents[0] is not None and contents[0] == contents[1]

    def _same_node(self, one: Node, other: Node) -> bool:
        if one.kind == other.kind == "Name" and one.fields == other.fields:
            return self._same_variable(one, other)
        if self.key(one) == self.key(other):
            return True
        return self._same_constant(one, other) or self._same_constant(other, one)

    def _same_variable(self, one: Node, other: Node) -> bool:
        """Equal names in different scopes are different variables; labels such as attributes have no scope."""
        scopes = [None if is_label(node) else self._source.names.binding_scope(node) for node in (one, other)]
        return None in scopes or scopes[0] is scopes[1]

    def _same_constant(self, name: Node, literal: Node) -> bool:
        if name.kind != "Name" or literal.kind != "Constant":
            return False
        known = self._source.constant(name)
        return known is not None and same_value(known.value, literal.fields[0])

    def key(self, node: Node) -> _Key:
        """Equal for nodes that say the same."""
        if node.kind == IMPORTED:
            return ("name", node.fields[0])
        key = self._keys.get(node.enter)
        if key is None:
            key = self._keys[node.enter] = self._new_key(node)
        return key

    def _new_key(self, node: Node) -> _Key:
        if node.kind in ("Name", "Attribute") and (name := literal_name(node)) is not None:
            return ("name", self._source.resolve(node) or name)
        if node.kind == "Constant":
            return ("constant", type(node.fields[0]).__name__, node.fields[0])
        return (node.kind, *map(self._field_key, node.fields))

    def _field_key(self, value: object) -> object:
        if isinstance(value, Node):
            return self.key(value)
        return tuple(map(self._field_key, value)) if isinstance(value, tuple) else value


def _attribute_name(binding: Binding) -> str | None:
    node = binding.node
    return node.fields[0] if node is not None and node.kind == "Name" else None


def same_value(one: object, other: object) -> bool:
    """Equal as literals: `1`, `True` and `1.0` are different."""
    return type(one) is type(other) and one == other
