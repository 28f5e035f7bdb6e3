import pytest

FUNCTION = "def {name}(x):\n    y = x\n    return y\n"
UNTESTED = "kind: repository\nfor_each: function\nunless: [{tests_refer: true}]\n"
SAVED = "kind: repository\nfor_each: match\nmatch: joblib.dump(...)\n"
SAVING = "import joblib\njoblib.dump(a, 'a')\njoblib.dump(b, 'b')\n"


def test_functions_that_no_test_refers_to(run):
    files = {
        "a.py": FUNCTION.format(name="f") + FUNCTION.format(name="g"),
        "tests/test_a.py": "from a import g\ng(1)\n",
    }
    found = run(UNTESTED + 'message: "Test `$function.qualname`."\n', files)
    assert [(f.message, f.location.path, f.location.line, f.project) for f in found] == [("Test `f`.", "a.py", 1, True)]


@pytest.mark.parametrize(
    ("report", "messages"),
    [
        ("each", ["0 others."] * 3),
        ("file", ["1 others.", "0 others."]),
        ("project", ["2 others."]),
    ],
)
def test_a_report_may_stand_for_others(run, report, messages):
    files = {"a.py": SAVING, "b.py": "import joblib\njoblib.dump(c, 'c')\n"}
    found = run(SAVED + f'report: {report}\nmessage: "$others others."\n', files)
    assert [f.message for f in found] == messages


@pytest.mark.parametrize(("report", "paths"), [("each", ["b.py"]), ("file", ["b.py"]), ("project", ["a.py"])])
def test_a_quiet_file_says_something_about_others_only(run, report, paths):
    files = {"a.py": SAVING, "b.py": "import joblib\njoblib.dump(c, 'c')\n"}
    found = run(SAVED + f"report: {report}\nmessage: Saved.\n", files, quiet=["a.py"])
    assert [f.location.path for f in found] == paths


@pytest.mark.parametrize(
    ("unless", "excuse"),
    [
        ("{file: ['docs/*.txt']}", {"docs/a.txt": "x"}),
        ("{document: model-card}", {"MODEL_CARD.md": "# Card\n"}),
        ("{match: skops.card.Card(...)}", {"tests/test_card.py": "import skops.card\nskops.card.Card(m)\n"}),
        ("{when: $project.has_tests}", {"tests/test_a.py": ""}),
    ],
)
def test_something_elsewhere_in_the_project_excuses(run, unless, excuse):
    rule = SAVED + f"unless: [{unless}]\nmessage: Saved.\n"
    assert len(run(rule, {"a.py": SAVING})) == 2
    assert run(rule, {"a.py": SAVING, **excuse}) == []


def test_matches_bring_their_metavariables(run):
    rule = 'kind: repository\nfor_each: match\nmatch: joblib.dump($MODEL, ...)\nmessage: "Saved $MODEL."\n'
    assert [f.message for f in run(rule, {"a.py": SAVING})] == ["Saved `a`.", "Saved `b`."]


def test_only_files_that_the_rule_looks_at_count(run):
    rule = SAVED + "where: {not_paths: ['old/**']}\nmessage: Saved.\n"
    assert run(rule, {"old/a.py": SAVING, "tests/test_a.py": SAVING}) == []
    assert run(SAVED + "where: {files: [python]}\nmessage: Saved.\n", {"a.py": SAVING}) != []


def test_functions_of_notebooks_can_be_left_out(run, notebook):
    files = {"a.ipynb": notebook((FUNCTION.format(name="f"), 1, []))}
    assert len(run(UNTESTED + "message: Test.\n", files)) == 1
    assert run(UNTESTED + "where: {files: [python]}\nmessage: Test.\n", files) == []


def test_dependencies_with_a_lock_beside_or_above_them(run):
    rule = 'kind: repository\nfor_each: dependency\nwhen: not $dependency.pinned and not $manifest.is_lock\nunless: [{when: $project.has_lock}]\nmessage: "Pin $dependency.name."\n'
    requirements = {"requirements.txt": "pandas\nnumpy==1\n"}
    assert [(f.message, f.location.line) for f in run(rule, requirements)] == [("Pin `pandas`.", 1)]
    assert run(rule, {**requirements, "uv.lock": ""}) == []
    assert len(run(rule, {**requirements, "other/uv.lock": ""})) == 1


