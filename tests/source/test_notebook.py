import json

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.errors import UnreadableSource
from readiness.source import stored_notebook as module
from readiness.source.notebook import NotebookSource


def stored(cells, **more):
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}


def code(source, **more):
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None, **more}


def markdown(source):
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def read(*cells, indent=1, **more):
    return NotebookSource.parse("a.ipynb", json.dumps(stored(list(cells), **more), indent=indent))


CODE_LINES = st.sampled_from(["x = 1", "print('é \"quoted\" \\\\ ☃')", "%time y = x", "!ls", "", "# a\tb", "f(x)"])
TEXT_LINES = st.sampled_from(["# Title", "some *text*", "", "a\tb", "é"])


@st.composite
def cells(draw):
    lines = draw(st.lists(CODE_LINES, max_size=5))
    text = "\n".join(lines) if draw(st.booleans()) else "".join(line + "\n" for line in lines)
    make = code if draw(st.booleans()) else markdown
    if make is markdown:
        text = "\n".join(draw(st.lists(TEXT_LINES, max_size=4)))
    return make(text if draw(st.booleans()) else text.splitlines(keepends=True))


@given(st.lists(cells(), max_size=5), st.sampled_from([None, 0, 1, 4]), st.booleans())
def test_each_line_of_a_cell_is_on_the_line_of_the_file_that_holds_it(raw, indent, ascii_only):
    text = json.dumps(stored(raw), indent=indent, ensure_ascii=ascii_only)
    file_lines = text.split("\n")
    notebook = NotebookSource.parse("a.ipynb", text)
    assert len(notebook.cells) == len(raw)
    for cell in notebook.cells:
        for number, line in enumerate(cell.source.split("\n"), 1):
            escaped = json.dumps(line, ensure_ascii=ascii_only)[1:-1]
            assert escaped in file_lines[cell.content.file_line(number) - 1]


@settings(max_examples=50)
@given(st.lists(cells(), min_size=1, max_size=5), st.sampled_from([None, 1]))
def test_every_place_of_the_program_leads_back_to_the_same_text_in_its_cell(raw, indent):
    notebook = NotebookSource.parse("a.ipynb", json.dumps(stored(raw), indent=indent))
    assert notebook.program is not None
    for call in notebook.program.by_kind.get("Call", []):
        start, end = notebook.program.span(call)
        place = notebook.program.locate(start, end)
        line = notebook.cells[place.cell].source.split("\n")[place.line - 1]
        assert line[place.column - 1 : place.end_column - 1] == notebook.program.text[start:end]


def test_cells_are_joined_in_order_and_magics_masked():
    notebook = read(code("%matplotlib inline\nx = 1"), markdown("# Then"), code(["y = x\n", "!ls"]))
    assert notebook.program.text == "pass;\nx = 1\ny = x\npass;"
    place = notebook.program.locate(*notebook.program.span(notebook.program.by_kind["Assign"][1]))
    assert (place.cell, place.line, place.column) == (2, 1, 1)


def test_a_minified_notebook_is_all_on_line_one():
    notebook = read(code("x = 1\ny = 2"), indent=None)
    place = notebook.locate(2, 1, 2, 6)
    assert (place.cell, place.line, place.file_line) == (0, 2, 1)


def test_the_indentation_that_ipython_takes_off_still_counts_in_columns():
    notebook = read(code("    x = 1\n    f(x)"))
    assert notebook.program.text == "x = 1\nf(x)"
    place = notebook.program.locate(*notebook.program.span(notebook.program.by_kind["Call"][0]))
    assert (place.line, place.column, place.end_column) == (2, 5, 9)


def test_a_cell_that_does_not_parse_is_named_and_the_others_are_still_read():
    notebook = read(code("x = 1"), code("y = (\nz = "), code("w = x"))
    assert [(skip.cell, skip.expected) for skip in notebook.skipped] == [(1, False)]
    assert notebook.skipped[0].line in (1, 2)
    assert notebook.program.text == "x = 1\n\n\nw = x"
    assert notebook.locate(4, 1, 4, 6).cell == 2


def test_cells_may_await_and_return_at_the_top():
    assert read(code("x = await f()"), code("return 1")).skipped == []


def test_a_cell_with_open_brackets_does_not_swallow_the_next():
    notebook = read(code("f("), code("g()"))
    assert [skip.cell for skip in notebook.skipped] == [0]
    assert [call.get("func").get("id") for call in notebook.program.by_kind["Call"]] == ["g"]


def test_many_cells_that_do_not_parse_are_one_line_that_names_them():
    notebook = read(*[code(text) for text in ["print 1", "x = 1", "print 2", "f("]])
    assert [(skip.cell, skip.line, skip.reason) for skip in notebook.skipped] == [
        (0, 1, "print statement: this is Python 2 (2 more do not parse: 3, 4)")
    ]


def test_shell_commands_in_a_cell_are_left_out_on_purpose():
    notebook = read(code("# start it\ndocker run -d \\\n  -p 80:80 image"), code("x = 1"), code("f("))
    assert [(skip.cell, skip.expected) for skip in notebook.skipped] == [(2, False), (0, True)]
    assert notebook.skipped[1].reason == "a shell command, not Python"


