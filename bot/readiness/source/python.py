"""A Python program as rules see it: the tree, what its names mean, its constants, and where everything stands.

Parsing and spans recurse as deep as the program is nested. `guard.py` bounds that depth, not to what fits the default
limits but to what a thread with a big stack and a recursion limit of 20,000 can take; workers run in such a thread.
With less room, deep programs are refused as unreadable.
"""

from __future__ import annotations

import io
import tokenize
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from readiness.facts.hit import Hit
from readiness.finding import Location
from readiness.source.canonical import Canonical, last_part
from readiness.source.constants import Constant, Constants
from readiness.source.guard import refuse
from readiness.source.lines import LineTable, Span
from readiness.source.lowering import index_by_kind
from readiness.source.names import Names, imported_names
from readiness.source.quick.lower import read_quickly
from readiness.source.quick.spans import quick_header_span, quick_span
from readiness.source.tree import STATEMENTS, Node

if TYPE_CHECKING:
    from libcst import CSTNode

    from readiness.source.exact.program import ExactProgram

Locator = Callable[[int, int, int, int], Location]
"""Line, column, end line and end column in the text -> the place that a person is told."""
ScopeKey = Callable[[int], str]
"""Line in the text -> what tells equal findings apart, in place of the enclosing symbol: the cell of a notebook."""

_SHOWN_LINES = 10


