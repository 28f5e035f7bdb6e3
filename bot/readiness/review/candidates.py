"""A fix turned into lines that the platform may replace, and the file that would come out of it. Nothing is proven here."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from readiness.finding import Edit
from readiness.rulebook import knowledge
from readiness.source.lines import LineTable
from readiness.source.notebook import NotebookSource

_JSON_LINE = re.compile(r"(\s*)(\"(?:[^\"\\]|\\.)*\")(,?\s*)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Lines first to last become `lines`; `text` is the whole file after that."""

    first: int
    last: int
    lines: tuple[str, ...]
    text: str


def in_python(text: str, edits: Sequence[Edit]) -> Candidate | None:
    """The smallest run of whole lines that holds all edits; None where the line ends would be mixed up."""
    if "\r" in text:
        return None
    after = applied(text, edits)
    old, new = text.split("\n"), after.split("\n")
    same_above = _common(old, new)
    same_below = min(_common(old[::-1], new[::-1]), min(len(old), len(new)) - same_above)
    first, last = same_above + 1, len(old) - same_below
    replaced = new[same_above : len(new) - same_below]
    if old == new:
        return None
    if last < first:  # lines were only added: a neighbour goes along
        beside = max(same_above, 1)
        kept = old[beside - 1]
        replaced = [kept, *replaced] if same_above else [*replaced, kept]
        first = last = beside
    return Candidate(first, last, tuple(replaced), after)


def in_notebook(path: str, text: str, edits: Sequence[Edit]) -> Candidate | None:
    """The stored JSON line of the one source line that the edits change, escaped as the notebook has it."""
    notebook = NotebookSource.parse(path, text, aliases=knowledge.aliases())
    if notebook.program is None or not edits:
        return None
    program = notebook.program.text
    table = LineTable(program)
    lines = {table.position(offset)[0] for edit in edits for offset in (edit.start, edit.end)}
    if len(lines) != 1 or any("\n" in edit.replacement for edit in edits):
        return None
    (line,) = lines
    cell = notebook.cell_at(line)
    within = line - notebook.program_line(cell.index, 1)
    before, after = table.line_text(line), LineTable(applied(program, edits)).line_text(line)
    source = cell.source.split("\n")[within]
    if not source.endswith(before):  # a magic was masked: the program's line is not the cell's
        return None
    indent = source[: len(source) - len(before)]
    return _stored(text, cell.content.file_line(within + 1), source, indent + after)


def applied(text: str, edits: Sequence[Edit]) -> str:
    """The text after all edits, whose offsets count in the text before them."""
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text


def _stored(text: str, file_line: int, before: str, after: str) -> Candidate | None:
    stored = text.split("\n")
    found = _JSON_LINE.fullmatch(stored[file_line - 1])
    if found is None or _loaded(found[2]).removesuffix("\n") != before:
        return None
    end = "\n" if _loaded(found[2]).endswith("\n") else ""
    written = json.dumps(after + end, ensure_ascii="\\u" in found[2])
    line = f"{found[1]}{written}{found[3]}"
    changed = [*stored[: file_line - 1], line, *stored[file_line:]]
    return Candidate(file_line, file_line, (line,), "\n".join(changed))


def _loaded(literal: str) -> str:
    try:
        return str(json.loads(literal))
    except json.JSONDecodeError:
        return ""


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
