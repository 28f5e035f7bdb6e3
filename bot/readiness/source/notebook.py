"""A Jupyter notebook as one program: its code cells in order, with an exact way back to cell, line and JSON line."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import nbformat
from nbformat import converter, reader

from readiness.errors import UnreadableSource
from readiness.finding import Location, Skipped
from readiness.source.cells import Cell, read_cell
from readiness.source.json_text import JsonMap, JsonPath
from readiness.source.magics import is_shell
from readiness.source.python import PythonSource

MAX_CHARACTERS = 50_000_000
MAX_CELLS_NAMED = 10
_PYTHON = frozenset({"python", "python2", "python3", "ipython", "ipython2", "ipython3"})
_UNFIT = (nbformat.ValidationError, nbformat.reader.NotJSONError, AttributeError, KeyError, TypeError, ValueError)


class NotebookSource:
    """The cells of a notebook and, for a Python kernel, the program that they make when run from top to bottom."""

    def __init__(
        self, path: str, cells: list[Cell], language: str, major: int, aliases: Mapping[str, str] | None = None
    ) -> None:
        self.path = path
        self.cells = cells
        self.language = language
        self.nbformat = major
        self.skipped: list[Skipped] = []
        self.program: PythonSource | None = None
        self._aliases = aliases
        self._code = [cell for cell in cells if cell.type == "code"]
        self._starts = self._first_lines()
        self._read_program()

    @classmethod
    def parse(cls, path: str, text: str, aliases: Mapping[str, str] | None = None) -> NotebookSource:
        """Read a notebook of nbformat 3 or 4; raises `UnreadableSource` with the place of what is wrong."""
        if len(text) > MAX_CHARACTERS:
            raise UnreadableSource(
                f"the notebook is larger than {MAX_CHARACTERS // 1_000_000} MB",
                where=path,
                advice="Clear its outputs, or keep the data in files.",
            )
        places = JsonMap(path, text)
        raw, major = _read(path, text)
        paths = _cell_paths(places, len(raw.cells))
        try:
            cells = [read_cell(n, cell, places, at) for n, (cell, at) in enumerate(zip(raw.cells, paths, strict=True))]
        except (AttributeError, TypeError, ValueError) as error:
            raise _invalid(path, str(error)) from error
        return cls(path, cells, _language(raw), major, aliases)

    def locate(self, line: int, column: int, end_line: int, end_column: int) -> Location:
        """The place in cell and file of a range of the program; a range over several cells ends with its first."""
        cell, first = self._at(line)
        end_cell, last = self._at(end_line)
        if end_cell is not cell:
            last = cell.source.count("\n") + 1
            end_column = len(cell.source.split("\n")[-1]) + 1
        return self.locate_in_cell(
            cell.index, first, column + _indent(cell, first), last, end_column + _indent(cell, last)
        )

    def locate_in_cell(self, index: int, line: int, column: int, end_line: int, end_column: int) -> Location:
        """The place of a range inside the text of one cell, whatever the cell's type."""
        content = self.cells[index].content
        return Location(
            path=self.path,
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            cell=index,
            file_line=content.file_line(line),
            file_end_line=content.file_line(end_line),
        )

    def locate_output(self, index: int, output: int, line: int) -> Location:
        """The place of a line of an output: the cell's first line, and the output's own line in the stored file."""
        file_line = self.cells[index].outputs[output].content.file_line(line)
        return Location(self.path, cell=index, file_line=file_line, file_end_line=file_line)

    def program_line(self, index: int, line: int) -> int:
        """The line of the program at which this line of a code cell stands."""
        at = next(n for n, cell in enumerate(self._code) if cell.index == index)
        return self._starts[at] + line - 1

    def cell_at(self, program_line: int) -> Cell:
        """The cell that a line of the program comes from."""
        return self._at(program_line)[0]

    def _first_lines(self) -> list[int]:
        starts, line = [], 1
        for cell in self._code:
            starts.append(line)
            line += cell.masked.text.count("\n") + 1
        return starts

    def _at(self, program_line: int) -> tuple[Cell, int]:
        at = max(bisect_right(self._starts, program_line) - 1, 0)
        return self._code[at], program_line - self._starts[at] + 1

    def _read_program(self) -> None:
        if self.language.lower() not in _PYTHON:
            reason = f"notebook for the {self.language} kernel"
            self.skipped.append(Skipped(self.path, reason, expected=True))
            return
        texts = [cell.masked.text for cell in self._code]
        try:
            self.program = self._parse(texts)
        except UnreadableSource:
            self.program = self._parse_what_parses(texts)

    def _parse(self, texts: list[str]) -> PythonSource:
        return PythonSource.parse(
            self.path,
            "\n".join(texts),
            aliases=self._aliases,
            locator=self.locate,
            scope_key=lambda line: self.cell_at(line).key,
        )

    def _parse_what_parses(self, texts: list[str]) -> PythonSource | None:
        """Leave out the cells that are no Python on their own; the lines of the others stay where they are."""
        kept, refused = [], []
        for cell, text in zip(self._code, texts, strict=True):
            try:
                PythonSource.parse(self.path, text)
                kept.append(text)
            except UnreadableSource as error:
                shell = is_shell(cell.source)
                reason = "a shell command, not Python" if shell else error.what
                refused.append(Skipped(self.path, reason, cell=cell.index, line=error.line, expected=shell))
                kept.append("\n" * text.count("\n"))
        for expected in (False, True):
            self.skipped += _together([skip for skip in refused if skip.expected is expected])
        try:
            return self._parse(kept)
        except UnreadableSource as error:
            self.skipped.append(Skipped(self.path, f"its cells together are no program: {error.what}"))
            return None


