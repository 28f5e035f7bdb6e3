"""Kind `absence` speaks where something is used and what should go with it is nowhere in the scope."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from readiness.errors import RuleError
from readiness.finding import Finding

Places = Callable[..., list[tuple[str, int]]]
RULE = "kind: absence\nwhen: draw(...)\nunless: seed(...)\nscope: {scope}\nreport: {report}\n"

CODE = """\
draw(seed(1))
x = [draw(), seed(1)]
def f():
    draw()
    def g():
        seed(1)
def h():
    draw()
    draw()
"""


@pytest.mark.parametrize(
    ("scope", "how", "lines"),
    [
        ("call", "each", [2, 4, 8, 9]),
        ("statement", "each", [4, 8, 9]),
        ("function", "each", [8, 9]),
        ("function", "first", [8]),
        ("file", "each", []),
        ("program", "each", []),
    ],
)
def test_each_scope_holds_what_lies_in_it(places: Places, scope: str, how: str, lines: list[int]) -> None:
    assert [line for _, line in places(RULE.format(scope=scope, report=how), CODE)] == lines


@pytest.mark.parametrize(("how", "lines"), [("first", [1]), ("each", [1, 2])])
@pytest.mark.parametrize("scope", ["file", "program"])
def test_a_scope_is_reported_once_or_at_each_place(places: Places, scope: str, how: str, lines: list[int]) -> None:
    assert [line for _, line in places(RULE.format(scope=scope, report=how), "draw()\ndraw()\n")] == lines


def test_a_notebook_is_one_file(places: Places) -> None:
    cells = [{"code": "seed(1)"}, {"code": "draw()"}]
    assert places(RULE.format(scope="file", report="each"), cells) == []
    assert places(RULE.format(scope="file", report="each"), cells[1:]) == [("notebook.ipynb", 1)]


def test_a_program_is_a_file_with_the_local_modules_that_it_imports(places: Places) -> None:
    files = {
        "train.py": "import common\ndraw()\n",
        "common.py": "from helpers import start\nstart()\n",
        "helpers.py": "def start(): seed(1)\n",
        "other.py": "draw()\n",
    }
    assert places(RULE.format(scope="program", report="first"), files) == [("other.py", 1)]


def test_what_nothing_in_the_program_runs_does_not_count(places: Places) -> None:
    rule = RULE.format(scope="program", report="first")
    idle = {"a.py": "import b\ndraw()\n", "b.py": "def start():\n    seed(1)\n"}
    assert places(rule, idle) == [("a.py", 2)]
    assert places(rule, idle | {"a.py": "import b\nb.start()\ndraw()\n"}) == []
    assert places(rule, idle | {"b.py": "def start():\n    seed(1)\nstart()\n"}) == []


def test_what_nothing_runs_may_run_with_what_it_needs(places: Places) -> None:
    rule = RULE.format(scope="program", report="each")
    assert places(rule, "def start():\n    seed(1)\ndef go():\n    draw()\n") == []
    assert places(rule, "def start():\n    seed(1)\ndef go():\n    draw()\ndraw()\n") == [("snippet.py", 5)]


def test_what_a_file_draws_beside_a_seed_that_never_runs_is_told(places: Places) -> None:
    assert places(RULE.format(scope="program", report="first"), "def start():\n    seed(1)\ndraw()\n") == [
        ("snippet.py", 3)
    ]


def test_a_program_is_reported_once(places: Places) -> None:
    files = {"a.py": "import b\ndraw()\n", "b.py": "draw()\n"}
    assert places(RULE.format(scope="program", report="first"), files) == [("a.py", 2)]
    assert places(RULE.format(scope="program", report="each"), files) == [("a.py", 2), ("b.py", 1)]


@pytest.mark.parametrize("scope", ["file", "program"])
def test_what_must_be_given_as_well_is_asked_for(places: Places, scope: str) -> None:
    rule = RULE.format(scope=scope, report="first") + "given: load(...)\n"
    assert places(rule, "draw()\n") == []
    assert places(rule, "load()\ndraw()\n") == [("snippet.py", 2)]
    assert places(rule, "load()\nseed(1)\ndraw()\n") == []


@pytest.mark.parametrize("scope", ["function", "file", "program"])
def test_what_is_given_can_be_named_in_the_texts(run: Callable[..., list[Finding]], scope: str) -> None:
    rule = RULE.format(scope=scope, report="each") + "given: load($PART)\nsketch: print(draw($PART))\n"
    code = "def f():\n    draw()\n    load(sex)\n    load(age)\n"
    (finding,) = run(rule + "message: Draw from $PART.\n", code)
    assert (finding.message, finding.sketch) == ("Draw from `sex`.", "print(draw(sex))")


def test_what_a_place_binds_is_not_overwritten_by_what_is_given(run: Callable[..., list[Finding]]) -> None:
    rule = "kind: absence\nwhen: draw($X)\nunless: seed()\ngiven: load($X)\nscope: program\nmessage: Draw $X.\n"
    assert [one.message for one in run(rule, "load(b)\ndraw(a)\n")] == ["Draw `a`."]


def test_what_is_given_in_the_file_itself_comes_first(run: Callable[..., list[Finding]]) -> None:
    rule = RULE.format(scope="program", report="each") + "given: load($PART)\nmessage: Draw $PART.\n"
    files = {"a.py": "load(other)\n", "b.py": "import a\ndraw()\nload(own)\n"}
    assert [one.message for one in run(rule, files)] == ["Draw `own`."]


def test_conditions_act_on_the_formulas_that_bind_their_names(places: Places) -> None:
    rule = "kind: absence\nwhen: draw($WHAT)\nunless: seed($SEED)\nscope: file\nwith: {$SEED: {not_match: None}}\n"
    assert places(rule, "draw(a)\nseed(None)\n") == [("snippet.py", 1)]
    assert places(rule, "draw(a)\nseed(3)\n") == []


@pytest.mark.parametrize("scope", ["call", "file", "program"])
def test_a_fix_is_offered_at_the_place(run: Callable[..., list[Finding]], scope: str) -> None:
    rule = RULE.format(scope=scope, report="each") + "fix: {add_argument: seed=1}\n"
    (finding,) = run(rule, "draw(a)\n")
    assert finding.fix is not None
    assert [edit.replacement for edit in finding.fix.edits] == [", seed=1"]


def test_the_project_around_a_program_may_silence_a_rule(places: Places) -> None:
    rule = RULE.format(scope="program", report="first") + "silent_if: $project.teaches\n"
    files = {"tutorial/a.py": "draw()\n", "b.py": "draw()\n"}
    assert places(rule, files) == [("b.py", 1)]


def test_only_a_rule_about_a_program_knows_the_project(rule: Callable[[str], object]) -> None:
    with pytest.raises(RuleError, match="`\\$project` is known to nothing here"):
        rule(RULE.format(scope="file", report="first") + "silent_if: $project.teaches\n")
