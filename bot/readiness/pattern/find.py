"""Find the places in a program that a compiled formula describes."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from readiness.pattern.bindings import Binding, Bindings, Place
from readiness.pattern.evaluate import Evaluator
from readiness.pattern.index import Index
from readiness.pattern.plan import compile_formula
from readiness.pattern.ranges import Range
from readiness.pattern.steps import Plan
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.source.python import PythonSource

__all__ = [
    "Binding",
    "CompiledFormula",
    "Match",
    "compile_formula",
    "exists",
    "find",
    "find_each",
    "missing_words",
    "words_of",
]

CompiledFormula: TypeAlias = Plan


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


def words_of(source: PythonSource) -> AbstractSet[str]:
    """Every name of a program, of whatever it is one, and the keywords of its statements."""
    return index_of(source).words


def missing_words(compiled: Plan, source: PythonSource) -> frozenset[str]:
    """Words of which the formula needs one and the program has none; empty if it may match."""
    words = words_of(source)
    return next((clause for clause in compiled.required if words.isdisjoint(clause)), frozenset())


def find(compiled: Plan, source: PythonSource) -> list[Match]:
    """The places that the formula finds, in the order of the text, each once."""
    ranges = [range_ for found in _found(compiled, source) for range_ in found]
    if len(ranges) == 1:  # where it stands, which is dear to know, does not matter
        return [Match(ranges[0].place, ranges[0].bindings)]
    first = {range_.place.span: range_ for range_ in reversed(ranges)}
    return [Match(first[span].place, first[span].bindings) for span in sorted(first, key=_outer_first)]


def find_each(compiled: Plan, source: PythonSource) -> list[Match]:
    """As `find`, but a place is found once for each way in which its metavariables can be bound."""
    return [Match(range_.place, range_.bindings) for found in _found(compiled, source) for range_ in found]


def exists(compiled: Plan, source: PythonSource) -> bool:
    """Whether the formula finds any place at all, which costs less than to know which."""
    return any(_found(compiled, source))


def _found(compiled: Plan, source: PythonSource) -> Iterator[list[Range]]:
    """What each alternative of the formula finds."""
    evaluator = Evaluator(source, index_of(source), compiled)
    for number in compiled.watch.possible(words_of(source)):
        yield evaluator.run(compiled.alternatives[number])


def _outer_first(span: tuple[int, int]) -> tuple[int, int]:
    return span[0], -span[1]


def index_of(source: PythonSource) -> Index:
    """The tables of a program, shared by all formulas that run over it."""
    index = source.derived.get(Index)
    if not isinstance(index, Index):
        index = source.derived[Index] = Index(source)
    return index
