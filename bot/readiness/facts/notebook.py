"""The facts of a notebook: its cells and outputs, its undefined names, and what its program tells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from readiness.facts.cells import CellFact, NotebookFact
from readiness.facts.framing import NOTEBOOK, framing, statement_of
from readiness.facts.functions import count_statements
from readiness.facts.hit import Hit
from readiness.facts.model import FileFacts, FunctionFact, ManifestFact
from readiness.facts.outputs import output_fact
from readiness.facts.python import python_facts
from readiness.facts.staleness import stale_uses
from readiness.facts.texts import StatementFact
from readiness.facts.undefined import undefined_names
from readiness.source.cells import Cell
from readiness.source.document import DocumentSource
from readiness.source.installs import installed
from readiness.source.magics import is_shell
from readiness.source.notebook import NotebookSource

_COMMENT = re.compile(r"^\s*#", re.MULTILINE)


def notebook_facts(notebook: NotebookSource, facts: FileFacts) -> FileFacts:
    """The facts of a file, with those that its cells tell."""
    if notebook.program is not None:
        facts = python_facts(notebook.program, facts)
        facts = replace(facts, functions=tuple(_in_cell(notebook, function) for function in facts.functions))
    cells = tuple(_cells(notebook))
    code = [cell for cell in cells if cell.type == "code" and not cell.empty]
    fact = NotebookFact(
        cells=cells,
        language=notebook.language,
        nbformat=notebook.nbformat,
        undefined_names=undefined_names(notebook),
        statement=_statement(notebook),
        stale_uses=stale_uses(notebook),
        name=PurePosixPath(notebook.path).stem,
        words=sum(len(cell.source.split()) for cell in notebook.cells if cell.type == "markdown"),
        code_cells=len(code),
        executed_cells=sum(cell.execution_count is not None for cell in cells),
        code_lines=sum(cell.lines for cell in code),
        functions=len(facts.functions),
        widget_state=notebook.widget_state,
    )
    return replace(facts, notebook=fact, manifest=_installs(notebook))


def _installs(notebook: NotebookSource) -> ManifestFact | None:
    """What commands in the cells install."""
    found = tuple(
        declared.at(_hit(notebook, cell, magic.line), "notebook")
        for cell in notebook.cells
        for magic in cell.magics
        for declared in installed(magic.args if magic.name == "!" else f"{magic.name} {magic.args}")
    )
    return ManifestFact(type="notebook", dependencies=found) if found else None


def _in_cell(notebook: NotebookSource, function: FunctionFact) -> FunctionFact:
    cell = notebook.cells[function.hit.location.cell or 0]
    return replace(function, hit=replace(function.hit, scope_key=cell.key))


def _cells(notebook: NotebookSource) -> Iterator[CellFact]:
    imports, statements = _counts(notebook)
    first: dict[str, int] = {}
    late = False
    for cell in notebook.cells:
        code = "\n".join(line.rstrip() for line in cell.source.strip().split("\n")) if cell.type == "code" else ""
        repeats = first.setdefault(code, cell.index + 1) if code else None
        yield replace(
            _cell(notebook, cell),
            imports=imports[cell.index],
            late=late,
            statements=statements[cell.index],
            repeats=None if repeats == cell.index + 1 else repeats,
        )
        late = late or (bool(code) and imports[cell.index] == 0)


def _counts(notebook: NotebookSource) -> tuple[Counter[int], Counter[int]]:
    """How many import statements each cell has of its own, outside of anything else, and how many statements at all."""
    program = notebook.program
    imports: Counter[int] = Counter()
    statements: Counter[int] = Counter()
    if program is not None:
        for statement in program.tree.get("body"):
            cell = notebook.cell_at(program.lines.position(program.span(statement)[0])[0]).index
            imports[cell] += statement.kind in ("Import", "ImportFrom")
            statements[cell] += count_statements(program, statement)
    return imports, statements


def _cell(notebook: NotebookSource, cell: Cell) -> CellFact:
    return CellFact(
        index=cell.index,
        type=cell.type,
        id=cell.id,
        execution_count=cell.execution_count,
        tags=cell.tags,
        lines=len(cell.source.split("\n")) if cell.source else 0,
        empty=not cell.source.strip(),
        commented=cell.type == "code" and _COMMENT.search(cell.source) is not None,
        outputs=tuple(map(output_fact, cell.outputs)),
        invalid=cell.index in notebook.unread and not is_shell(cell.source),
        hit=_hit(notebook, cell, _first_line(cell)),
    )


def _statement(notebook: NotebookSource) -> StatementFact | None:
    """What the notebook is for: the first text, or one under a heading that announces it."""
    prose = [cell for cell in notebook.cells if cell.type == "markdown"]
    likely = [cell for cell in prose if cell is prose[0] or _announces(cell)]
    for cell in likely:
        text = DocumentSource.parse(notebook.path, cell.source)
        found = statement_of(text, partial(_hit_of_line, notebook, cell), place=NOTEBOOK)
        if found is not None:
            return found
    return None


def _hit_of_line(notebook: NotebookSource, cell: Cell, line: int) -> Hit:
    return _hit(notebook, cell, line - 1)


def _announces(cell: Cell) -> bool:
    return framing().announces(cell.source.lstrip().partition("\n")[0].lstrip("# ")) is not None


def _first_line(cell: Cell) -> int:
    """The first line of a cell that says something; comments say less than code."""
    lines = cell.source.split("\n")
    spoken = [n for n, line in enumerate(lines) if line.strip()]
    code = [n for n in spoken if cell.type != "code" or not lines[n].lstrip().startswith("#")]
    return next(iter(code or spoken), 0)


def _hit(notebook: NotebookSource, cell: Cell, line: int) -> Hit:
    text = cell.source.split("\n")[line]
    indent = len(text) - len(text.lstrip())
    location = notebook.locate_in_cell(cell.index, line + 1, indent + 1, line + 1, len(text.rstrip()) + 1)
    return Hit(location, anchor=" ".join(text.split()), scope_key=cell.key, source_lines=(text,))
