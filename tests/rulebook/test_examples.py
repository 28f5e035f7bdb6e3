"""Examples are run through the real engine: a rule that does not behave cannot pass."""

from __future__ import annotations

import json
from collections.abc import Callable

import nbformat

from readiness.rulebook.book import Rulebook
from readiness.rulebook.examples import Trial, notebook_text, try_examples
from readiness.rulebook.parts import CellExample
from readiness.rulebook.schema import Rule

Read = Callable[[str], Rule]


def trials(rule: Rule) -> dict[str, Trial]:
    """The trials of a rule by their names."""
    return {trial.name: trial for trial in try_examples(rule, Rulebook((rule,)))}


def with_examples(rule_text: str, examples: str) -> str:
    return rule_text[: rule_text.index("  - bad:")] + examples


def test_examples_that_behave_have_no_problems(read: Read, rule_text: str) -> None:
    assert {name: trial.problems for name, trial in trials(read(rule_text)).items()} == {"bad-1": (), "good-1": ()}


def test_a_bad_example_without_a_finding_is_a_problem(read: Read, rule_text: str) -> None:
    rule = read(with_examples(rule_text, "  - bad: f()\n  - good: g()\n"))
    assert trials(rule)["bad-1"].problems == ("found nothing",)


def test_a_good_example_with_a_finding_is_a_problem(read: Read, rule_text: str) -> None:
    code = "import pandas; pandas.read_csv(p)"
    rule = read(with_examples(rule_text, f"  - bad: {code}\n  - good: {code}\n"))
    trial = trials(rule)["good-1"]
    assert trial.problems == ("found something in a good example",)
    assert [finding.location.line for finding in trial.findings] == [1]


def test_expected_lines_and_counts_are_compared(read: Read, rule_text: str) -> None:
    bad = "  - bad: |\n      import pandas\n      pandas.read_csv(a)\n      pandas.read_csv(b)\n"
    rule = read(with_examples(rule_text, f"{bad}    lines: [2]\n    count: 1\n  - good: pass\n"))
    assert trials(rule)["bad-1"].problems == ("expected 1 findings, found 2", "expected lines [2], found [2, 3]")


def test_the_fixed_code_must_be_the_expected_one(read: Read, rule_text: str) -> None:
    fixable = rule_text.replace("message:", "fix: pandas.load($PATH)\nmessage:")
    bad = "  - bad: |\n      import pandas\n      pandas.read_csv(a)\n    fixed: |\n      import pandas\n      pandas.load({})\n"
    right = read(with_examples(fixable, bad.format("a") + "  - good: pass\n"))
    assert trials(right)["bad-1"].problems == ()
    wrong = trials(read(with_examples(fixable, bad.format("b") + "  - good: pass\n")))["bad-1"]
    assert wrong.problems == ("the fixed code is not the one that is expected",)
    assert wrong.fixed == "import pandas\npandas.load(a)\n"


def test_a_fix_that_mends_nothing_is_a_problem(read: Read, rule_text: str) -> None:
    rule = read(rule_text.replace("message:", "fix: pd.read_csv($PATH, 1)\nmessage:"))
    assert trials(rule)["bad-1"].problems == ("the rule still finds something after its own fix",)


def test_cells_are_a_notebook(read: Read, rule_text: str) -> None:
    cells = "{cells: [{markdown: Hello}, {code: import pandas}, {code: pandas.read_csv(a)}]}"
    rule = read(with_examples(rule_text, f"  - bad: {cells}\n  - good: {{cells: []}}\n"))
    (finding,) = trials(rule)["bad-1"].findings
    assert (finding.location.path, finding.location.cell, finding.location.line) == ("notebook.ipynb", 2, 1)


def test_files_are_a_small_repository(read: Read, rule_text: str) -> None:
    code = "import pandas; pandas.read_csv(a)"
    rule = read(
        with_examples(
            rule_text, f"  - bad: {{files: {{src/a.py: {code}}}}}\n  - good: {{files: {{tests/test_a.py: {code}}}}}\n"
        )
    )
    assert [trial.problems for trial in trials(rule).values()] == [(), ()]


NOTEBOOK_RULE = """\
title: Cell
kind: notebook
severity: note
confidence: high
stage: candidate
lesson: none
for_each: cell
when: $cell.statements > 0
message: "`$cell.number` is a cell."
why: A test needs a rule.
next_step: Nothing.
learn: [https://example.org]
"""


def test_a_cell_that_is_no_python_is_a_mistake_of_the_example_unless_it_says_so(read: Read) -> None:
    cells = "cells: [{code: x = 1}, {code: for ward in wards}]"
    rule = read(NOTEBOOK_RULE + f"examples: [{{bad: {{{cells}}}}}, {{bad: {{{cells}, invalid: true}}}}, {{good: x}}]\n")
    [[problem], *others] = [trial.problems for trial in trials(rule).values()]
    assert problem.startswith("notebook.ipynb: not valid Python")
    assert others == [(), ()]


def test_the_notebook_of_an_example_is_valid() -> None:
    cells = [
        CellExample(markdown="# A"),
        CellExample(
            code="1 / 0\n",
            n=3,
            outputs=("text", {"output_type": "error", "ename": "E", "evalue": "", "traceback": []}),
            tags=("t",),
        ),
    ]
    notebook = nbformat.reads(notebook_text(cells), as_version=4)
    nbformat.validate(notebook)
    assert notebook.cells[1].execution_count == 3
    assert json.loads(notebook_text(cells))["cells"][1]["metadata"] == {"tags": ["t"]}
