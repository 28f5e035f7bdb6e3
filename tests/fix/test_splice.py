"""Files are spliced exactly: what an edit does not name keeps its bytes, however the file is stored."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.facts.sorts import FileKind
from readiness.finding import Edit
from readiness.fix.edits import applied
from readiness.fix.splice import FixRefused, spliced
from readiness.source.notebook import NotebookSource

from .conftest import stored_notebook

LINES = st.lists(st.sampled_from(["x = 1", "y = 'é'", "", "    z", "%time f(1)", "# ä"]), max_size=5)
NEW = st.sampled_from(["", "a", "b\nc", "'ö'"])
STYLES: list[dict[str, Any]] = [{"indent": 1}, {"indent": None, "separators": (",", ":")}, {"ensure_ascii": True}]


def code(data: bytes, *edits: Edit) -> bytes:
    return spliced("a.py", FileKind.PYTHON, data, edits)


def notebook(text: str, *edits: Edit) -> str:
    return spliced("n.ipynb", FileKind.NOTEBOOK, text.encode(), edits).decode()


def place_of(text: str, part: str) -> tuple[int, int]:
    """Where a part stands in the program that a notebook is."""
    program = NotebookSource.parse("n.ipynb", text).program
    assert program is not None
    at = program.text.index(part)
    return at, at + len(part)


def cells_of(text: str) -> list[str]:
    return ["".join(cell["source"]) for cell in json.loads(text)["cells"]]


def without_sources(text: str) -> str:
    return re.sub(r'("source":\s*)\[.*?\](?=\s*})', r"\1[]", text, flags=re.DOTALL)


@given(st.sampled_from(["utf-8", "utf-8-sig", "latin-1", "cp1252"]), st.sampled_from(["\n", "\r\n"]), LINES, st.data())
def test_code_keeps_its_encoding_mark_and_line_ends(
    encoding: str, line_end: str, lines: list[str], data: st.DataObject
) -> None:
    cookie = "" if encoding.startswith("utf-8") else f"# -*- coding: {encoding} -*-"
    text = line_end.join([cookie, *lines])
    start = data.draw(st.integers(len(cookie), len(text)))
    end = data.draw(st.integers(start, len(text)))
    new = data.draw(NEW)
    after = code(text.encode(encoding), Edit(start, end, new))
    wanted = text[:start] + new.replace("\n", line_end if line_end in text else "\n") + text[end:]
    assert after == wanted.encode(encoding)


@given(st.lists(LINES.map("\n".join), min_size=1, max_size=3), st.sampled_from(STYLES), NEW, st.data())
def test_of_a_notebook_only_the_source_of_the_cell_changes(
    cells: list[str], style: dict[str, Any], new: str, data: st.DataObject
) -> None:
    stored = stored_notebook(*cells, **style)
    parsed = NotebookSource.parse("n.ipynb", stored)
    if parsed.program is None:
        return
    text = parsed.program.text
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    edit = Edit(start, end, new)
    try:
        after = notebook(stored, edit)
    except FixRefused:
        return
    assert without_sources(after) == without_sources(stored)
    changed = [n for n, (old, now) in enumerate(zip(cells, cells_of(after), strict=True)) if old != now]
    assert len(changed) <= 1
    if text == "\n".join(cells):  # nothing was masked, nothing indented
        assert "\n".join(cells_of(after)) in (applied(text, [edit]), applied(text, [replace(edit, end=end - 1)]))


@pytest.mark.parametrize("style", STYLES)
def test_a_line_can_be_changed_added_and_deleted(style: dict[str, Any]) -> None:
    stored = stored_notebook("a = 1\nb = 2\nc = 3", "d = 4", **style)
    start, end = place_of(stored, "b = 2\n")
    assert cells_of(notebook(stored, Edit(start, end, ""))) == ["a = 1\nc = 3", "d = 4"]
    assert cells_of(notebook(stored, Edit(start, start, "import os\n")))[0] == "a = 1\nimport os\nb = 2\nc = 3"
    start, end = place_of(stored, "c = 3\n")
    assert cells_of(notebook(stored, Edit(start, end, ""))) == ["a = 1\nb = 2\n", "d = 4"]


def test_a_cell_that_is_indented_keeps_its_indentation() -> None:
    stored = stored_notebook("    a = 1\n    f(2)")
    start, end = place_of(stored, "f(2)")
    assert cells_of(notebook(stored, Edit(start, end, "g(\n    2)"))) == ["    a = 1\n    g(\n        2)"]


def test_old_notebooks_are_spliced_too() -> None:
    cell = {"cell_type": "code", "input": ["a = 1\n", "b = 2"], "language": "python", "outputs": [], "metadata": {}}
    old = {"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": [cell]}]}
    stored = json.dumps(old, indent=1)
    start, end = place_of(stored, "b = 2")
    assert notebook(stored, Edit(start, end, "b = 3")) == stored.replace("b = 2", "b = 3")


@pytest.mark.parametrize(
    ("cells", "part", "new"),
    [
        (["a = 1", "b = 2"], "1\nb", "x"),
        (["x = !ls"], "x = _", "y = _"),
        (["a = 1\n!ls\nb = 2"], "1\npass;\nb", "3"),
    ],
)
def test_more_than_one_cell_and_ipython_syntax_are_refused(cells: list[str], part: str, new: str) -> None:
    stored = stored_notebook(*cells)
    start, end = place_of(stored, part)
    with pytest.raises(FixRefused):
        notebook(stored, Edit(start, end, new))


def test_a_character_that_the_encoding_lacks_is_refused() -> None:
    with pytest.raises(FixRefused, match="8859"):
        code(b"# coding: latin-1\nx = 1\n", Edit(18, 18, "\N{EURO SIGN}"))


def test_a_file_that_would_not_come_back_as_it_was_is_refused() -> None:
    data = b"# coding: utf-7\nx = '+AOk-+AOk-'\n"
    with pytest.raises(FixRefused, match="utf-7"):
        code(data, Edit(16, 17, "y"))


def test_a_byte_order_mark_stays() -> None:
    assert code(codecs.BOM_UTF8 + b"x = 1\n", Edit(0, 1, "y")) == codecs.BOM_UTF8 + b"y = 1\n"
