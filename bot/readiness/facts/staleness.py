"""Cells of a notebook that show what an earlier run of another cell gave, told by the saved execution counts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter

from readiness.facts.cells import StaleUse
from readiness.facts.python import is_variable
from readiness.source.cells import Cell
from readiness.source.names import is_target
from readiness.source.notebook import NotebookSource
from readiness.source.python import PythonSource
from readiness.source.tree import Node


def stale_uses(notebook: NotebookSource) -> tuple[StaleUse, ...]:
    """Each cell at most once, at the first name whose nearest definition above was run after it."""
    program = notebook.program
    if program is None or sum(cell.execution_count is not None for cell in notebook.cells) < 2:
        return ()
    found: dict[int, StaleUse] = {}
    for use in _uses(notebook, program):
        found.setdefault(use.number, use)
    return tuple(found[number] for number in sorted(found))


def _uses(notebook: NotebookSource, program: PythonSource) -> Iterator[StaleUse]:
    definitions = _definitions(notebook, program)
    for name in program.by_kind.get("Name", ()):
        if not is_variable(name) or is_target(name) or name.get("id") not in definitions:
            continue
        scope = program.names.binding_scope(name)
        if scope is None or scope.node.kind != "Module" or _is_inside_function(name):
            continue
        cell = _cell_of(notebook, program, name)
        bound = definitions[name.get("id")]
        above = bisect_right(bound, cell.index, key=attrgetter("index"))
        if above and bound[above - 1].index < cell.index:
            yield from _judged(program, name, cell, bound[above - 1])


def _judged(program: PythonSource, name: Node, cell: Cell, nearest: Cell) -> Iterator[StaleUse]:
    ran, defined = cell.execution_count, nearest.execution_count
    if ran is not None and defined is not None and defined > ran:
        hit = program.hit(*program.span(name))
        yield StaleUse(str(name.get("id")), hit, cell.index + 1, ran, nearest.index + 1, defined)


def _definitions(notebook: NotebookSource, program: PythonSource) -> dict[str, list[Cell]]:
    """The cells that bind a name at module level, in order; an import gives the same however often it runs."""
    bound = program.names.scope_at(program.tree).bound
    return {
        name: sorted((_cell_of(notebook, program, node) for node in nodes), key=attrgetter("index"))
        for name, nodes in bound.items()
        if not name.startswith("_")
    }


def _cell_of(notebook: NotebookSource, program: PythonSource, node: Node) -> Cell:
    # A statement stands in one cell, and unlike some of its parts it has a place that is known without libcst.
    start, _ = program.span(program.enclosing_statement(node))
    return notebook.cell_at(program.lines.position(start)[0])


def _is_inside_function(node: Node) -> bool:
    parent = node.parent
    while parent is not None and parent.kind not in ("FunctionDef", "Lambda"):
        parent = parent.parent
    return parent is not None