def _together(cells: list[Skipped]) -> list[Skipped]:
    """One line for all cells of a notebook that were left out: the first with its reason, the others by number."""
    if len(cells) < 2:
        return cells
    first, *others = cells
    numbers = [str((cell.cell or 0) + 1) for cell in others]
    named = numbers if len(numbers) <= MAX_CELLS_NAMED else [*numbers[:MAX_CELLS_NAMED], "..."]
    return [replace(first, reason=f"{first.reason} ({len(others)} more do not parse: {', '.join(named)})")]


def _read(path: str, text: str) -> tuple[Any, int]:
    """The notebook as nbformat 4, and the version that it was stored in."""
    try:
        raw = reader.reads(text)  # type: ignore[no-untyped-call]
        major = int(raw.nbformat)
        notebook = raw if major == 4 else converter.convert(raw, 4)  # type: ignore[no-untyped-call]
    except _UNFIT as error:
        raise _invalid(path, *_explained(error)) from error
    if not isinstance(notebook.get("cells"), list) or not all(isinstance(cell, dict) for cell in notebook.cells):
        raise _invalid(path, "it has no list of cells")
    return notebook, major


def _explained(error: Exception) -> tuple[str, str]:
    cause = error.__cause__ or error
    if isinstance(cause, json.JSONDecodeError):
        return f"no valid JSON: {cause.msg}", f":{cause.lineno}:{cause.colno}"
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__, ""


def _invalid(path: str, what: str, place: str = "") -> UnreadableSource:
    return UnreadableSource(
        f"not a readable notebook: {what}", where=path + place, advice="Open it in Jupyter and save it again."
    )


def _cell_paths(places: JsonMap, count: int) -> list[JsonPath]:
    """Where each cell stands in the stored file: nbformat 3 has its cells in worksheets."""
    found = [path for path in places.offsets if _is_cell(path)]
    return found if len(found) == count else [("cells", index) for index in range(count)]


def _is_cell(path: JsonPath) -> bool:
    in_worksheet = len(path) == 4 and path[0] == "worksheets" and path[2] == "cells"
    return in_worksheet or (len(path) == 2 and path[0] == "cells")


def _language(raw: Any) -> str:
    metadata = raw.get("metadata") or {}
    kernel = metadata.get("kernelspec") or {}
    info = metadata.get("language_info") or {}
    named = kernel.get("language") or info.get("name") or "python"
    return str(named)


def _indent(cell: Cell, line: int) -> int:
    return cell.indents[line - 1] if 0 < line <= len(cell.indents) else 0
