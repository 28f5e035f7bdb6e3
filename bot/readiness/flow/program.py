"""The flow graph of a whole program, made once for all rules that ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from readiness.finding import Skipped
from readiness.flow.build import Builder, Callable, TooMuchWork, Value
from readiness.flow.functions import enter, walk_uncalled
from readiness.flow.graph import FlowGraph, Role
from readiness.flow.knowledge import Options
from readiness.source.tree import Node

if TYPE_CHECKING:
    from readiness.source.python import PythonSource

_WORK_FOR_A_NODE = 30
_WORK_AT_LEAST = 80_000


class FlowProgram:
    """The flow graph of a program, and which parts of it were too much work."""

    def __init__(self, source: PythonSource, options: Options) -> None:
        self.source = source
        self.unfinished: list[Node] = []
        limit = _WORK_AT_LEAST + _WORK_FOR_A_NODE * len(source.nodes)
        self._builder = Builder(source, options, limit)
        self._walk()

    @property
    def graph(self) -> FlowGraph:
        """The graph."""
        return self._builder.graph

    def _walk(self) -> None:
        b = self._builder
        try:
            b.block(self.source.tree.fields[0])
            b.state.dead = False
            for definition in self.source.by_kind.get("ClassDef", ()):
                self._class(definition)
            walk_uncalled(b, self.source.tree)
        except TooMuchWork:
            self.unfinished.append(b.activation.code)

    def _class(self, definition: Node) -> None:
        """The methods of a class one after the other, on one object; `__init__` comes first."""
        b = self._builder
        methods = [statement for statement in definition.fields[4] if statement.kind == "FunctionDef"]
        if all(method.enter in b.entered for method in methods):
            return
        outer = b.state
        b.state = outer.layer()
        instance = b.as_object(Value(b.graph.node(None, 0, Role.JOIN)))
        b.classes[instance.objects[0]] = Callable(definition, b.module)
        for method in sorted(methods, key=lambda method: method.fields[1].fields[0] != "__init__"):
            receiver = Value(b.state.state_of(instance.objects[0]), instance.objects)
            b.state = enter(b, Callable(method, b.definitions.get(method.enter, b.module), receiver))
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


def program_of(source: PythonSource, options: Options) -> FlowProgram:
    """The flow graph of a program, from its first use on."""
    known = source.derived.setdefault(FlowProgram, {})
    if not isinstance(known, dict):
        raise TypeError("PythonSource.derived holds something else under FlowProgram")
    if options not in known:
        known[options] = FlowProgram(source, options)
    program = known[options]
    if not isinstance(program, FlowProgram):
        raise TypeError("PythonSource.derived holds something else under FlowProgram")
    return program
