"""Statements that follow each other: `...` between them skips any statements and looks into nested blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from readiness.pattern.bindings import Bindings, Matches
from readiness.pattern.nodes import DOTS, MANY, METAVARIABLE
from readiness.pattern.sequences import distinct, in_any_order, without_dots
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.pattern.match import Matcher

Reached: TypeAlias = Iterator[tuple[Bindings, Node | None]]
"""Bindings, and the statement that ends last of those that were matched."""


def body(m: Matcher, patterns: Sequence[Node], block: Sequence[Node], bindings: Bindings) -> Matches:
    """The statements of a body from the first to the last; a lone `$S` stands for all of them."""
    if len(patterns) == 1:
        only = patterns[0]
        if only.kind == DOTS:
            yield bindings
            return
        if only.kind == "Expr" and only.fields[0].kind == METAVARIABLE:
            yield from m.bind(only.fields[0].fields[0], tuple(block), bindings)
            return
    yield from distinct(bound for bound, _ in sequence(m, patterns, block, bindings, open_end=False))


def members(m: Matcher, patterns: Sequence[Node], block: Sequence[Node], bindings: Bindings) -> Matches:
    """The statements of a class body, in any order; others may be there."""
    yield from in_any_order(without_dots(patterns), block, bindings, m.statement, open_end=True)


def sequence(
    m: Matcher, patterns: Sequence[Node], block: Sequence[Node], bindings: Bindings, *, open_end: bool
) -> Reached:
    """Every way in which the block begins with the patterns (unless `open_end`: and ends with them)."""
    yield from _begin(m, patterns, block, bindings, None, open_end=open_end)


def _begin(
    m: Matcher,
    patterns: Sequence[Node],
    block: Sequence[Node],
    bindings: Bindings,
    last: Node | None,
    *,
    open_end: bool,
) -> Reached:
    """Up to the first `...`, statements must follow each other."""
    if not patterns:
        if open_end or not block:
            yield bindings, last
    elif patterns[0].kind in (DOTS, MANY):
        for statements in _levels(m, patterns, block):
            yield from _Search(m, patterns, statements).step(0, 0, bindings, last)
    elif block:
        for bound in m.statement(patterns[0], block[0], bindings):
            yield from _begin(m, patterns[1:], block[1:], bound, _later(last, block[0]), open_end=open_end)


def _levels(m: Matcher, patterns: Sequence[Node], block: Sequence[Node]) -> Iterator[Sequence[Node]]:
    """The block itself, and with all that is nested in it: there, neighbours of the block are no longer neighbours."""
    nested = m.index.nested_statements(block)
    adjacent = any(DOTS not in (one.kind, other.kind) for one, other in pairwise(patterns))
    if adjacent or patterns[0].kind == MANY or len(nested) == len(block):
        yield block
    if patterns[0].kind == DOTS and len(nested) > len(block):
        yield nested


def _later(last: Node | None, *statements: Node) -> Node | None:
    """The one that ends last; the outer one of two that end together."""
    for statement in statements:
        if last is None or statement.leave > last.leave:
            last = statement
    return last


class _Search:
    """A search through a list of statements after the first `...`; the end may always be left open."""

    def __init__(self, matcher: Matcher, patterns: Sequence[Node], statements: Sequence[Node]) -> None:
        self.matcher, self.patterns, self.statements = matcher, patterns, statements
        self.seen: dict[tuple[int, int, int], Bindings] = {}

    def step(self, at: int, start: int, bindings: Bindings, last: Node | None) -> Reached:
        if at == len(self.patterns):
            yield bindings, last
            return
        state = (at, start, id(bindings))
        if state in self.seen:
            return
        self.seen[state] = bindings  # kept, so that its id stays its own
        head = self.patterns[at]
        if head.kind == DOTS:
            yield from self._dots(at, start, bindings, last)
        elif head.kind == MANY:
            yield from self._many(at, start, bindings, last)
        elif start < len(self.statements):
            yield from self._one(at, start, bindings, last)

    def _one(self, at: int, start: int, bindings: Bindings, last: Node | None) -> Reached:
        statement = self.statements[start]
        for bound in self.matcher.statement(self.patterns[at], statement, bindings):
            yield from self.step(at + 1, start + 1, bound, _later(last, statement))

    def _dots(self, at: int, start: int, bindings: Bindings, last: Node | None) -> Reached:
        if at == len(self.patterns) - 1:
            yield bindings, _later(last, *self.statements[start:])
            return
        for end in range(start, len(self.statements) + 1):
            yield from self.step(at + 1, end, bindings, last)

    def _many(self, at: int, start: int, bindings: Bindings, last: Node | None) -> Reached:
        name, is_last = self.patterns[at].fields[0], at == len(self.patterns) - 1
        for end in range(len(self.statements) if is_last else start, len(self.statements) + 1):
            run = tuple(self.statements[start:end])
            for bound in self.matcher.bind(name, run, bindings):
                yield from self.step(at + 1, end, bound, _later(last, *run))
