"""A suggestion is offered only if the file that it gives is read and has one finding less."""

from __future__ import annotations

import json

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.cache.store import Store
from readiness.collect.source_file import SourceFile
from readiness.engine.processes import processes
from readiness.engine.run import run
from readiness.facts.sorts import FileKind
from readiness.finding import Edit
from readiness.fix.edits import applied
from readiness.judge.fingerprint import fingerprinted
from readiness.review.replaced_lines import replaced_lines
from readiness.review.suggestions import prove_all
from readiness.rulebook.loader import load_rulebook


@pytest.fixture
def proven(renaming):
    def prove(text, fix='{replace: "new_name($...X)"}', path="a.py"):
        rulebook = load_rulebook([renaming(fix)], builtin=False)
        kind = FileKind.NOTEBOOK if path.endswith("ipynb") else FileKind.PYTHON
        source = SourceFile(path, kind, size=len(text), data=text.encode())
        outcome = run([source], rulebook, store=Store(None), workers=processes(1))
        findings = fingerprinted(outcome.findings)
        assert findings, outcome.skipped
        found = prove_all(findings, outcome, {path: source}, rulebook, jobs=1)
        return [found.suggestions[one.fingerprint] for one in findings if one.fingerprint in found.suggestions]

    return prove


def notebook(*lines, indent=1, **dumps):
    cell = {"cell_type": "code", "execution_count": 1, "id": "a", "metadata": {}, "outputs": [], "source": list(lines)}
    whole = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=indent, ensure_ascii=False, **dumps) + "\n"


def patched(text, suggestion):
    lines = text.split("\n")
    lines[suggestion.first - 1 : suggestion.last] = suggestion.lines
    return "\n".join(lines)


def test_a_suggestion_replaces_exactly_the_changed_lines(proven):
    (found,) = proven("a = 1\nb = old_name(a)\nc = 2\n")
    assert (found.first, found.last, found.lines) == (2, 2, ("b = new_name(a)",))


def test_a_suggestion_may_span_several_lines(proven):
    (found,) = proven("b = old_name(\n    1,\n)\n")
    assert (found.first, found.last) == (1, 3)


def test_a_fix_that_does_not_parse_is_not_offered(proven):
    assert proven("b = old_name(1)\n", '{regex: {pattern: "old_name", replacement: "new name"}}') == []


def test_a_fix_that_leaves_the_finding_is_not_offered(proven):
    assert proven("b = old_name(1)\n", '{regex: {pattern: "1", replacement: "2"}}') == []


def test_a_file_with_carriage_returns_gets_none(proven):
    assert proven("a = 1\r\nb = old_name(a)\r\n") == []


def test_a_notebook_suggestion_is_one_json_line_and_gives_a_valid_notebook(proven):
    text = notebook("x = 1\n", 'y = old_name("é\\t")\n', "z = 2")
    (found,) = proven(text, path="n.ipynb")
    after = nbformat.reads(patched(text, found), as_version=4)
    nbformat.validate(after)
    assert after.cells[0].source == 'x = 1\ny = new_name("é\\t")\nz = 2'


def test_the_last_line_of_a_cell_keeps_its_missing_comma(proven):
    text = notebook("x = 1\n", "old_name(x)")
    (found,) = proven(text, path="n.ipynb")
    assert found.lines == ('    "new_name(x)"',)


def test_the_statement_behind_a_magic_is_mended_where_it_stands(proven):
    found = proven(notebook("%time old_name(1)\n", "!ls old_name"), path="n.ipynb")
    assert [one.lines for one in found] == [('    "%time new_name(1)\\n",',)]


def test_a_minified_notebook_whose_only_line_is_long_gets_none(proven):
    assert proven(notebook("old_name(1)\n", f"x = '{'long' * 500}'", indent=None), path="n.ipynb") == []


NEEDS_IMPORT = '{replace: "pd.new_name($...X)", imports: [import pandas as pd]}'


def test_a_fix_whose_import_stands_elsewhere_is_not_one_block(proven):
    assert proven("import os\n\nold_name(1)\n", NEEDS_IMPORT) == []


def test_a_fix_with_its_import_on_the_next_line_is_one_block(proven):
    (found,) = proven("import os\nold_name(1)\n", NEEDS_IMPORT)
    assert (found.first, found.last, found.lines) == (2, 2, ("import pandas as pd", "pd.new_name(1)"))


def test_a_fix_that_uses_an_import_of_the_file_is_one_block(proven):
    (found,) = proven("import pandas as p\n\nold_name(1)\n", NEEDS_IMPORT)
    assert (found.first, found.lines) == (3, ("p.new_name(1)",))


def test_a_cell_that_nobody_can_read_is_in_the_way_of_no_other(proven):
    broken = {"cell_type": "code", "execution_count": 1, "id": "b", "metadata": {}, "outputs": [], "source": "def ("}
    whole = json.loads(notebook("old_name(1)"))
    whole["cells"].insert(0, broken)
    (found,) = proven(json.dumps(whole, indent=1) + "\n", path="n.ipynb")
    assert found.lines == ('    "new_name(1)"',)


LINES = st.lists(st.sampled_from(["a", "b", "", "c d"]), min_size=1, max_size=6).map("\n".join)


@given(LINES, st.data())
def test_replacing_the_lines_gives_the_edited_text(text, data):
    start = data.draw(st.integers(0, len(text)))
    edit = Edit(start, data.draw(st.integers(start, len(text))), data.draw(LINES))
    after = applied(text, [edit])
    assert patched(text, replaced_lines(text, after)) == after
