import pytest

from readiness.errors import RuleError

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
        ("{imports: [mlflow]}", {"tests/test_a.py": "import mlflow.sklearn\n"}),
        ("{imports: [azure.ai.ml]}", {"requirements.txt": "azure_ai.ml==1.2\n"}),
        ("{text: '(?i)roll.?back'}", {"README.md": "# Risk\n\nRollback: start the last image.\n"}),
        ("{text: 'drift', of: [config], paths: ['jobs/*']}", {"jobs/a.yml": "run: drift.py\n"}),
    ],
)
def test_something_elsewhere_in_the_project_excuses(run, unless, excuse):
    rule = SAVED + f"unless: [{unless}]\nmessage: Saved.\n"
    assert len(run(rule, {"a.py": SAVING})) == 2
    assert run(rule, {"a.py": SAVING, **excuse}) == []


@pytest.mark.parametrize(
    "own",
    [
        {"readiness.yaml": "ignore: [drift-undefined]\n"},
        {"beds/readiness.yaml": "# drift: later\n"},
        {
            "pyproject.toml": "[project]\nname = 'a'\n[tool.readiness]\nignore = ['drift']\n[tool.readiness.severity]\ndrift = 'note'\n"
        },
    ],
)
def test_how_a_project_configures_this_tool_excuses_nothing(run, own):
    rule = SAVED + "unless: [{text: drift}]\nmessage: Saved.\n"
    assert len(run(rule, {"a.py": SAVING, **own})) == 2


def test_other_tables_beside_those_of_this_tool_excuse(run):
    rule = SAVED + "unless: [{text: drift}]\nmessage: Saved.\n"
    beside = "[tool.readiness]\nignore = ['a']\n\n[tool.jobs]\nrun = 'drift'\n"
    assert run(rule, {"a.py": SAVING, "pyproject.toml": beside}) == []


@pytest.mark.parametrize("elsewhere", [{"README.md": "drift"}, {"a.yml": "drift"}, {"jobs/a.py": "drift\n"}])
def test_text_counts_only_where_it_is_looked_for(run, elsewhere):
    rule = SAVED + "unless: [{text: drift, of: [config], paths: ['jobs/*']}]\nmessage: Saved.\n"
    assert len(run(rule, {"a.py": SAVING, **elsewhere})) == 2


@pytest.mark.parametrize(
    ("given", "there"),
    [
        ("{match: flask.Flask(...)}", {"app.py": "import flask\nflask.Flask(__name__)\n"}),
        ("{imports: [flask]}", {"app.py": "import flask\n"}),
        ("{file: [Dockerfile]}", {"Dockerfile": "FROM python\n"}),
        ("{text: EXPOSE}", {"Dockerfile": "EXPOSE 80\n"}),
    ],
)
def test_a_rule_may_ask_for_something_that_the_project_has(run, given, there):
    rule = SAVED + f"given: [{{imports: [joblib]}}, {given}]\nmessage: Saved.\n"
    assert run(rule, {"a.py": SAVING}) == []
    assert len(run(rule, {"a.py": SAVING, **there})) == 2


def test_what_a_test_does_is_not_what_the_project_has(run):
    rule = SAVED + "given: [{match: flask.Flask(...)}]\nmessage: Saved.\n"
    assert run(rule, {"a.py": SAVING, "tests/test_a.py": "import flask\nflask.Flask(__name__)\n"}) == []


def test_what_a_test_refers_to_is_no_question_about_the_whole_project(rule):
    with pytest.raises(RuleError, match="must be one of file, document, match, text, imports"):
        rule(SAVED + "given: [{tests_refer: true}]\nmessage: Saved.\n")


def test_files_that_lfs_or_dvc_keeps_are_told_apart(places):
    rule = "kind: repository\nfor_each: file\nwhen: not $file.kept_elsewhere and $file.size > 0\nwhere: {paths: ['*.csv']}\nmessage: Big.\n"
    files = {
        "data/.gitattributes": "# *.csv filter=lfs\n/raw/*.csv filter=lfs -text\n",
        "data/raw/a.csv": "1",
        "data/b.csv": "1",
        "c.csv": "1",
        "c.csv.dvc": "outs: []",
    }
    assert places(rule, files) == [("data/b.csv", 1)]


def test_functions_know_their_copies_and_whether_they_are_documented(run):
    body = "    a = x\n    b = a\n    c = b\n    d = c\n    return d\n"
    rule = 'kind: repository\nfor_each: function\nwhen: len($function.copies) > 0\nmessage: "$function.name: $function.copies, $function.documented."\n'
    files = {
        "a.py": "def f(x):\n" + body,
        "b.py": 'def f(x):\n    """Says."""\n' + body.replace("    a", "    a"),
        "c.py": "def g(x):\n" + body,
        "tests/test_f.py": "def f(x):\n" + body,
    }
    assert [f.message for f in run(rule, files)] == ["`f`: `b.py`, False.", "`f`: `a.py`, True."]


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


@pytest.mark.parametrize(("call", "mentioned"), [("module.scale([1])", True), ("module.other([1])", False)])
def test_what_is_called_on_a_module_that_a_test_loads_is_mentioned(run, call, mentioned):
    loads = "import importlib.util\nspec = importlib.util.spec_from_file_location('a', 'a.py')\n"
    files = {"a.py": FUNCTION.format(name="scale"), "tests/test_a.py": f"{loads}module = load(spec)\n{call}\n"}
    assert (run(UNTESTED + "message: Test.\n", files) == []) is mentioned


GOAL = (
    "# Beds\n## Goal\nThis project predicts how long somebody remains on a ward, and it should be of use to all "
    "who have to do with the planning that comes after that.\n"
)
TOLD = "kind: repository\nfor_each: statement\n"


def test_a_rule_speaks_only_if_all_that_is_given_stands_somewhere(run):
    rule = SAVED + "given: [match: pandas.read_csv(...), match: $M.fit(...)]\nreport: project\nmessage: Saved.\n"
    read, fitted = {"read.py": "import pandas as pd\npd.read_csv(x)\n"}, {"fit.py": "model.fit(x)\n"}
    assert run(rule, {"a.py": SAVING, **read}) == []
    assert run(rule, {"a.py": SAVING, **fitted}) == []
    assert run(rule, {"a.py": SAVING, "tests/test_fit.py": "model.fit(x)\n", **read}) == []
    assert len(run(rule, {"a.py": SAVING, **read, **fitted})) == 1


def test_the_statement_of_a_project_is_its_best_one(run):
    files = {"README.md": GOAL, "data/README.md": GOAL, "MODEL_CARD.md": "# Card\n" + GOAL}
    assert [f.location.path for f in run(TOLD + "message: Say.\n", files)] == ["README.md"]
    deep = {f"projects/beds/{path}": text for path, text in files.items()}
    assert [f.location.path for f in run(TOLD + "message: Say.\n", deep)] == ["projects/beds/README.md"]
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
