"""What the reviewer says: findings, where they are, how sure it is, and what it could not read."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class _Named(IntEnum):
    """An ordered scale whose members are written in lower case in YAML, JSON and on the command line."""

    @property
    def label(self) -> str:
        """The member as users write it."""
        return self.name.lower()

    def __str__(self) -> str:
        return self.label


class Severity(_Named):
    """How much a finding matters: a note informs, a warning should be mended, an error can block."""

    NOTE = 1
    WARNING = 2
    ERROR = 3


class Confidence(_Named):
    """How likely it is that a reader agrees; low is hidden unless asked for."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3


class Stage(_Named):
    """How far a project is on its way to production; a rule names the first stage at which it applies."""

    EXPLORATION = 1
    CANDIDATE = 2
    PRODUCTION = 3


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A range of text as a person finds it.

    Lines and columns are 1-based; columns count code points; the end column is exclusive. In a notebook `cell` is the
    0-based index over all cells and lines count inside the cell. `file_line` and `file_end_line` are the lines in the
    stored file (the JSON lines of a notebook), the ones that GitHub anchors to; a finding about a whole file is at
    line 1.
    """

    path: str
    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1
    cell: int | None = None
    file_line: int = 1
    file_end_line: int = 1


class StepRole(StrEnum):
    """What a place is for a flow."""

    SOURCE = "source"
    STEP = "step"
    SINK = "sink"


@dataclass(frozen=True, slots=True)
class Step:
    """One place on the way of a flow; `text` is the line of code there."""

    role: StepRole
    location: Location
    text: str

    @property
    def line(self) -> int:
        """The line, in the cell for a notebook."""
        return self.location.line

    @property
    def cell(self) -> int | None:
        """The number of the cell, counted from 1, for a notebook."""
        return None if self.location.cell is None else self.location.cell + 1

    def __str__(self) -> str:
        return f"line {self.line}" if self.cell is None else f"cell {self.cell}, line {self.line}"


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text between two code-point offsets of the analysed text (cells joined, for a notebook)."""

    start: int
    end: int
    replacement: str

    def within(self, text: str, start: int, end: int) -> Edit:
        """The same edit of a text without what it leaves as it is before `start` and from `end` on."""
        old, new = text[self.start : self.end], self.replacement
        above = _common(old, new, min(start - self.start, len(old), len(new)))
        below = _common(old[::-1], new[::-1], min(self.end - end, len(old) - above, len(new) - above))
        return Edit(self.start + above, self.end - below, new[above : len(new) - below])


def _common(one: str, other: str, limit: int) -> int:
    """How many characters two texts begin with together, up to a limit."""
    return next((count for count in range(limit) if one[count] != other[count]), max(limit, 0))


@dataclass(frozen=True, slots=True)
class Fix:
    """A proposed change: `safe` keeps the meaning of the program, otherwise a person should look first."""

    edits: tuple[Edit, ...]
    safe: bool = False
    title: str = ""
    path: str = ""
    """The file that is edited, if it is not the one that the finding stands in."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a senior colleague would raise, at one place."""

    rule: str
    pillar: str
    severity: Severity
    confidence: Confidence
    stage: Stage
    location: Location
    message: str
    next_step: str = ""
    sketch: str = ""
    """A few lines of Python that begin the next step, over names of the project."""
    symbol: str = ""
    bindings: dict[str, str] = field(default_factory=dict)
    fix: Fix | None = None
    anchor: str = ""
    """The whitespace-normalised text that the finding stands on: what the fingerprint is made of."""
    scope_key: str = ""
    """Enclosing symbol, or the id of the notebook cell: the other part of the fingerprint."""
    source_lines: tuple[str, ...] = ()
    """The code lines to show with a marker; empty for a finding about a whole file or project."""
    steps: tuple[Step, ...] = ()
    """The way of a flow, from its source to its sink."""
    project: bool = False
    """True if the finding was concluded from several files."""
    cause: str = ""
    """What findings of the rule in one file have in common (`uses of numpy.in1d`), if one stands for all of them."""
    change: bool = False
    """True if the finding is about what a change did: it is new wherever it stands."""
    fingerprint: str = ""

    @property
    def mended_path(self) -> str:
        """The file that the fix edits."""
        return (self.fix.path if self.fix else "") or self.location.path


@dataclass(frozen=True, slots=True, order=True)
class Skipped:
    """A file (or a part of it: `cell`) that was not analysed, and why; an incomplete run never looks clean.

    `expected` marks what the user asked to leave out (other languages' kernels, generated files): it is listed but
    does not make the run incomplete.
    """

    path: str
    reason: str
    cell: int | None = None
    line: int | None = None
    expected: bool = False
