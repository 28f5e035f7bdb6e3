"""A fix as the new bytes of a file: only what its edits name is changed, in whatever way the file is stored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from readiness.facts.sorts import FileKind
from readiness.finding import Edit
from readiness.fix.edits import applied, smallest
from readiness.rulebook import knowledge
from readiness.source.cells import Cell
from readiness.source.json_string import StoredText
from readiness.source.json_text import JsonMap
from readiness.source.lines import LineTable
from readiness.source.notebook import NotebookSource
from readiness.source.text import exact_encoding

_BARE_NEWLINE = re.compile(r"(?<!\r)\n")


class FixRefused(Exception):
    """A fix that was not applied; the text says why."""


def spliced(path: str, kind: FileKind, data: bytes, edits: Iterable[Edit]) -> bytes:
    """The file after the edits; raises `FixRefused` where they cannot be made exactly, `UnreadableSource` as readers do."""
    encoding = exact_encoding(path, data)
    text = data.decode(encoding)
    if text.encode(encoding) != data:
        raise FixRefused(f"the bytes of the file are not those that {encoding} would write")
    stored = _in_notebook(path, text, edits) if kind is FileKind.NOTEBOOK else _in_code(text, edits)
    try:
        return applied(text, stored).encode(encoding)
    except UnicodeEncodeError as error:
        raise FixRefused(f"{encoding} has no {error.object[error.start]!r}") from error


def _in_code(text: str, edits: Iterable[Edit]) -> Iterator[Edit]:
    """The edits with the line ends of the text."""
    crlf = "\r\n" in text
    for edit in edits:
        new = _BARE_NEWLINE.sub("\r\n", edit.replacement) if crlf else edit.replacement
        yield smallest(text, replace(edit, replacement=new))


def _in_notebook(path: str, text: str, edits: Iterable[Edit]) -> list[Edit]:
    """The edits of the program of a notebook as edits of its stored file."""
    notebook = NotebookSource.parse(path, text, aliases=knowledge.aliases())
    if notebook.program is None:
        raise FixRefused("the cells of the notebook are no program")
    places = JsonMap(path, text)
    table = LineTable(notebook.program.text)
    return [_stored(notebook, places, text, table, smallest(table.text, edit)) for edit in edits]


def _stored(notebook: NotebookSource, places: JsonMap, text: str, table: LineTable, edit: Edit) -> Edit:
    cell = notebook.cell_at(table.position(edit.start)[0])
    begin = table.offset(notebook.program_line(cell.index, 1))
    within = _in_cell(cell, Edit(edit.start - begin, edit.end - begin, edit.replacement))
    stored = StoredText(text, places.literals(cell.stored_at))
    found = stored.edit(within.start, within.end, within.replacement) if stored.text == cell.source else None
    if found is None:
        raise FixRefused("the text of the cell is stored in a way that has no exact place for it")
    return found


def _in_cell(cell: Cell, edit: Edit) -> Edit:
    """An edit of the plain Python of a cell as an edit of its text, which may hold magics and be indented."""
    masked = LineTable(cell.masked.text)
    if edit.end == len(masked.text) + 1:  # with the line end that only joins the cell to the next one
        edit = Edit(edit.start, edit.end - 1, edit.replacement.removesuffix("\n"))
    if edit.end > len(masked.text):
        raise FixRefused("it changes more than one cell")
    (line, column), (end_line, end_column) = masked.position(edit.start), masked.position(edit.end)
    source = cell.source.split("\n")
    ends_before = end_line > line and end_column == 1
    for number in range(line, end_line + (not ends_before)):
        _must_be_code(cell, source, masked, number, column if number == line else 1)
    indent = source[line - 1][: cell.indent(line)]
    table = LineTable(cell.source)
    return Edit(
        table.offset(line, column + cell.indent(line)),
        table.offset(end_line, end_column + cell.indent(end_line)),
        edit.replacement.replace("\n", "\n" + indent),
    )


def _must_be_code(cell: Cell, source: list[str], masked: LineTable, line: int, column: int) -> None:
    """Refuse a line that is not written as rules see it: one of IPython's own."""
    written = source[line - 1][cell.indent(line) + column - 1 :]
    if written != masked.line_text(line)[column - 1 :]:
        raise FixRefused("the line holds IPython's own syntax")
