"""Where things are in a text: lines and columns of offsets, and the offsets of nodes.

libcst records no positions; it can only write the program out again. Doing so with an own state that counts
characters gives the offsets of the nodes that matter at a fifth of the cost of libcst's own position provider, and
the same answers. Offsets count code points, as Python's strings do; columns and lines start at 1.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate

import libcst as cst
from libcst._nodes.internal import CodegenState

from readiness.source.tree import Node

_LINE = re.compile(r"[^\r\n]*+(?:\r\n|\r|\n)")
# libcst gives these no syntactic position, so the text they wrote is taken, without the space around it.
_UNRECORDED: frozenset[type] = frozenset(
    {
        cst.CompFor,
        cst.FormattedStringExpression,
        cst.FormattedStringText,
        cst.ImportStar,
        cst.Index,
        cst.LeftParen,
        cst.ParamSlash,
        cst.ParamStar,
        cst.RightParen,
        cst.Slice,
        cst.TemplatedStringExpression,
        cst.TemplatedStringText,
    }
)
_BLOCKS: frozenset[type] = frozenset({cst.IndentedBlock, cst.SimpleStatementSuite})
_MARKERS: frozenset[type] = frozenset(
    {cst.ParamSlash, cst.ParamStar, cst.LeftParen, cst.RightParen}
)  # one character, then space
_PARENTHESES_BELONG = frozenset({"Tuple", "GeneratorExp"})

Span = tuple[int, int]


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

    Tuples and generators in parentheses include them, as in `ast`: without them their text would mean something else.
    """

    def __init__(self, module: cst.Module, text: str, removed: Sequence[int] = ()) -> None:
        self._text = text
        self._removed = removed
        state = _CountingState(module)
        module._codegen(state)  # noqa: SLF001 - the only way to learn positions; libcst's own provider does the same
        self._spans = state.spans
        self._block_starts = state.block_starts

    def span(self, node: Node) -> Span:
        """Start and end of a node; of a decorated definition, from its first decorator on."""
        if node.kind == "Module":
            return 0, len(self._text)
        start, end = self._own_span(node)
        decorators = getattr(node.cst, "decorators", ())
        return (self._shifted(self._spans[id(decorators[0])])[0] if decorators else start), end

    def header_span(self, node: Node) -> Span:
        """A compound statement from its keyword (`def`, not its decorators) to its colon; otherwise the whole node."""
        start, end = self._own_span(node)
        block = getattr(node.cst, "body", None)
        if id(block) in self._block_starts:
            return start, self._shifted((0, self._block_starts[id(block)]))[1]
        if node.kind == "Match":
            return start, self._text.index(":", self._own_span(node.fields[0])[1]) + 1
        return start, end

    def _own_span(self, node: Node) -> Span:
        written = self._spans.get(id(node.cst))
        if written is None:  # made of several nodes of libcst, or of none
            return self._children_span(node)
        if node.kind in _PARENTHESES_BELONG and node.cst.lpar:
            written = self._spans[id(node.cst.lpar[-1])][0], self._spans[id(node.cst.rpar[0])][1]
        start, end = self._shifted(written)
        if node.kind == "Comprehension":
            start += len(self._text[start:end]) - len(self._text[start:end].lstrip())
        return start, end

    def _children_span(self, node: Node) -> Span:
        spans = [self._own_span(child) for child in node.children()]
        if not spans:
            return self._own_span(node.parent) if node.parent is not None else (0, 0)
        return min(start for start, _ in spans), max(end for _, end in spans)

    def _shifted(self, span: Span) -> Span:
        """Offsets in the text, given those in the parsed text, which lacks the removed characters."""
        if not self._removed:
            return span
        start, end = span
        return start + bisect_right(self._removed, start), end + bisect_left(self._removed, end)


class _CountingState(CodegenState):
    """Writes nothing, counts characters, and notes where nodes start and end."""

    def __init__(self, module: cst.Module) -> None:
        super().__init__(default_indent=module.default_indent, default_newline=module.default_newline)
        self.offset = 0
        self.spans: dict[int, Span] = {}
        self.block_starts: dict[int, int] = {}
        self._starts: list[int] = []
        self._open: list[tuple[cst.CSTNode, int, cst.CSTNode | None, cst.CSTNode | None]] = []

    def add_indent_tokens(self) -> None:
        for token in self.indent_tokens:
            self.offset += len(token)

    def add_token(self, value: str) -> None:
        self.offset += len(value)

    def before_codegen(self, node: cst.CSTNode) -> None:
        if node.__class__ in _UNRECORDED:
            self._starts.append(self.offset)
        elif node.__class__ in _BLOCKS:
            self.block_starts[id(node)] = self.offset

    def after_codegen(self, node: cst.CSTNode) -> None:
        if node.__class__ in _UNRECORDED:
            start = self._starts.pop()
            end = start + 1 if node.__class__ in _MARKERS else self.offset
            if isinstance(node, cst.CompFor) and node.inner_for_in is not None:
                end = self.spans[id(node.inner_for_in)][0]
            self.spans[id(node)] = start, end

    def record_syntactic_position(  # type: ignore[override]  # a generator for each node would cost twice as much
        self, node: cst.CSTNode, *, start_node: cst.CSTNode | None = None, end_node: cst.CSTNode | None = None
    ) -> _CountingState:
        self._open.append((node, self.offset, start_node, end_node))
        return self

    def __enter__(self) -> None:
        pass

    def __exit__(self, *error: object) -> None:
        node, start, start_node, end_node = self._open.pop()
        spans = self.spans
        spans[id(node)] = (
            start if start_node is None else spans[id(start_node)][0],
            self.offset if end_node is None else spans[id(end_node)][1],
        )
