"""Whether a node of a program is what a node of a pattern asks for, and what its metavariables then stand for.

Matching goes by the kind of the pattern node: the modules `match_*` hold what is special about each; a kind that none of
them knows must be of the same kind with matching fields. All results are generators: the next one is only looked for if
the first did not suit the rest of the pattern.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from readiness.pattern import (
    match_calls,
    match_definitions,
    match_expressions,
    match_imports,
    match_names,
    match_statements,
    match_strings,
)
from readiness.pattern.bindings import Binding, Bindings, Matches
from readiness.pattern.index import Index
from readiness.pattern.nodes import DOTS
from readiness.pattern.sequences import in_order
from readiness.pattern.type_knowledge import NO_TYPES, TypeKnowledge
from readiness.source.constants import Constant
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.pattern.conditions import Screen
    from readiness.source.python import PythonSource

Handler: TypeAlias = Callable[["Matcher", Node, Node, Bindings], Matches]
NO_SCREENS: Mapping[str, Screen] = {}
_ANONYMOUS = "$_"


@dataclass(frozen=True, slots=True)
class Options:
    """The dialect of a rule: how much a pattern may see beyond what is written at one place."""

    constants: bool = True
    """A name with a known constant value is as good as the literal."""
    symbolic: bool = False
    """A name that is assigned once is as good as what is assigned to it."""
    imports_only: bool = True
    """An imported name stands for what is imported and for nothing else, whatever it is called here."""
    star_imports: bool = False
    """`from m import *` may have brought any name that is not otherwise known."""
    unknown_keywords: bool = True
    """`**kwargs` may hold any keyword argument that a negated pattern asks for."""
    vacuous_conditions: bool = True
    """A condition on a metavariable holds where that metavariable is not bound."""
    types: TypeKnowledge = NO_TYPES
    """What is known of the classes of values, beside what the program says."""


class Matcher:
    """Matches patterns with the nodes of one program."""

    def __init__(
        self, source: PythonSource, index: Index, options: Options, screens: Mapping[str, Screen] = NO_SCREENS
    ) -> None:
        self.source, self.index, self.options = source, index, options
        self._screens = screens

    def node(self, pattern: Node, target: Node, bindings: Bindings) -> Matches:
        """Every way in which the target is what the pattern asks for."""
        matches = self.root(pattern, target, bindings)
        if self.options.symbolic and target.kind == "Name" and (value := self.index.assigned(target)) is not None:
            return _either(matches, self.node(pattern, value, bindings))
        return matches

    def root(self, pattern: Node, target: Node, bindings: Bindings) -> Matches:
        """As `node`, but the target itself is not replaced by what it was assigned."""
        return HANDLERS.get(pattern.kind, structure)(self, pattern, target, bindings)

    def statement(self, pattern: Node, target: Node, bindings: Bindings) -> Matches:
        """Every way in which a statement of a block is what the pattern asks for."""
        return match_statements.statement(self, pattern, target, bindings)

    def value(self, pattern: Any, target: Any, bindings: Bindings) -> Matches:
        """Match the values of one field: a node, a tuple of nodes, or anything that can be compared."""
        if isinstance(pattern, Node):
            if isinstance(target, Node):
                yield from self.node(pattern, target, bindings)
            elif pattern.kind == DOTS:
                yield bindings
        elif isinstance(pattern, tuple) and isinstance(target, tuple) and pattern and isinstance(pattern[0], Node):
            yield from in_order(self, pattern, target, bindings)
        elif pattern == target:
            yield bindings

    def optional(self, pattern: Any, target: Any, bindings: Bindings) -> Matches:
        """As `value`, but what the pattern does not mention may be anything."""
        if pattern is None or pattern == ():
            yield bindings
        else:
            yield from self.value(pattern, target, bindings)

    def bind(self, name: str, nodes: tuple[Node, ...], bindings: Bindings, content: str | None = None) -> Matches:
        """Let the metavariable stand for these nodes, unless it already stands for something else."""
        if name == _ANONYMOUS:
            yield bindings
            return
        new, known = Binding(self.source, nodes, content), bindings.get(name)
        if known is None:
            if self.may_be(name, new):
                yield {**bindings, name: new}
        elif self.index.sameness.same(known, new):
            yield bindings

    def may_be(self, name: str, bound: Binding) -> bool:
        """False if a condition of the rule forbids that the metavariable stands for this."""
        screen = self._screens.get(name)
        return screen is None or screen(bound)

    def screen(self, name: str) -> Screen | None:
        """The conditions that the rule makes of what the metavariable stands for."""
        return self._screens.get(name)

    def constant(self, target: Node) -> Constant | None:
        """The value of an expression, if it is known and the rule wants to know it."""
        if target.kind == "Constant":
            return Constant(target.fields[0])
        return self.source.constant(target) if self._may_be_known(target) else None

    def is_string(self, target: Node) -> bool:
        """True if the expression is some string on every path, even if not always the same one."""
        return self._may_be_known(target) and self.source.constant_type(target) in (str, bytes)

    def _may_be_known(self, target: Node) -> bool:
        return self.options.constants and (target.kind != "Name" or target.fields[0] in self.index.constant_names)

    def fields(self, pattern: Node, target: Node, bindings: Bindings, start: int = 0) -> Matches:
        """Match all fields from `start` on, each with what the ones before it bound."""
        if start == len(pattern.fields):
            yield bindings
            return
        for bound in self.value(pattern.fields[start], target.fields[start], bindings):
            yield from self.fields(pattern, target, bound, start + 1)


def structure(matcher: Matcher, pattern: Node, target: Node, bindings: Bindings) -> Matches:
    """The same kind, and matching fields; those without holes are compared first."""
    if pattern.kind == target.kind and not any(map(_differ, pattern.fields, target.fields)):
        yield from matcher.fields(pattern, target, bindings)


def _differ(pattern: object, target: object) -> bool:
    """True for plain values, such as operators, that are not equal."""
    if isinstance(pattern, tuple):
        return bool(pattern) and isinstance(pattern[0], str) and pattern != target
    return isinstance(pattern, str) and pattern != target


def _either(one: Matches, other: Matches) -> Matches:
    yield from one
    yield from other


HANDLERS: dict[str, Handler] = {
    **match_names.HANDLERS,
    **match_strings.HANDLERS,
    **match_expressions.HANDLERS,
    **match_calls.HANDLERS,
    **match_statements.HANDLERS,
    **match_definitions.HANDLERS,
    **match_imports.HANDLERS,
}
