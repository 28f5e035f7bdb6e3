"""What a notebook tells the rest of the project: records of its cells and their outputs."""

from __future__ import annotations

from dataclasses import dataclass

from readiness.facts.hit import Hit
from readiness.facts.texts import StatementFact


@dataclass(frozen=True, slots=True)
class OutputFact:
    """One output of a notebook cell, without its data."""

    type: str  # stream, display_data, execute_result, error
    name: str = ""  # stdout/stderr, or the error's class
    size: int = 0
    mime: tuple[str, ...] = ()
    home: str = ""
    """The first home folder of a person that it shows, such as `/home/ana`."""
    emails: int = 0
    """How many different e-mail addresses it shows."""


@dataclass(frozen=True, slots=True)
class CellFact:
    """One cell: index counts all cells from 0, number is what a person counts from 1."""

    index: int
    type: str  # code, markdown, raw
    id: str = ""
    execution_count: int | None = None
    tags: tuple[str, ...] = ()
    lines: int = 0
    empty: bool = False
    outputs: tuple[OutputFact, ...] = ()
    hit: Hit | None = None
    """Where a finding about the cell is anchored: its first line of code."""
    commented: bool = False
    """Code with a line that is only a comment."""
    imports: int = 0
    """Import statements outside of functions, branches and `try`."""
    late: bool = False
    """Code other than imports stands in a cell above."""
    statements: int = 0
    """Statements at any depth; a magic and a shell command are none."""
    invalid: bool = False
    """Code that is neither Python nor a command of the shell: it was left out, and what it says is unknown."""
    repeats: int | None = None
    """The number of the first cell above that holds the same code."""

    @property
    def number(self) -> int:
        """What a person counts, from 1."""
        return self.index + 1


@dataclass(frozen=True, slots=True)
class UndefinedName:
    """A name that a notebook uses before any cell above has defined it."""

    name: str
    hit: Hit
    cell: int
    defined_later: bool
    """A later cell defines it: the notebook runs only in another order than it is written."""
    defined_in_cell: int | None = None


@dataclass(frozen=True, slots=True)
class StaleUse:
    """A name in a cell that was run before the cell above that defines it was run again."""

    name: str
    hit: Hit
    number: int
    """The cell that uses the name, counted from 1, and its execution count."""
    execution_count: int
    defined_in: int
    defined_count: int


@dataclass(frozen=True, slots=True)
class NotebookFact:
    """The whole notebook, for rules of kind `notebook`."""

    cells: tuple[CellFact, ...] = ()
    language: str = "python"
    nbformat: int = 4
    undefined_names: tuple[UndefinedName, ...] = ()
    statement: StatementFact | None = None
    stale_uses: tuple[StaleUse, ...] = ()
    name: str = ""
    """The file's name without its ending."""
    words: int = 0
    """Words in cells of Markdown."""
    code_cells: int = 0
    executed_cells: int = 0
    """Cells that keep the number of a run."""
    code_lines: int = 0
    functions: int = 0
    widget_state: int = 0
    """Characters of the stored state of its widgets."""
