import json

import pytest

from readiness.facts.suppressions import suppressions_in_code, suppressions_in_document
from readiness.source.document import DocumentSource
from readiness.source.notebook import NotebookSource
from readiness.source.python import PythonSource


def in_code(text):
    return list(suppressions_in_code(PythonSource.parse("a.py", text)))


def test_a_comment_silences_its_own_line():
    (found,) = in_code("x = 1\ny = f(x)  # readiness: ignore[rule-a, rule-b] because of the lab\n")
    assert found.rules == ("rule-a", "rule-b")
    assert found.reason == "because of the lab"
    assert (found.first_line, found.last_line, found.whole_file) == (2, 2, False)
    assert (found.hit.location.line, found.hit.location.column) == (2, 11)


def test_a_comment_alone_silences_the_next_statement():
    (found,) = in_code("# readiness: ignore[a] why\n# more\n\nx = f(\n    1,\n)\ny = 2\n")
    assert (found.first_line, found.last_line) == (1, 6)


@pytest.mark.parametrize("line", [1, 2, 3])
def test_a_comment_inside_a_statement_silences_all_of_it(line):
    lines = ["x = f(", "    1,", ")"]
    lines[line - 1] += "  # readiness: ignore[a]"
    (found,) = in_code("z = 0\n" + "\n".join(lines) + "\n")
    assert (found.first_line, found.last_line, found.reason) == (2, 4, "")


def test_a_comment_on_a_header_does_not_silence_the_body():
    (found,) = in_code("def f():  # readiness: ignore[a] why\n    return 1\n")
    assert (found.first_line, found.last_line) == (1, 1)


def test_a_whole_file_can_be_silenced():
    assert in_code("# readiness: ignore-file[a]: generated\n")[0].whole_file
    assert in_code("# readiness: ignore-file[a]: generated\n")[0].reason == "generated"


@pytest.mark.parametrize(
    "text",
    [
        "s = '# readiness: ignore[a] x'\n",
        "# readiness ignore[a]\n",
        "# readiness: ignore\n",
        "# see readiness: ignore[a]\n",
    ],
)
def test_what_only_looks_like_one_silences_nothing(text):
    assert in_code(text) == []


def test_in_a_notebook_lines_count_in_the_cell_and_never_leave_it():
    cells = [
        {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
        for source in ("x = 1", "y = 2  # readiness: ignore[a] why", "# readiness: ignore[b] why", "z = 3")
    ]
    raw = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    program = NotebookSource.parse("a.ipynb", json.dumps(raw)).program
    first, second = suppressions_in_code(program)
    assert (first.cell, first.first_line, first.last_line) == (1, 1, 1)
    assert (second.cell, second.first_line, second.last_line) == (2, 1, 1)


def test_in_markdown_a_comment_silences_its_line_or_the_next_text():
    text = "# T\n\n<!-- readiness: ignore[a] why -->\n\n## S\nsaid <!-- readiness: ignore[b] --> here\n"
    first, second = suppressions_in_document(DocumentSource.parse("a.md", text))
    assert (first.rules, first.reason, first.first_line, first.last_line) == (("a",), "why", 3, 5)
    assert (second.rules, second.first_line, second.last_line) == (("b",), 6, 6)


def test_a_comment_that_a_document_only_shows_silences_nothing() -> None:
    text = "Write `<!-- readiness: ignore[a-rule] because -->` here. <!-- readiness: ignore[b-rule] because -->\n"
    facts = suppressions_in_document(DocumentSource.parse("a.md", text))
    assert [fact.rules for fact in facts] == [("b-rule",)]
