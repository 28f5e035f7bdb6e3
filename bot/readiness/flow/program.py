"""The flow graph of a whole program, made once for all rules that ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from readiness.finding import Skipped
from readiness.flow.build import Builder, Definition, TooMuchWork, Value
from readiness.flow.functions import enter, enter_uncalled, uncalled
from readiness.flow.graph import FlowGraph
from readiness.flow.knowledge import Knowledge, Options
from readiness.flow.units import MODULE, Selection, units_of
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.source.python import PythonSource

_WORK_FOR_A_NODE = 30
_WORK_AT_LEAST = 20_000
_FOLLOWED = 20_000
"""Nodes of the graph until which calls are followed and loops unrolled; what comes later is taken as unknown."""


class FlowProgram:
    """The flow graph of (some units of) a program, and which parts of it were too much work."""

    def __init__(self, source: PythonSource, options: Options, selection: Selection) -> None:
        self.source = source
        self.unfinished: list[Node] = []
        self._followed = _FOLLOWED if MODULE in selection else 0
        self._builder = Builder(source, options, self._followed)
        self._within_limits(source.tree, self._module)
        self._followed = _FOLLOWED
        units = units_of(source)
        for definition in source.by_kind.get("ClassDef", ()):
            if units.of(definition.enter) in selection:
                self._within_limits(definition, partial(self._class, definition))
        for function in uncalled(self._builder, source.tree):
            if units.of(function.enter) in selection:
                self._within_limits(function, partial(enter_uncalled, self._builder, function))

    @property
    def graph(self) -> FlowGraph:
        """The graph."""
        return self._builder.graph

    @property
    def knowledge(self) -> Knowledge:
        """What was known beforehand."""
        return self._builder.knowledge

    def _within_limits(self, code: Node, walk: Callable[[], object]) -> None:
        """Walk a part of the program; if it is too much work, go on with the next part."""
        b = self._builder
        before = b.state
        allowed = _WORK_AT_LEAST + _WORK_FOR_A_NODE * (code.leave - code.enter)
        b.limit = len(b.graph) + allowed
        b.follow_limit = min(self._followed, len(b.graph) + allowed // 2)  # so that following calls is never too much
        try:
            walk()
        except TooMuchWork:
            self.unfinished.append(code)
            b.state = before

    def _module(self) -> None:
        self._builder.block(self.source.tree.fields[0])
        self._builder.state.dead = False

    def _class(self, definition: Node) -> None:
        """The methods of a class one after the other, on one object; `__init__` comes first."""
        b = self._builder
        methods = [statement for statement in definition.fields[4] if statement.kind == "FunctionDef"]
        if all(method.enter in b.entered for method in methods):
            return
        outer = b.state
        b.state = outer.layer()
        instance = b.as_object(Value(b.join_node()))
        b.classes[instance.objects[0]] = Definition(definition, b.module)
        for method in sorted(methods, key=lambda method: method.fields[1].fields[0] != "__init__"):
            receiver = Value(b.state.state_of(instance.objects[0]), instance.objects)
            b.state = enter(b, Definition(method, b.definitions.get(method.enter, b.module), receiver))
        b.state = outer


def unfinished(source: PythonSource) -> Iterator[Skipped]:
    """The parts of a program whose flows were too much work."""
    known = source.derived.get(FlowProgram, {})
    for program in known.values() if isinstance(known, dict) else ():
        for code in program.unfinished:
            place = source.locate(*source.header_span(code))
            what = source.enclosing_symbol(code) or "the module"
            reason = f"the data flow of {what} was followed only in part: it is too large"
            yield Skipped(place.path, reason, cell=place.cell, line=place.line)


def program_of(source: PythonSource, options: Options, selection: Selection | None = None) -> FlowProgram:
    """The flow graph of a program, or of some of its units, from its first use on."""
    known = source.derived.setdefault(FlowProgram, {})
    if not isinstance(known, dict):
        raise TypeError("PythonSource.derived holds something else under FlowProgram")
    key = options, units_of(source).all if selection is None else selection
    if key not in known:
        known[key] = FlowProgram(source, *key)
    program = known[key]
    if not isinstance(program, FlowProgram):
        raise TypeError("PythonSource.derived holds something else under FlowProgram")
    return program
