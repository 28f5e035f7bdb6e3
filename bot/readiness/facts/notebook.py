"""The facts of a notebook: its cells and outputs, its undefined names, and what its program tells."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from readiness.facts.framing import NOTEBOOK, framing, statement_of
from readiness.facts.model import CellFact, FileFacts, FunctionFact, Hit, NotebookFact, OutputFact, StatementFact
from readiness.facts.python import python_facts
from readiness.facts.undefined import undefined_names
from readiness.source.cells import Cell
from readiness.source.document import DocumentSource
from readiness.source.notebook import NotebookSource


def notebook_facts(notebook: NotebookSource, facts: FileFacts) -> FileFacts:
    """The facts of a file, with those that its cells tell."""
    if notebook.program is not None:
        facts = python_facts(notebook.program, facts)
        facts = replace(facts, functions=tuple(_in_cell(notebook, function) for function in facts.functions))
    cells = tuple(_cell(notebook, cell) for cell in notebook.cells)
    names = undefined_names(notebook)
    return replace(
        facts, notebook=NotebookFact(cells, notebook.language, notebook.nbformat, names, _statement(notebook))
    )


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


def _statement(notebook: NotebookSource) -> StatementFact | None:
    """What the notebook is for: the first text, or one under a heading that announces it."""
    prose = [cell for cell in notebook.cells if cell.type == "markdown"]
    likely = [cell for cell in prose if cell is prose[0] or _announces(cell)]
    for cell in likely:
        found = statement_of(
            DocumentSource.parse(notebook.path, cell.source), partial(_line_hit, notebook, cell), place=NOTEBOOK
        )
        if found is not None:
            return found
    return None


def _announces(cell: Cell) -> bool:
    return framing().announces(cell.source.lstrip().partition("\n")[0].lstrip("# ")) is not None


def _hit(notebook: NotebookSource, cell: Cell) -> Hit:
    """The first line of a cell that says something; comments say less than code."""
    lines = cell.source.split("\n")
    spoken = [n for n, line in enumerate(lines) if line.strip()]
    code = [n for n in spoken if cell.type != "code" or not lines[n].lstrip().startswith("#")]
    return _line_hit(notebook, cell, next(iter(code or spoken), 0) + 1)


def _line_hit(notebook: NotebookSource, cell: Cell, line: int) -> Hit:
    text = cell.source.split("\n")[line - 1]
    indent = len(text) - len(text.lstrip())
    location = notebook.locate_in_cell(cell.index, line, indent + 1, line, len(text.rstrip()) + 1)
    return Hit(location, anchor=" ".join(text.split()), scope_key=cell.key, source_lines=(text,))
