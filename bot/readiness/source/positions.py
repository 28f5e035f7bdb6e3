"""Where things are in a text: lines and columns of offsets, and the offsets of nodes.

libcst records no positions; it can only write the program out again. Doing so with an own state that counts
characters gives the offsets of the nodes that matter at a fifth of the cost of libcst's own position provider, and
the same answers. Offsets count code points, as Python's strings do; columns and lines start at 1.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import Any

import libcst as cst

from readiness.source.codegen import CountingState, LineState, Span
from readiness.source.lost_space import LostSpace
from readiness.source.statement_lines import StatementLines
from readiness.source.tree import Node

_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)")
_PARENTHESES_BELONG = frozenset({"Tuple", "GeneratorExp"})
_COMPOUND = frozenset("FunctionDef ClassDef For While If With Match MatchCase Try ExceptHandler".split())


class LineTable:
    r"""Offset <-> (line, column) of one text whose lines end with \n, \r\n or \r, and with nothing else."""

    def __init__(self, text: str) -> None:
        self.text = text
        lengths = map(len, _LINE.findall(text)) if "\r" in text else (len(line) + 1 for line in text.split("\n")[:-1])
        self.starts = list(accumulate(lengths, initial=0))

    def __len__(self) -> int:
        return len(self.starts)

    def position(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def offset(self, line: int, column: int = 1) -> int:
        """The offset of a line and a column."""
        return self.starts[line - 1] + column - 1

    def line_text(self, line: int) -> str:
        """The text of a line without its end."""
        end = self.starts[line] if line < len(self.starts) else len(self.text)
        return self.text[self.starts[line - 1] : end].rstrip("\r\n")


class SpanTable:
    """The offsets of every node of one program, as libcst's `PositionProvider` would give them.

    Only the statements that are asked for are written out, each from its own line on. If the text there is not what was
    written, or the whole of a compound statement is asked for, the whole program is.
    Tuples and generators in parentheses include them, as in `ast`: without them their text would mean something else.
    """

    def __init__(self, module: cst.Module, text: str) -> None:
        self._module = module
        self._text = text
        self._spans: dict[int, Span] = {}
        self._headers: dict[int, Span] = {}
        self._block_starts: dict[int, int] = {}
        self._complete = False
        self._learnt: set[int] = set()

    def span(self, node: Node) -> Span:
        """Start and end of a node; of a decorated definition, from its first decorator on."""
        if node.kind == "Module":
            return 0, len(self._text)
        start, end = self._own_span(node)
        decorators = getattr(node.origin, "decorators", ())
        return (self._spans[id(decorators[0])][0] if decorators else start), end

    def header_span(self, node: Node) -> Span:
        """A compound statement from its keyword (`def`, not its decorators) to its colon; otherwise the whole node."""
        if node.kind in _COMPOUND and not self._complete:
            self._learn_line_of(node)
        if node.kind == "Match":  # its cases begin on another line than its header ends
            start = (self._headers.get(id(node.origin)) or self._spans[id(node.origin)])[0]
            return start, self._text.index(":", self._own_span(node.fields[0])[1]) + 1
        if id(node.origin) in self._headers:
            return self._headers[id(node.origin)]
        start, end = self._own_span(node)
        block = getattr(node.origin, "body", None)
        if id(block) in self._block_starts:
            return start, self._block_starts[id(block)]
        return start, end

    @cached_property
    def lines(self) -> StatementLines:
        """Where statements begin."""
        return StatementLines(self._module, self._text)

    def line_at(self, offset: int) -> cst.CSTNode | None:
        """What the logical line before or at an offset belongs to; None if that is not known."""
        if not self.lines.starts:
            return None
        number = bisect_right(self._line_starts, offset) - 1
        return self.lines.owners[number] if number >= 0 else None

    @cached_property
    def _line_starts(self) -> list[int]:
        return list(self.lines.starts.values())

    def _own_span(self, node: Node) -> Span:
        self._write(node)
        written = self._written_span(node)
        return self._children_span(node) if written is None else written

    def _write(self, node: Node) -> None:
        """Have the spans of a node and of what is in it, if libcst writes it at all."""
        key = id(node.origin.param if node.origin.__class__ is cst.TypeParam else node.origin)
        if key not in self._spans and not self._complete:
            if node.kind in _COMPOUND:
                self._learn_all()
            else:
                self._learn_line_of(node)

    def _written_span(self, node: Node) -> Span | None:
        """Where a node stands; None if it is made of several nodes of libcst, or of none."""
        source = node.origin
        if source.__class__ is cst.Param:  # libcst stops after the name
            return self._spans[id(source)][0], self._closed(source.default or source.annotation or source)
        if source.__class__ is cst.TypeParam:
            return self._spans[id(source.param)][0], self._closed(source.default or source.param)
        if source.__class__ is cst.CompFor:
            start, end = self._spans[id(source)]
            return start + len(self._module.code_for_node(source.whitespace_before)), end
        if node.kind in _PARENTHESES_BELONG and source.lpar:
            return self._spans[id(source.lpar[-1])][0], self._spans[id(source.rpar[0])][1]
        return self._spans.get(id(source))

    def _closed(self, source: Any) -> int:
        """The end of a node of libcst with its parentheses."""
        closing = getattr(source, "rpar", ())
        return self._spans[id(closing[-1] if closing else source)][1]

    def _children_span(self, node: Node) -> Span:
        spans = [self._own_span(child) for child in node.children()]
        if not spans:
            return self._own_span(node.parent) if node.parent is not None else (0, 0)
        return min(start for start, _ in spans), max(end for _, end in spans)

    def _learn_line_of(self, node: Node) -> None:
        """Learn the spans of all that is written on the logical line of a node."""
        owner = self._owner(node)
        start = None if owner is None else self.lines.starts.get(id(owner))
        if owner is None or start is None:
            self._learn_all()
        elif id(owner) not in self._learnt:
            self._learnt.add(id(owner))
            state = LineState(self._module, owner, self._text, start)
            if state.write():
                self._keep(state)
            else:
                self._learn_all()

    def _owner(self, node: Node) -> cst.CSTNode | None:
        inner: Node | None = node
        while inner is not None:
            owner = self.lines.owner_of.get(id(inner.origin))
            if owner is not None:
                return owner
            inner = inner.parent
        return None

    def _learn_all(self) -> None:
        state = CountingState(self._module)
        self._module._codegen(state)  # noqa: SLF001 - the only way to learn positions; libcst's own provider does the same
        if state.offset != len(self._text):
            state.move(LostSpace(self._text, self._module.code).original)
        self._complete = True
        self._headers.clear()
        self._keep(state)

    def _keep(self, state: CountingState) -> None:
        self._spans.update(state.spans)
        self._headers.update(state.headers)
        self._block_starts.update(state.block_starts)
