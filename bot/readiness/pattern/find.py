"""Find the places in a program that a compiled formula describes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.pattern.bindings import Binding, Bindings, Place
from readiness.pattern.evaluate import Evaluator, can_hold
from readiness.pattern.index import Index
from readiness.pattern.plan import CompiledFormula, Plan, compile_formula
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.source.python import PythonSource

__all__ = ["Binding", "CompiledFormula", "Match", "can_match", "compile_formula", "find"]


@dataclass(frozen=True, slots=True)
class Match:
    """One place, and what its metavariables are bound to."""

    place: Place
    bindings: Bindings

    @property
    def start(self) -> int:
        """Code-point offset of the first character."""
        return self.place.span[0]

    @property
    def end(self) -> int:
        """Code-point offset after the last character."""
        return self.place.span[1]

    @property
    def first(self) -> Node:
        """The node that it begins with; for a piece of text the statement around it."""
        return self._node(0, self.start)

    @property
    def last(self) -> Node:
        """The node that it ends with."""
        return self._node(-1, self.end - 1)

    def texts(self) -> dict[str, str]:
        """What stands for each metavariable, as text."""
        return {name: bound.text for name, bound in self.bindings.items()}

    def _node(self, number: int, offset: int) -> Node:
        if self.place.nodes:
            return self.place.nodes[number]
        return self.place.source.statement_at(offset) or self.place.source.tree


def can_match(compiled: Plan, source: PythonSource) -> bool:
    """False if the program lacks a name that the formula cannot do without."""
    return can_hold(compiled.required, source)


def find(compiled: Plan, source: PythonSource) -> list[Match]:
    """The places that the formula finds, in the order of the text, each once."""
    index = index_of(source)
    parts = [part for part in compiled.parts or (compiled,) if can_match(part, source)]
    ranges = [range_ for part in parts for range_ in Evaluator(source, index, part).result()]
    first = {range_.place.span: range_ for range_ in reversed(ranges)}
    return [Match(first[span].place, first[span].bindings) for span in sorted(first, key=_outer_first)]


def _outer_first(span: tuple[int, int]) -> tuple[int, int]:
    return span[0], -span[1]


def index_of(source: PythonSource) -> Index:
    """The tables of a program, shared by all formulas that run over it."""
    index = source.derived.get(Index)
    if not isinstance(index, Index):
        index = source.derived[Index] = Index(source)
    return index
