"""Notebooks are spoken about in cells and anchored on the lines of the stored JSON."""

from __future__ import annotations

import json

import nbformat

IMPORT = "from sklearn.model_selection import train_test_split\n"
SPLIT = "train, test = train_test_split(rows)"


def test_a_finding_is_anchored_on_its_json_line_and_told_in_cells(lab, notebook, said):
    pull = lab.ada.open_pull(lab.repo, {"fit.ipynb": notebook(IMPORT, SPLIT)})
    lab.run(pull)
    (thread,) = pull.threads
    assert "train_test_split(rows)" in notebook(IMPORT, SPLIT).splitlines()[thread.line - 1]
    assert "In cell 2 (code, In [12]), line 2:" in said(pull)[0]
    assert f"```python\n{SPLIT}\n```" in said(pull)[0]


def test_its_suggestion_gives_a_valid_notebook(lab, notebook, said):
    text = notebook(IMPORT, SPLIT)
    pull = lab.ada.open_pull(lab.repo, {"fit.ipynb": text})
    lab.run(pull)
    suggested = said(pull)[0].split("```suggestion\n")[1].split("\n```")[0]
    lines = text.split("\n")
    lines[pull.threads[0].line - 1] = suggested
    after = nbformat.reads("\n".join(lines), as_version=4)
    nbformat.validate(after)
    assert after.cells[1].source == IMPORT + "train, test = train_test_split(rows, random_state=42)"


def test_a_minified_notebook_gets_one_comment_on_the_file(lab, notebook, said):
    pull = lab.ada.open_pull(lab.repo, {"fit.ipynb": notebook(IMPORT, SPLIT, indent=None)})
    lab.run(pull)
    assert len(pull.threads) == 1
    assert "In cell 2 (code, In [12]), line 2:" in said(pull)[0]
    assert "```suggestion" not in said(pull)[0]


def test_a_notebook_without_a_patch_gets_a_comment_on_the_file(lab, notebook, said):
    lab.github.diff_limits = type(lab.github.diff_limits)(lines=5, size=10)
    pull = lab.ada.open_pull(lab.repo, {"fit.ipynb": notebook(IMPORT, SPLIT)})
    lab.run(pull)
    (thread,) = pull.threads
    assert thread.subject.lower() == "file"
    assert "In cell 2" in said(pull)[0]


def test_a_change_of_outputs_alone_gets_a_comment_about_the_cell(lab, notebook, said):
    lab.ada.push_to(lab.repo, {"readiness.yaml": "select: [notebook-error-output, unseeded-split]\n"})
    before = json.loads(notebook(IMPORT, SPLIT))
    lab.ada.push_to(lab.repo, {"fit.ipynb": json.dumps(before, indent=1) + "\n"})
    error = {"output_type": "error", "ename": "KeyError", "evalue": "'bed'", "traceback": ["KeyError: 'bed'"]}
    before["cells"][1]["outputs"] = [error]
    pull = lab.ada.open_pull(lab.repo, {"fit.ipynb": json.dumps(before, indent=1) + "\n"})
    lab.run(pull)
    (body,) = said(pull)
    assert "`notebook-error-output`" in body
    assert "cell 2" in body
