import json

import pytest

from readiness.facts.staleness import stale_uses
from readiness.source.notebook import NotebookSource


def stale(*cells):
    stored = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "outputs": [], "execution_count": count, "source": code}
        for n, (code, count) in enumerate(cells)
    ]
    text = json.dumps({"cells": stored, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    found = stale_uses(NotebookSource.parse("a.ipynb", text))
    return [(use.name, use.number, use.defined_in) for use in found]


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        ([("x = 1", 5), ("print(x)", 2)], [("x", 2, 1)]),
        ([("x = 1", 1), ("print(x)", 2)], []),
        ([("x = 1", 5), ("x = 2\nprint(x)", 2)], []),
        ([("x = 1", 5), ("x = 2", 1), ("print(x)", 2)], []),
        ([("x = 1", 5), ("print(x, x)\nprint(x)", 2), ("y = x", 3)], [("x", 2, 1), ("x", 3, 1)]),
        ([("import a", 5), ("a.run()", 2)], []),
        ([("x = 1", 5), ("def f(): return x", 2)], []),
        ([("x = 1", None), ("print(x)", 2)], []),
        ([("x = 1", 5), ("print(x)", None)], []),
        ([("def f(): pass", 5), ("f()", 2)], [("f", 2, 1)]),
        ([("x = 1", 5), ("[x for x in rows]", 2)], []),
    ],
)
def test_a_cell_is_stale_if_what_it_reads_was_made_again_after_it_ran(cells, found):
    assert stale(*cells) == found