class PythonSource:
    """One parsed program: a file, or the code cells of a notebook joined in order."""

    def __init__(
        self,
        path: str,
        text: str,
        nodes: list[Node],
        *,
        aliases: Mapping[str, str] | None = None,
        locator: Locator | None = None,
        scope_key: ScopeKey | None = None,
    ) -> None:
        self.path = path
        self.text = text
        self.nodes = nodes
        self.tree = self.nodes[0]
        self.by_kind = index_by_kind(self.nodes)
        self.lines = LineTable(text)
        self._canonical = Canonical(aliases or {})
        self._locator = locator or self._in_file
        self._scope_key = scope_key
        self.derived: dict[type, object] = {}
        """What others worked out about this program once, by the class of the result."""

    @classmethod
    def parse(
        cls,
        path: str,
        text: str,
        *,
        aliases: Mapping[str, str] | None = None,
        locator: Locator | None = None,
        scope_key: ScopeKey | None = None,
    ) -> PythonSource:
        """Parse a program; raises UnreadableSource with the place of what is wrong."""
        refuse(path, text)
        nodes = read_quickly(text)
        if nodes is not None:
            return cls(path, text, nodes, aliases=aliases, locator=locator, scope_key=scope_key)
        from readiness.source.exact.program import ExactProgram

        exact = ExactProgram.parse(path, text)
        source = cls(path, text, exact.nodes, aliases=aliases, locator=locator, scope_key=scope_key)
        source.__dict__["_exact"] = exact
        return source

    def close(self) -> None:
        """Let go of everything. Nodes know their parents, so without this only a garbage collection would free them."""
        for node in self.nodes:
            node.parent = None
        self.__dict__.clear()

    # what the program says

    @cached_property
    def calls_by_name(self) -> dict[str, list[Node]]:
        """Last name of the callee -> its calls in order, listed under the name as written and under what it means."""
        index: dict[str, list[Node]] = {}
        for call in self.by_kind.get("Call", ()):
            for name in self.last_names(call.fields[0]):
                index.setdefault(name, []).append(call)
        return index

    def last_names(self, node: Node) -> tuple[str, ...]:
        """The last part of a name or dotted name as it is written, and as what it stands for if that differs."""
        if node.kind == "Attribute":
            written = node.fields[1].fields[0]
            others = self._other_names(node) if written in self._canonical.renamed else ()
        elif node.kind == "Name":
            written = node.fields[0]
            others = self._renamed_imports.get(written, ())
        else:
            return ()
        return (written, *others)

    def resolve(self, node: Node) -> str | None:
        """The canonical dotted name that a Name or Attribute stands for through imports; None if it is not imported."""
        meanings = self.names.candidates(node)
        return self._canonical(meanings[0]) if meanings else None

    def candidates(self, node: Node) -> tuple[str, ...]:
        """As `resolve`, with every alternative of `try: import a` / `except ImportError: import b as a`."""
        return tuple(dict.fromkeys(map(self._canonical, self.names.candidates(node))))

    def canonical(self, dotted: str) -> str:
        """The name under which rules know what a dotted name means."""
        return self._canonical(dotted)

    def constant(self, node: Node) -> Constant | None:
        """The one value that an expression can have, if it is known."""
        return self._constants.constant(node)

    def constant_type(self, node: Node) -> type | None:
        """The type of an expression that is some constant on every path, even if not always the same one."""
        return self._constants.constant_type(node)

    @cached_property
    def names(self) -> Names:
        """Scopes and imports."""
        return Names(self.by_kind)

    @cached_property
    def _constants(self) -> Constants:
        return Constants(self.nodes, self.names)

    @cached_property
    def _renamed_imports(self) -> dict[str, tuple[str, ...]]:
        """Imported name -> last names of what it stands for, where they differ."""
        renamed: dict[str, tuple[str, ...]] = {}
        for kind in ("Import", "ImportFrom"):
            for statement in self.by_kind.get(kind, ()):
                for name, dotted in imported_names(statement):
                    last = last_part(self._canonical(dotted))
                    if last != name and last not in renamed.get(name, ()):
                        renamed[name] = (*renamed.get(name, ()), last)
        return renamed

    def _other_names(self, callee: Node) -> tuple[str, ...]:
        written = callee.fields[1].fields[0]
        return tuple({last_part(dotted) for dotted in self.candidates(callee)} - {written})

    # where it says it

    def span(self, node: Node) -> Span:
        """Start and end of a node in the text; a definition starts at its first decorator."""
        return quick_span(node, self.lines) or self._exact.spans.span(node)

    def header_span(self, node: Node) -> Span:
        """A compound statement from its keyword to its colon (`def f():` without decorators), or the whole node."""
        return quick_header_span(node, self.lines) or self._exact.spans.header_span(node)

    def span_of(self, first: Node, last: Node) -> Span:
        """From the start of one node to the end of another."""
        return self.span(first)[0], self.span(last)[1]

    def written(self, node: Node) -> CSTNode:
        """How libcst has a node: with the tokens that it was written in."""
        twin: CSTNode = self._exact.nodes[node.enter].origin
        return twin

    def enclosing_statement(self, node: Node) -> Node:
        """The statement that a node is part of or is; the module if there is none."""
        while node.kind not in STATEMENTS and node.parent is not None:
            node = node.parent
        return node

    def enclosing_symbol(self, node: Node) -> str:
        """`Class.method` around a node (a definition is inside itself), or "" at module level."""
        symbol: list[str] = []
        inner: Node | None = node
        while inner is not None:
            if inner.kind in ("FunctionDef", "ClassDef"):
                symbol.append(inner.fields[1].fields[0])
            inner = inner.parent
        return ".".join(reversed(symbol))

    def comments(self) -> Iterator[tuple[int, int, str]]:
        """Line, column and text of every comment."""
        for token in tokenize.generate_tokens(io.StringIO(self.text, newline=None).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.start[1] + 1, token.string

    def locate(self, start: int, end: int) -> Location:
        """The place of a range of the text as a person finds it."""
        return self._locator(*self.lines.position(start), *self.lines.position(end))

    def hit(self, start: int, end: int, bindings: dict[str, str] | None = None, statement: Node | None = None) -> Hit:
        """All that a finding needs to know of a range of the text; who knows its statement spares the search for it."""
        statement = statement or self.statement_at(start)
        symbol = "" if statement is None else self.enclosing_symbol(statement)
        first, last = self.lines.position(start)[0], self.lines.position(max(start, end - 1))[0]
        return Hit(
            location=self.locate(start, end),
            symbol=symbol,
            anchor=self._anchor(statement, first),
            scope_key=symbol if self._scope_key is None else self._scope_key(first),
            source_lines=tuple(map(self.lines.line_text, range(first, min(last, first + _SHOWN_LINES - 1) + 1))),
            bindings=bindings or {},
        )

    def statement_at(self, offset: int) -> Node | None:
        """The innermost statement that covers an offset; None between statements."""
        number = bisect_right(self._statement_starts, offset) - 1
        outer: Node | None = self._statements[number] if number >= 0 else None
        while outer is not None and not (outer.kind in STATEMENTS and self.span(outer)[1] > offset):
            outer = outer.parent
        return outer

    def _anchor(self, statement: Node | None, line: int) -> str:
        """What a finding stands on: the header of its statement, without layout."""
        if statement is None:
            return " ".join(self.lines.line_text(line).split())
        start, end = self.header_span(statement)
        return " ".join(self.text[start:end].split())

    def _in_file(self, line: int, column: int, end_line: int, end_column: int) -> Location:
        return Location(self.path, line, column, end_line, end_column, file_line=line, file_end_line=end_line)

    @cached_property
    def _exact(self) -> ExactProgram:
        """The program as libcst reads it, with every node tied to what it was written as; parsed when first needed."""
        from readiness.source.exact.program import ExactProgram

        exact = ExactProgram.parse(self.path, self.text)
        exact.tie(self.nodes)
        return exact

    @cached_property
    def _statements(self) -> list[Node]:
        statements = [node for kind in STATEMENTS for node in self.by_kind.get(kind, ())]
        return sorted(statements, key=lambda node: (self.span(node)[0], node.enter))

    @cached_property
    def _statement_starts(self) -> list[int]:
        return [self.span(node)[0] for node in self._statements]
