"""The facts of a notebook: its cells and outputs, its undefined names, and what its program tells."""

from __future__ import annotations

from dataclasses import replace

from readiness.facts.model import CellFact, FileFacts, FunctionFact, Hit, NotebookFact, OutputFact
from readiness.facts.python import python_facts
from readiness.facts.undefined import undefined_names
from readiness.source.cells import Cell
from readiness.source.notebook import NotebookSource


def notebook_facts(notebook: NotebookSource, facts: FileFacts) -> FileFacts:
    """The facts of a file, with those that its cells tell."""
    if notebook.program is not None:
        facts = python_facts(notebook.program, facts)
        facts = replace(facts, functions=tuple(_in_cell(notebook, function) for function in facts.functions))
    cells = tuple(_cell(notebook, cell) for cell in notebook.cells)
    names = undefined_names(notebook)
    return replace(facts, notebook=NotebookFact(cells, notebook.language, notebook.nbformat, names))


def _in_cell(notebook: NotebookSource, function: FunctionFact) -> FunctionFact:
    cell = notebook.cells[function.hit.location.cell or 0]
    return replace(function, hit=replace(function.hit, scope_key=cell.key))


def _cell(notebook: NotebookSource, cell: Cell) -> CellFact:
    return CellFact(
        index=cell.index,
        type=cell.type,
        id=cell.id,
        execution_count=cell.execution_count,
        tags=cell.tags,
        lines=len(cell.source.split("\n")) if cell.source else 0,
        empty=not cell.source.strip(),
        outputs=tuple(OutputFact(output.type, output.name, output.size, output.mime) for output in cell.outputs),
        hit=_hit(notebook, cell),
    )


def _hit(notebook: NotebookSource, cell: Cell) -> Hit:
    """The first line of a cell that says something; comments say less than code."""
    lines = cell.source.split("\n")
    spoken = [n for n, line in enumerate(lines) if line.strip()]
    code = [n for n in spoken if cell.type != "code" or not lines[n].lstrip().startswith("#")]
    first = next(iter(code or spoken), 0)
    text = lines[first]
    indent = len(text) - len(text.lstrip())
    location = notebook.locate_in_cell(cell.index, first + 1, indent + 1, first + 1, len(text.rstrip()) + 1)
    return Hit(location, anchor=" ".join(text.split()), scope_key=cell.key, source_lines=(text,))
