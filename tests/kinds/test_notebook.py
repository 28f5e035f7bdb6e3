ERROR = {"output_type": "error", "ename": "KeyError", "evalue": "x", "traceback": []}


def test_a_condition_over_cells(run, notebook):
    rule = 'kind: notebook\nfor_each: cell\nwhen: $cell.empty\nmessage: "Cell $cell.number of $notebook.language is empty."\n'
    found = run(rule, {"a.ipynb": notebook(("x = 1", 1, []), ("", None, []), ("  ", None, []))})
    assert [(f.location.cell, f.message) for f in found] == [
        (1, "Cell 2 of `python` is empty."),
        (2, "Cell 3 of `python` is empty."),
    ]


def test_report_first_stops_at_the_first(run, notebook):
    rule = "kind: notebook\nfor_each: cell\nwhen: $cell.empty\nreport: first\nmessage: Empty.\n"
    assert len(run(rule, {"a.ipynb": notebook(("", None, []), ("", None, []))})) == 1


def test_pairs_are_cells_executed_one_after_the_other(run, notebook):
    rule = 'kind: notebook\nfor_each: executed_pair\nwhen: $B.execution_count < $A.execution_count\nmessage: "$A.number then $B.number."\n'
    found = run(rule, {"a.ipynb": notebook(("a", 3, []), ("", None, []), ("b", 1, []), ("c", 2, []))})
    assert [f.message for f in found] == ["1 then 3."]


def test_outputs_know_their_cell(run, notebook):
    rule = 'kind: notebook\nfor_each: output\nwhen: $output.type == "error"\nmessage: "$output.name in cell $cell.number."\n'
    assert [f.message for f in run(rule, {"a.ipynb": notebook(("x", 1, [ERROR]))})] == ["`KeyError` in cell 1."]


def test_undefined_names_need_no_condition(run, notebook):
    rule = 'kind: notebook\nfor_each: undefined_name\nmessage: "$name.name is missing."\n'
    assert [f.message for f in run(rule, {"a.ipynb": notebook(("print(total)", 1, []))})] == ["`total` is missing."]


def test_the_notebook_as_a_whole(run, notebook):
    rule = "kind: notebook\nfor_each: notebook\nwhen: len($notebook.cells) > 1\nmessage: Long.\n"
    assert run(rule, {"a.ipynb": notebook(("a", 1, []))}) == []
    assert len(run(rule, {"a.ipynb": notebook(("a", 1, []), ("b", 2, []))})) == 1


def test_other_files_are_not_looked_at(run):
    assert run("kind: notebook\nfor_each: cell\nmessage: Cell.\n", {"a.py": "x = 1\n", "README.md": "# A\n"}) == []


def test_stale_uses_name_both_cells(run, notebook):
    rule = 'kind: notebook\nfor_each: stale_use\nmessage: "$stale.name: $stale.number after $stale.defined_in."\n'
    found = run(rule, {"a.ipynb": notebook(("x = 1", 5, []), ("print(x)", 2, []))})
    assert [(f.message, f.location.cell) for f in found] == [("`x`: 2 after 1.", 1)]


def test_the_project_around_a_notebook_may_silence_a_rule(places, notebook):
    rule = "kind: notebook\nfor_each: cell\nwhen: $cell.empty\nsilent_if: $project.teaches\nmessage: Empty.\n"
    empty = notebook(("", None, []), ("", None, []))
    assert places(rule, {"tutorial/a.ipynb": empty, "b.ipynb": empty}) == [("b.ipynb", 1), ("b.ipynb", 1)]


def test_a_notebook_that_only_lies_around_is_not_reported(places, notebook):
    rule = "kind: notebook\nfor_each: cell\nwhen: $cell.empty\nsilent_if: $project.teaches\nmessage: Empty.\n"
    assert places(rule, {"tests/a.ipynb": notebook(("", None, []))}) == []
