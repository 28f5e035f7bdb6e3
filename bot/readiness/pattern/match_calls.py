"""Calls and their arguments: keywords in any order, the others in theirs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.pattern.bindings import Bindings, Matches
from readiness.pattern.nodes import METAVARIABLE
from readiness.pattern.sequences import in_order
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.pattern.match import Matcher


def call(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`func(args)`; what can fail sooner comes first."""
    if target.kind != "Call":
        return
    (func, args), (target_func, target_args) = pattern.fields, target.fields
    if func.kind == METAVARIABLE:
        for bound in arguments(m, args, target_args, bindings):
            yield from m.node(func, target_func, bound)
    else:
        for bound in m.node(func, target_func, bindings):
            yield from arguments(m, args, target_args, bound)


def arguments(
    m: Matcher, patterns: Sequence[Node], targets: Sequence[Node], bindings: Bindings, *, open_end: bool = False
) -> Matches:
    """First every keyword of the pattern finds its argument, then the rest is matched in order."""
    keywords = [pattern for pattern in patterns if pattern.kind == "Keyword"]
    others = [pattern for pattern in patterns if pattern.kind != "Keyword"]
    return _Arguments(m, others, open_end).match(keywords, tuple(targets), bindings)


@dataclass(frozen=True, slots=True)
class _Arguments:
    m: Matcher
    others: list[Node]
    """What the pattern holds beside keywords."""
    open_end: bool

    def match(self, keywords: list[Node], targets: tuple[Node, ...], bindings: Bindings) -> Matches:
        if not keywords:
            yield from in_order(
                self.m, self.others, targets, bindings, compare=self._positional, open_end=self.open_end
            )
            return
        head, *rest = keywords
        for index, target in enumerate(targets):
            if target.kind == "Keyword":
                for bound in self._keyword(head, target, bindings):
                    yield from self.match(rest, targets[:index] + targets[index + 1 :], bound)
        if self.m.options.unknown_keywords and not _is_given(head, targets):
            for bound in self._unknown(head, targets, bindings):
                yield from self.match(rest, targets, bound)

    def _keyword(self, pattern: Node, target: Node, bindings: Bindings) -> Matches:
        (name, value), (target_name, target_value) = pattern.fields, target.fields
        if name.kind == "Name":
            if name.fields == target_name.fields:
                yield from self.m.node(value, target_value, bindings)
            return
        for bound in self.m.node(value, target_value, bindings):
            yield from self.m.node(name, target_name, bound)

    def _unknown(self, keyword: Node, targets: tuple[Node, ...], bindings: Bindings) -> Matches:
        """`**kwargs` may hold the keyword: its value, if the pattern names it, is the mapping."""
        value = keyword.fields[1]
        for target in targets:
            if target.kind == "DoubleStarred" and value.kind == METAVARIABLE:
                yield from self.m.bind(value.fields[0], (target,), bindings)
            elif target.kind == "DoubleStarred":
                yield bindings

    def _positional(self, pattern: Node, target: Node, bindings: Bindings) -> Matches:
        if target.kind != "Keyword":
            yield from self.m.node(pattern, target, bindings)


def _is_given(keyword: Node, targets: tuple[Node, ...]) -> bool:
    return any(target.kind == "Keyword" and target.fields[0].fields == keyword.fields[0].fields for target in targets)


def pair(m: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """`key: value` of a dictionary; with a string as key also the keyword argument of that name."""
    if target.kind == "DictItem":
        yield from m.fields(pattern, target, bindings)
    elif target.kind == "Keyword" and pattern.fields[0].kind == "Constant":
        name, value = target.fields
        if pattern.fields[0].fields == name.fields:
            yield from m.node(pattern.fields[1], value, bindings)


HANDLERS = {"Call": call, "DictItem": pair}
