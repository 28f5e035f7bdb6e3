"""Where each statement of a program begins, found by counting logical lines, without writing the program out.

Every logical line belongs to one statement, decorator or clause (`else:`, `except ...:`), and both come in the same
order; if their numbers differ, nothing is said. Whoever uses a start compares the text there with the statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import libcst as cst

_TOKEN = re.compile(
    r'"""[^"\\]*+(?:(?:\\.|"(?!""))[^"\\]*+)*+"""'
    r"|'''[^'\\]*+(?:(?:\\.|'(?!''))[^'\\]*+)*+'''"
    r'|"[^"\\\r\n]*+(?:\\(?:\r\n|.)[^"\\\r\n]*+)*+"'
    r"|'[^'\\\r\n]*+(?:\\(?:\r\n|.)[^'\\\r\n]*+)*+'"
    r"|\#[^\r\n]*+|\\(?:\r\n|\r|\n)|[()\[\]{}]|\r\n|\r|\n",
    re.DOTALL,
)
_FIRST_OF_LINE = re.compile(r"[ \t\x0c]*+(?=[^\s#])")


def logical_lines(text: str) -> list[int]:
    """The offset of the first character, after the indentation, of every line that begins a statement or clause."""
    starts = [0]
    depth = 0
    for token in _TOKEN.finditer(text):
        mark = text[token.start()]
        if mark in "([{":
            depth += 1
        elif mark in ")]}":
            depth -= 1
        elif mark in "\r\n" and depth == 0:
            starts.append(token.end())
    firsts = (_FIRST_OF_LINE.match(text, start) for start in starts)
    return [first.end() for first in firsts if first is not None]


class StatementLines:
    """The line of each statement and clause of a module, and which line each small statement is part of."""

    def __init__(self, module: cst.Module, text: str) -> None:
        self.owners: list[cst.CSTNode] = []
        """What each logical line belongs to, in order."""
        self.owner_of: dict[int, cst.CSTNode] = {}
        """Id of a statement, handler or case -> the node whose header or line it is written with."""
        self._block(module.body)
        starts = logical_lines(text)
        known = len(starts) == len(self.owners)
        self.starts = {id(owner): start for owner, start in zip(self.owners, starts, strict=True)} if known else {}
        """Id of what owns a line -> its offset; empty if the lines could not be told apart."""

    def _block(self, statements: Sequence[cst.CSTNode]) -> None:
        for statement in statements:
            if isinstance(statement, cst.SimpleStatementLine):
                self.owners.append(statement)
                for small in statement.body:
                    self.owner_of[id(small)] = statement
            else:
                self._compound(statement)

    def _compound(self, statement: cst.CSTNode) -> None:
        self.owners.extend(getattr(statement, "decorators", ()))
        self._clause(statement)
        for clause in (*getattr(statement, "cases", ()), *getattr(statement, "handlers", ())):
            self._clause(clause)
        orelse = getattr(statement, "orelse", None)
        if isinstance(orelse, cst.If):
            self._compound(orelse)
        elif orelse is not None:
            self._clause(orelse)
        if getattr(statement, "finalbody", None) is not None:
            self._clause(statement.finalbody)  # type: ignore[attr-defined]  # of Try and TryStar

    def _clause(self, clause: cst.CSTNode) -> None:
        self.owners.append(clause)
        self.owner_of[id(clause)] = clause
        body = getattr(clause, "body", None)
        if isinstance(body, cst.IndentedBlock):
            self._block(body.body)
        elif isinstance(body, cst.SimpleStatementSuite):
            for small in body.body:
                self.owner_of[id(small)] = clause
