"""One program with its tree from libcst, and with the places of everything in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import libcst as cst

from readiness.errors import UnreadableSource
from readiness.source.exact.lower import lower_module
from readiness.source.exact.spans import SpanTable
from readiness.source.syntax_errors import unreadable
from readiness.source.tree import Node

_REPORT = "Please report it with the file: the bot is wrong about this code."


class ExactProgram:
    """What libcst makes of a text."""

    def __init__(self, path: str, text: str, module: cst.Module) -> None:
        self.path = path
        self.text = text
        self.nodes = lower_module(module)
        self._module = module

    @classmethod
    def parse(cls, path: str, text: str) -> ExactProgram:
        """Parse a program; raises UnreadableSource with the place of what is wrong."""
        try:
            return cls(path, text, cst.parse_module(text))
        except (cst.ParserSyntaxError, cst.CSTValidationError, ValueError, RecursionError) as error:
            raise unreadable(path, text, error) from error

    @cached_property
    def spans(self) -> SpanTable:
        """Where every node stands."""
        try:
            return SpanTable(self._module, self.text)
        except RecursionError as error:
            raise unreadable(self.path, self.text, error) from error

    def tie(self, nodes: Sequence[Node]) -> None:
        """Give the nodes of another reading of the same text their origin here; both must be the same tree."""
        if [node.kind for node in self.nodes] != [node.kind for node in nodes]:
            raise UnreadableSource("two parsers read it differently", where=self.path, advice=_REPORT)
        for node, twin in zip(nodes, self.nodes, strict=True):
            node.origin = twin.origin
