"""The cells and outputs of a notebook, read by nbformat, each line with its line in the stored file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from readiness.source.json_text import JsonMap, JsonPath
from readiness.source.magics import Magic, Masked, mask

MAX_OUTPUT_TEXT = 200_000
"""Characters of one output that are kept; a longer one is cut, its `size` still tells the truth."""

_NOTHING = Masked("")
_ANSI = re.compile(r"\x1b\[[0-9;]*m")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Text:
    """Text of a notebook and, for each of its lines, the line in the stored file."""

    text: str
    file_lines: tuple[int, ...]

    def file_line(self, line: int) -> int:
        """The line in the stored file of a 1-based line of the text."""
        return self.file_lines[min(line, len(self.file_lines)) - 1]


@dataclass(frozen=True, slots=True)
class Output:
    """One output: its text, never its pictures."""

    type: str
    name: str
    size: int
    mime: tuple[str, ...]
    content: Text

    @property
    def text(self) -> str:
        """What a reader sees as text, at most `MAX_OUTPUT_TEXT` characters of it."""
        return self.content.text


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; `masked` is its code as plain Python, without the indentation that IPython takes off."""

    index: int
    type: str
    id: str
    execution_count: int | None
    tags: tuple[str, ...]
    content: Text
    outputs: tuple[Output, ...] = ()
    masked: Masked = _NOTHING
    indents: tuple[int, ...] = ()
    """How many columns each line lost to IPython; empty if none did."""
    stored_at: JsonPath = ()
    """Where its text stands in the stored file."""

    @property
    def source(self) -> str:
        """The text of the cell as it stands in the notebook."""
        return self.content.text

    @property
    def key(self) -> str:
        """What names the cell when others are added or moved: its id, else its place."""
        return self.id or f"cell-{self.index}"

    def indent(self, line: int) -> int:
        """How many columns a 1-based line lost to IPython."""
        return self.indents[line - 1] if 0 < line <= len(self.indents) else 0

    @property
    def magics(self) -> tuple[Magic, ...]:
        """IPython's own syntax in the cell."""
        return self.masked.magics


def read_cell(index: int, raw: Any, places: JsonMap, path: JsonPath) -> Cell:
    """A cell of nbformat 4 (or brought to it) whose original stands at `path` in the stored file."""
    kind = str(raw.get("cell_type", "raw"))
    stored_as = "input" if (*path, "input") in places.offsets else "source"
    stored_at = (*path, stored_as)
    content = _content(raw.get("source"), places, stored_at, path)
    code, indents = _dedented(content.text) if kind == "code" else ("", ())
    count = raw.get("execution_count")
    tags = (raw.get("metadata") or {}).get("tags")
    outputs = raw.get("outputs") if isinstance(raw.get("outputs"), list) else []
    return Cell(
        index=index,
        type=kind,
        # An upgrade from nbformat 3 invents random ids: only one that is stored can name the cell.
        id=str(raw.get("id", "")) if (*path, "id") in places.offsets else "",
        execution_count=count if isinstance(count, int) else None,
        tags=tuple(map(str, tags)) if isinstance(tags, list) else (),
        content=content,
        outputs=tuple(_read_output(output, places, (*path, "outputs", n)) for n, output in enumerate(outputs)),
        masked=mask(code),
        indents=indents,
        stored_at=stored_at,
    )


def _read_output(raw: Any, places: JsonMap, path: JsonPath) -> Output:
    data = raw.get("data") if isinstance(raw.get("data"), dict) else {}
    kind = str(raw.get("output_type", ""))
    name = raw.get("ename") if kind == "error" else raw.get("name")
    parts = [_content(raw.get("text"), places, (*path, "text"), path)] if raw.get("text") else []
    if kind == "error":
        message = "\n".join(map(str, raw.get("traceback") or [f"{name}: {raw.get('evalue', '')}"]))
        parts.append(_content(message, places, (*path, "traceback"), path))
    for mime, value in data.items():
        if mime.startswith("text/") or mime == "image/svg+xml":
            at = (*path, "data", mime)
            # nbformat 3 keeps `text` and `html` beside the type, without a MIME type.
            short = (*path, mime.rsplit("/", 1)[1].replace("plain", "text"))
            parts.append(_content(value, places, at if at in places.offsets else short, path))
    return Output(kind, str(name or ""), _size(raw), tuple(map(str, data)), _joined(parts, places.line_of(path) or 1))


def _joined(parts: list[Text], line: int) -> Text:
    text = "\n".join(_ANSI.sub("", part.text) for part in parts)[:MAX_OUTPUT_TEXT]
    lines = [line for part in parts for line in part.file_lines]
    return Text(text, tuple(lines[: text.count("\n") + 1]) or (line,))


def _size(raw: Any) -> int:
    """Characters in all strings of an output, walked without recursion."""
    size, todo = 0, [raw]
    while todo:
        value = todo.pop()
        if isinstance(value, str):
            size += len(value)
        elif isinstance(value, dict):
            todo.extend(value.values())
        elif isinstance(value, list):
            todo.extend(value)
    return size


def cell_text(stored: Any) -> str:
    """The text of a cell from what the file holds: one string, or one for each line."""
    return _clean("".join(map(str, stored)) if isinstance(stored, list) else str(stored or ""))


def _content(value: Any, places: JsonMap, at: JsonPath, parent: JsonPath) -> Text:
    text = cell_text(value)
    return Text(text, _file_lines(text, places.strings(at), places.line_of(parent) or 1))


def _file_lines(text: str, parts: list[tuple[str, int]], default: int) -> tuple[int, ...]:
    """The line in the stored file of each line of `text`, which nbformat joined from `parts`."""
    cleaned = [(_clean(part), line) for part, line in parts]
    if "".join(part for part, _ in cleaned) != text:
        # nbformat 3 also wrote lines without their ends, and titles without their signs.
        cleaned = [(part + "\n", line) for part, line in cleaned]
    lines: list[int] = []
    ended = True
    for part, line in cleaned:
        for piece in _pieces(part):
            if ended:
                lines.append(line)
            ended = piece.endswith("\n")
    wanted = text.count("\n") + 1
    last = cleaned[-1][1] if cleaned else default
    return tuple((lines + [last] * wanted)[:wanted])


def _pieces(text: str) -> list[str]:
    """The lines of a text with their ends; unlike `splitlines` only a newline ends one."""
    pieces = [piece + "\n" for piece in text.split("\n")]
    pieces[-1] = pieces[-1][:-1]
    return [piece for piece in pieces if piece]


def _clean(text: str) -> str:
    """Text with newlines as its only line ends and nothing that cannot be encoded; no column moves."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n").replace("\r", "\n"))


def _dedented(code: str) -> tuple[str, tuple[int, ...]]:
    """The code without the indentation of its first line, as IPython runs it, and what each line lost."""
    lines = code.split("\n")
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip(" \t"))]
    if not indent:
        return code, ()
    dedented = [line.removeprefix(indent) for line in lines]
    return "\n".join(dedented), tuple(len(old) - len(new) for old, new in zip(lines, dedented, strict=True))