def test_manifests_files_and_the_project(run):
    files = {"requirements.txt": "a\n", "data.txt": "x\n"}
    manifest = 'kind: repository\nfor_each: manifest\nmessage: "A $manifest.type file."\n'
    assert [f.message for f in run(manifest, files)] == ["A `requirements` file."]
    file = 'kind: repository\nfor_each: file\nwhen: glob($file.path, "data*")\nmessage: "Found $file.path."\n'
    assert [f.message for f in run(file, files)] == ["Found `data.txt`."]
    project = "kind: repository\nfor_each: project\nwhen: not $project.has_ci\nmessage: No checks.\n"
    assert len(run(project, files)) == 1


IMPORTS = "kind: repository\nfor_each: import\nwhen: $import.known and not $import.declared\n"


def test_imports_that_nothing_installs(run):
    files = {"requirements.txt": "pandas\n", "a.py": "import os, pandas, sklearn\n", "b.py": "import own_module\n"}
    found = run(IMPORTS + 'message: "Declare `$import.package` for `$import.module`."\n', files)
    assert [(f.message, f.location.path) for f in found] == [("Declare `scikit-learn` for `sklearn`.", "a.py")]


def test_a_report_may_stand_for_others_of_its_value_only(run):
    files = {"a.py": "import torch\nimport shap\n", "b.py": "import torch\n"}
    rule = IMPORTS + 'report: project\nper: $import.module\nmessage: "$import.module and $others more."\n'
    assert [f.message for f in run(rule, files)] == ["`torch` and 1 more.", "`shap` and 0 more."]


def test_dependencies_that_nothing_uses(run):
    rule = (
        'kind: repository\nfor_each: dependency\nwhen: $dependency.used == False\nmessage: "Remove $dependency.name."\n'
    )
    files = {"requirements.txt": "shap\ntorch\nin-house\n", "a.py": "import torch\n"}
    assert [f.message for f in run(rule, files)] == ["Remove `shap`."]


def test_manifests_that_do_not_list_what_they_bring(run):
    rule = 'kind: repository\nfor_each: manifest\nwhen: len($manifest.unlisted) > 0\nmessage: "Add `$manifest.unlisted`."\n'
    assert [f.message for f in run(rule, {"requirements.txt": "lightgbm==4.5.0\n"})] == ["Add `numpy, scipy`."]


def test_functions_that_a_test_refers_to(run):
    tested = UNTESTED.replace("true", "false") + 'message: "Tested: `$function.qualname`."\n'
    files = {
        "a.py": FUNCTION.format(name="f") + FUNCTION.format(name="g"),
        "tests/test_a.py": "from a import g\ng(1)\n",
    }
    assert [found.message for found in run(tested, files)] == ["Tested: `g`."]


GOAL = (
    "# Beds\n## Goal\nThis project predicts how long somebody remains on a ward, and it should be of use to all "
    "who have to do with the planning that comes after that.\n"
)
TOLD = "kind: repository\nfor_each: statement\n"


def test_a_rule_speaks_only_if_all_that_is_given_stands_somewhere(run):
    rule = SAVED + "given: [pandas.read_csv(...), $M.fit(...)]\nreport: project\nmessage: Saved.\n"
    read, fitted = {"read.py": "import pandas as pd\npd.read_csv(x)\n"}, {"fit.py": "model.fit(x)\n"}
    assert run(rule, {"a.py": SAVING, **read}) == []
    assert run(rule, {"a.py": SAVING, **fitted}) == []
    assert run(rule, {"a.py": SAVING, "tests/test_fit.py": "model.fit(x)\n", **read}) == []
    assert len(run(rule, {"a.py": SAVING, **read, **fitted})) == 1


def test_the_statement_of_a_project_is_its_best_one(run):
    files = {"README.md": GOAL, "data/README.md": GOAL, "MODEL_CARD.md": "# Card\n" + GOAL}
    assert [f.location.path for f in run(TOLD + "message: Say.\n", files)] == ["README.md"]
    assert run(TOLD + "message: Say.\n", {"README.md": "# Beds\n"}) == []


def test_what_is_missing_is_named_and_other_texts_may_answer(run):
    rule = TOLD + 'message: "Say $statement.missing."\n'
    (alone,) = run(rule, {"README.md": GOAL})
    assert "`the outcome that should change`, `a number to reach`, " in alone.message
    card = "# Card\n## Intended use\n" + "Cut the waits of patients from 14 to 12 days by May. " * 3
    (both,) = run(rule, {"README.md": GOAL, "MODEL_CARD.md": card})
    assert both.message == "Say `when predictions are needed` and `how far a prediction must be explained`."


def test_a_notebook_may_be_all_that_tells_what_a_project_is_for(run):
    cells = [{"code": "import pandas"}, {"markdown": GOAL.removeprefix("# Beds\n")}]
    (found,) = run(TOLD + "message: Say.\n", cells)
    assert (found.location.cell, found.location.line) == (1, 1)