def test_another_kernel_is_left_out_on_purpose():
    notebook = read(code("x <- 1"), metadata={"kernelspec": {"language": "R", "name": "ir"}})
    assert notebook.program is None
    assert [(skip.reason, skip.expected) for skip in notebook.skipped] == [("notebook for the R kernel", True)]


def test_the_kernel_may_be_told_by_the_language_alone():
    assert read(code("x"), metadata={"language_info": {"name": "julia"}}).program is None
    assert read(code("x"), metadata={"language_info": {"name": "python"}}).program is not None


def test_format_three_is_read_with_the_lines_of_the_file():
    sheet = {
        "cells": [
            {"cell_type": "code", "input": ["x = 1\n", "f(x)"], "language": "python", "outputs": [], "prompt_number": 7}
        ]
    }
    heading = {"cells": [{"cell_type": "heading", "level": 2, "source": ["Then"]}]}
    text = json.dumps(
        {"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [sheet, heading]}, indent=1
    )
    notebook = NotebookSource.parse("a.ipynb", text)
    first, second = notebook.cells
    assert (first.execution_count, first.id, first.key) == (7, "", "cell-0")
    assert "f(x)" in text.split("\n")[first.content.file_line(2) - 1]
    assert second.source == "## Then"
    assert "Then" in text.split("\n")[second.content.file_line(1) - 1]


def test_outputs_keep_their_text_with_its_lines_and_no_pictures():
    stream = {"output_type": "stream", "name": "stdout", "text": ["a\n", "b\n"]}
    shown = {"output_type": "display_data", "metadata": {}, "data": {"image/png": "iVBOR", "text/plain": ["<Figure>"]}}
    error = {
        "output_type": "error",
        "ename": "KeyError",
        "evalue": "x",
        "traceback": ["\x1b[31mline 1\x1b[0m", "line 2"],
    }
    cells = [code("f()", outputs=[stream, shown, error])]
    notebook = read(*cells)
    lines = json.dumps(stored(cells), indent=1).split("\n")
    outputs = notebook.cells[0].outputs
    assert [output.text for output in outputs] == ["a\nb\n", "<Figure>", "line 1\nline 2"]
    assert [output.name for output in outputs] == ["stdout", "", "KeyError"]
    assert outputs[1].mime == ("image/png", "text/plain")
    assert '"b\\n"' in lines[notebook.locate_output(0, 0, 2).file_line - 1]
    assert "line 2" in lines[notebook.locate_output(0, 2, 2).file_line - 1]


def test_a_line_may_be_stored_in_several_strings():
    notebook = read(code([*"x = 1\ny = '\u2028'".splitlines(keepends=True), "\nz = 3"]))
    lines = [notebook.cells[0].content.file_line(number) for number in (1, 2, 3)]
    assert lines[1] == lines[0] + 1
    assert lines[2] == lines[1] + 2


def test_a_huge_output_is_cut():
    notebook = read(code("f()", outputs=[{"output_type": "stream", "name": "stdout", "text": "x" * 1_000_000}]))
    output = notebook.cells[0].outputs[0]
    assert len(output.text) == 200_000
    assert output.size > 1_000_000


def test_line_ends_and_lone_surrogates_move_nothing():
    notebook = read(code("x = 1\r\ny = '\ud800'\rz = 1"))
    assert notebook.program.text == "x = 1\ny = '\ufffd'\nz = 1"


def test_what_nbformat_writes_itself_is_read_back():
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x = 1", id="first")])
    made.cells[0].metadata["tags"] = ["parameters"]
    cell = NotebookSource.parse("a.ipynb", nbformat.writes(made)).cells[0]
    assert (cell.source, cell.key, cell.tags) == ("x = 1", "first", ("parameters",))


@pytest.mark.parametrize(
    ("text", "what", "where"),
    [
        ("", "no valid JSON", "a.ipynb:1:1"),
        ('{"cells": [\n}', "no valid JSON", "a.ipynb:2:1"),
        ('{"a": 1, "a": 2}', "occurs twice", "a.ipynb:1:10"),
        ('{"cells": ' + "[" * 200, "nested deeper", "a.ipynb:1:110"),
        ("[]", "not a readable notebook", "a.ipynb"),
        ("{}", "not a readable notebook", "a.ipynb"),
        ('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}', "not a readable notebook", "a.ipynb"),
        ('{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [1]}', "not a readable notebook", "a.ipynb"),
        ('{"nbformat": 9, "cells": []}', "Unsupported nbformat version 9", "a.ipynb"),
        ('{"nbformat": 4, "cells": [], "x": ' + "9" * 5000 + "}", "not a readable notebook", "a.ipynb"),
        (
            '{"nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": [{"cell_type": "code"}]}]}',
            "notebook",
            "a.ipynb",
        ),
    ],
)
def test_what_is_no_notebook_is_refused_with_its_place(text, what, where):
    with pytest.raises(UnreadableSource, match=what) as refused:
        NotebookSource.parse("a.ipynb", text)
    assert refused.value.where == where
    assert refused.value.advice


def test_a_notebook_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(module, "MAX_CHARACTERS", 100)
    with pytest.raises(UnreadableSource, match="larger than"):
        read(code("x = 1"))
