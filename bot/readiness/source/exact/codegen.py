"""libcst's code generator, made to count instead of write: the one way to learn where its nodes are."""

from __future__ import annotations

from collections.abc import Callable

import libcst as cst
from libcst._nodes.internal import CodegenState

from readiness.source.lines import Span

# libcst gives these no syntactic position: the text that they write is taken.
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
_MARKERS: frozenset[type] = frozenset({cst.LeftParen, cst.ParamSlash, cst.ParamStar})  # one character, then space


class CountingState(CodegenState):
    """Writes nothing, counts characters, and notes where nodes start and end."""

    def __init__(self, module: cst.Module) -> None:
        super().__init__(default_indent=module.default_indent, default_newline=module.default_newline)
        self.offset = 0
        self.spans: dict[int, Span] = {}
        self.block_starts: dict[int, int] = {}
        self._last = 0
        self._starts: list[int] = []
        self._open: list[tuple[cst.CSTNode, int, cst.CSTNode | None, cst.CSTNode | None]] = []

    def add_indent_tokens(self) -> None:
        """Count the indentation of a line."""
        for token in self.indent_tokens:
            self.offset += len(token)

    def add_token(self, value: str) -> None:
        """Count a piece of text."""
        self.offset += len(value)
        self._last = len(value)

    def pop_trailing_newline(self) -> None:
        """Take back the last line end, which the program does not have."""
        self.offset -= self._last

    def move(self, moved: Callable[[Span], Span]) -> None:
        """Put everything where it stands in a text that differs from what was written."""
        self.spans = {key: moved(span) for key, span in self.spans.items()}
        self.block_starts = {key: moved((start, start))[1] for key, start in self.block_starts.items()}

    def before_codegen(self, node: cst.CSTNode) -> None:
        """Note where a node starts that libcst records nothing of."""
        if node.__class__ in _UNRECORDED:
            self._starts.append(self.offset)
        elif node.__class__ in _BLOCKS:
            self.block_starts[id(node)] = self.offset

    def after_codegen(self, node: cst.CSTNode) -> None:
        """Note where it ends."""
        if node.__class__ in _UNRECORDED:
            start = self._starts.pop()
            end = start + 1 if node.__class__ in _MARKERS else self.offset
            if isinstance(node, cst.CompFor) and node.inner_for_in is not None:
                end = self.spans[id(node.inner_for_in)][0]
            self.spans[id(node)] = start, end

    def record_syntactic_position(  # type: ignore[override]  # a generator for each node would cost twice as much
        self, node: cst.CSTNode, *, start_node: cst.CSTNode | None = None, end_node: cst.CSTNode | None = None
    ) -> CountingState:
        """Note where a node starts, and as a context where it ends; offsets replace libcst's own records."""
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
