import json

from readiness.facts.model import FileFacts
from readiness.facts.notebook import notebook_facts
from readiness.facts.sorts import FileKind
from readiness.source.notebook import NotebookSource


def facts(*cells, **metadata):
    raw = {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return notebook_facts(
        NotebookSource.parse("a.ipynb", json.dumps(raw, indent=1)), FileFacts("a.ipynb", FileKind.NOTEBOOK)
    )


def code(source, **more):
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None, **more}


def test_cells_are_told_without_their_data():
    error = {"output_type": "error", "ename": "KeyError", "evalue": "x", "traceback": []}
    found = facts(
        {"cell_type": "markdown", "metadata": {}, "source": "# A", "id": "title"},
        code("# why\n\n  x = 1", execution_count=3, outputs=[error], metadata={"tags": ["parameters"]}, id="work"),
        code(""),
    )
    title, work, empty = found.notebook.cells
    assert (title.type, title.number, title.id) == ("markdown", 1, "title")
    assert (work.execution_count, work.tags, work.lines, work.empty) == (3, ("parameters",), 3, False)
    assert [(output.type, output.name) for output in work.outputs] == [("error", "KeyError")]
    assert (work.hit.location.line, work.hit.location.column, work.hit.scope_key) == (3, 3, "work")
    assert (empty.empty, empty.lines, empty.hit.location.cell) == (True, 0, 2)


def test_the_program_tells_imports_functions_and_undefined_names():
    found = facts(code("import pandas as pd"), code("def f():\n    return pd"), code("print(total)"))
    assert found.imports[0].module == "pandas"
    assert (found.functions[0].hit.location.cell, found.functions[0].hit.scope_key) == (1, "cell-1")
    assert [name.name for name in found.notebook.undefined_names] == ["total"]


def test_cells_of_another_kernel_are_told_too():
    found = facts(code("x <- 1", execution_count=1), kernelspec={"language": "R", "name": "ir"})
    assert found.notebook.language == "R"
    assert found.notebook.cells[0].execution_count == 1
    assert found.notebook.undefined_names == ()


def test_cells_know_their_imports_comments_and_what_they_repeat():
    found = facts(
        code("import a\nimport b\ntry:\n    import c\nexcept ImportError: pass"),
        code("# why\nx = 1"),
        code("# why\nx = 1  "),
        code(""),
        code(""),
    )
    cells = found.notebook.cells
    assert [cell.imports for cell in cells] == [2, 0, 0, 0, 0]
    assert [cell.commented for cell in cells] == [False, True, True, False, False]
    assert [cell.repeats for cell in cells] == [None, None, 2, None, None]


def test_cells_know_that_code_other_than_imports_stands_above():
    text = {"cell_type": "markdown", "metadata": {}, "source": "Text"}
    found = facts(code("import a"), text, code(""), code("import b\nx = 1"), code("y = 2"), code("import c"))
    assert [cell.late for cell in found.notebook.cells] == [False, False, False, False, False, True]


def test_a_cell_that_is_neither_python_nor_a_command_is_known_as_such():
    found = facts(code("print 'stays'"), code("pip install pandas"), code("%matplotlib inline"), code("x = 1"))
    assert [cell.invalid for cell in found.notebook.cells] == [True, False, False, False]


def test_the_notebook_is_counted():
    text = {"cell_type": "markdown", "metadata": {}, "source": "# Which wards fill up"}
    found = facts(text, code("def f():\n    return 1", execution_count=1), code("")).notebook
    assert (found.name, found.words, found.code_cells, found.code_lines, found.functions) == ("a", 5, 1, 2, 1)
    assert found.executed_cells == 1


def test_what_commands_install_stands_at_their_cell():
    found = facts(
        code("x = 1"), code("!pip install -q shap"), code("%pip install lime==0.2"), code("%conda install faiss")
    ).manifest
    assert [(one.name, one.pinned, one.hit.location.cell) for one in found.dependencies] == [
        ("shap", False, 1),
        ("lime", True, 2),
        ("faiss", False, 3),
    ]
    assert facts(code("x = 1")).manifest is None


def test_cells_know_how_many_statements_they_hold_and_a_command_is_none():
    found = facts(
        code("!pip install a\n%matplotlib inline"),
        code("for x in a:\n    print(\n        x,\n    )"),
        code("a = (1,\n 2)"),
    )
    assert [cell.statements for cell in found.notebook.cells] == [0, 2, 1]
