"""Runs of neighbours against patterns with `...` and `$...XS` in them: in order, or in any order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from readiness.pattern.bindings import Bindings, Matches
from readiness.pattern.nodes import DOTS, MANY
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.pattern.match import Matcher

Compare: TypeAlias = Callable[[Node, Node, Bindings], Matches]
"""Matches one pattern with one target."""


class _InOrder:
    """One search; a state that was met before with the same bindings can only give the same results again."""

    def __init__(self, matcher: Matcher, patterns: Sequence[Node], targets: Sequence[Node], compare: Compare) -> None:
        self.matcher, self.patterns, self.targets, self.compare = matcher, patterns, targets, compare
        self.seen: dict[tuple[int, int, int], Bindings] = {}
        self.open_end = False

    def step(self, at: int, start: int, bindings: Bindings) -> Matches:
        if at == len(self.patterns):
            if start == len(self.targets) or self.open_end:
                yield bindings
            return
        state = (at, start, id(bindings))
        if state in self.seen:
            return
        self.seen[state] = bindings  # kept, so that its id stays its own
        head = self.patterns[at]
        if head.kind == DOTS:
            yield from self._dots(at, start, bindings)
        elif head.kind == MANY:
            yield from self._many(at, start, bindings, head.fields[0])
        elif start < len(self.targets):
            for bound in self.compare(head, self.targets[start], bindings):
                yield from self.step(at + 1, start + 1, bound)

    def _dots(self, at: int, start: int, bindings: Bindings) -> Matches:
        if at == len(self.patterns) - 1:
            yield bindings
            return
        for end in range(start, len(self.targets) + 1):
            yield from self.step(at + 1, end, bindings)

    def _many(self, at: int, start: int, bindings: Bindings, name: str) -> Matches:
        last = at == len(self.patterns) - 1
        for end in range(len(self.targets) if last else start, len(self.targets) + 1):
            for bound in self.matcher.bind(name, tuple(self.targets[start:end]), bindings):
                yield from self.step(at + 1, end, bound)


def in_order(
    matcher: Matcher,
    patterns: Sequence[Node],
    targets: Sequence[Node],
    bindings: Bindings,
    *,
    compare: Compare | None = None,
    open_end: bool = False,
) -> Matches:
    """Every way in which the patterns cover the targets from the first to the last (`open_end`: or a part of them)."""
    search = _InOrder(matcher, patterns, targets, compare or matcher.node)
    search.open_end = open_end
    return search.step(0, 0, bindings)


def in_any_order(
    patterns: Sequence[Node], targets: Sequence[Node], bindings: Bindings, compare: Compare, *, open_end: bool
) -> Matches:
    """Every way to give each pattern a target of its own (`open_end`: targets may be left over)."""
    if not patterns:
        if open_end or not targets:
            yield bindings
        return
    for index, target in enumerate(targets):
        rest = [*targets[:index], *targets[index + 1 :]]
        for bound in compare(patterns[0], target, bindings):
            yield from in_any_order(patterns[1:], rest, bound, compare, open_end=open_end)


def without_dots(patterns: Sequence[Node]) -> list[Node]:
    """The patterns that are no `...`, where order does not matter."""
    return [pattern for pattern in patterns if pattern.kind != DOTS]


def distinct(matches: Iterator[Bindings]) -> Matches:
    """Drop repetitions of one and the same bindings."""
    seen: dict[int, Bindings] = {}
    for bindings in matches:
        if id(bindings) not in seen:
            seen[id(bindings)] = bindings
            yield bindings
