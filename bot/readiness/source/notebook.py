"""A Jupyter notebook as one program: its code cells in order, with an exact way back to cell, line and JSON line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace

from readiness.errors import UnreadableSource
from readiness.finding import Location, Skipped
from readiness.source.cells import Cell
from readiness.source.magics import is_shell
from readiness.source.python import PythonSource

MAX_CELLS_NAMED = 10
_PYTHON = frozenset({"python", "python2", "python3", "ipython", "ipython2", "ipython3"})


class NotebookSource:
    """The cells of a notebook and, for a Python kernel, the program that they make when run from top to bottom."""

    def __init__(
        self,
        path: str,
        cells: list[Cell],
        language: str,
        major: int,
        aliases: Mapping[str, str] | None = None,
        widget_state: int = 0,
    ) -> None:
        self.path = path
        self.cells = cells
        self.language = language
        self.nbformat = major
        self.widget_state = widget_state
        self.skipped: list[Skipped] = []
        self.unread: frozenset[int] = frozenset()
        self.program: PythonSource | None = None
        self._aliases = aliases
        self._code = [cell for cell in cells if cell.type == "code"]
        self._starts = self._first_lines()
        self._read_program()

    @classmethod
    def parse(cls, path: str, text: str, aliases: Mapping[str, str] | None = None) -> NotebookSource:
        """Read a notebook of nbformat 3 or 4; raises `UnreadableSource` with the place of what is wrong."""
        # nbformat takes longer to load than most projects take to check; those without notebooks do not wait for it.
        from readiness.source.stored_notebook import read_stored

        stored = read_stored(path, text)
        return cls(path, stored.cells, stored.language, stored.major, aliases, stored.widget_state)

    def locate(self, line: int, column: int, end_line: int, end_column: int) -> Location:
        """The place in cell and file of a range of the program; a range over several cells ends with its first."""
        cell, first = self._at(line)
        end_cell, last = self._at(end_line)
        if end_cell is not cell:
            last = cell.source.count("\n") + 1
            end_column = len(cell.source.split("\n")[-1]) + 1
        return self.locate_in_cell(cell.index, first, column + cell.indent(first), last, end_column + cell.indent(last))

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
        self.unread = frozenset(skip.cell for skip in refused if skip.cell is not None)
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
