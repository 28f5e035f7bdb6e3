"""Where things are in a text: lines and columns of offsets, and the offsets of nodes.

libcst records no positions; it can only write the program out again. Doing so with an own state that counts
characters gives the offsets of the nodes that matter at a fifth of the cost of libcst's own position provider, and
the same answers. Offsets count code points, as Python's strings do; columns and lines start at 1.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import Any

import libcst as cst

from readiness.source.codegen import CountingState, Span
from readiness.source.lost_space import LostSpace
from readiness.source.tree import Node

_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)")
_PARENTHESES_BELONG = frozenset({"Tuple", "GeneratorExp"})


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

    The whole program is written out once, when the table is made.
    """

    def __init__(self, module: cst.Module, text: str) -> None:
        self._module = module
        self._text = text
        state = CountingState(module)
        module._codegen(state)  # noqa: SLF001 - the only way to learn positions; libcst's own provider does the same
        if state.offset != len(text):
            state.move(LostSpace(text, module.code).original)
        self._spans = state.spans
        self._block_starts = state.block_starts

    def span(self, node: Node) -> Span:
        """Start and end of a node; of a decorated definition, from its first decorator on."""
        if node.kind == "Module":
            return 0, len(self._text)
        start, end = self._own_span(node)
        decorators = getattr(node.origin, "decorators", ())
        return (self._spans[id(decorators[0])][0] if decorators else start), end

    def header_span(self, node: Node) -> Span:
        """A compound statement from its keyword (`def`, not its decorators) to its colon; otherwise the whole node."""
        start, end = self._own_span(node)
        if node.kind == "Match":  # its cases begin on another line than its header ends
            return start, self._text.index(":", self._own_span(node.fields[0])[1]) + 1
        block = getattr(node.origin, "body", None)
        return start, self._block_starts.get(id(block), end)

    def _own_span(self, node: Node) -> Span:
        written = self._written_span(node)
        return self._children_span(node) if written is None else written

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
