"""Rules about what the declared version of a library deprecated or removed."""

from __future__ import annotations

import pytest

RULE = """\
kind: api
changes: library-changes
when: $change.state == "{state}"
message: "$change.name, $change.declared, $change.replacement."
"""
OLD = "import numpy as np\nages = rows.astype(np.float)\n"


@pytest.mark.parametrize(
    ("declared", "state"),
    [
        ("numpy==1.26.4", "removed"),
        ("numpy>=1.24", "removed"),
        ("numpy", "removable"),
        ("numpy>=1.20", "removable"),
        ("numpy>=1.20,<1.24", "deprecated"),
        ("numpy>=1.17,<1.24", "deprecated"),
        ("numpy==1.19.0", "current"),
    ],
)
def test_the_declared_version_decides(run, declared, state):
    files = {"requirements.txt": declared, "a.py": OLD}
    told = [s for s in ("removed", "removable", "deprecated", "current") if run(RULE.format(state=s), files)]
    assert told == [state]


def test_the_text_names_the_change_and_what_is_declared(run):
    (found,) = run(RULE.format(state="removed"), {"requirements.txt": "numpy==2.1.0", "a.py": OLD})
    assert found.message == "`numpy.float`, `numpy ==2.1.0`, `float`."
    assert (found.location.line, found.location.column) == (2, 20)


@pytest.mark.parametrize("files", [{}, {"requirements.txt": "pandas==2.0.0"}])
def test_where_no_version_is_declared_every_released_one_is_permitted(run, files):
    assert run(RULE.format(state="removed"), {**files, "a.py": OLD}) == []
    (found,) = run(RULE.format(state="removable"), {**files, "a.py": OLD})
    assert "`numpy in any version`" in found.message


@pytest.mark.parametrize(
    ("python", "state"), [("3.7", "deprecated"), ("3.7.7", "deprecated"), ("3.8", "removable"), (None, "removable")]
)
def test_a_version_that_no_python_of_the_project_runs_is_not_permitted(run, python, state):
    files = {"Dockerfile": f"FROM python:{python}\n"} if python else {}
    told = [s for s in ("removed", "removable", "deprecated") if run(RULE.format(state=s), {**files, "a.py": OLD})]
    assert told == [state]


def test_a_pinned_version_is_believed_whatever_the_python_is(run):
    files = {"Dockerfile": "FROM python:3.7\n", "requirements.txt": "numpy==2.1.0", "a.py": OLD}
    assert len(run(RULE.format(state="removed"), files)) == 1


def test_nothing_is_said_of_a_requirement_that_cannot_be_compared(run):
    files = {"requirements.txt": "numpy @ git+https://example.org/numpy@main", "a.py": OLD}
    assert [s for s in ("removed", "removable", "deprecated") if run(RULE.format(state=s), files)] == []


def test_the_nearest_manifest_counts(run):
    files = {"requirements.txt": "numpy==2.1.0", "old/requirements.txt": "numpy==1.19.0", "old/job/a.py": OLD}
    assert run(RULE.format(state="removed"), files) == []
    assert len(run(RULE.format(state="removed"), {**files, "b.py": OLD})) == 1


def test_a_lock_file_counts_before_the_range_beside_it(run):
    lock = 'version = 1\n\n[[package]]\nname = "numpy"\nversion = "2.1.0"\n'
    project = '[project]\nname = "a"\nversion = "1"\ndependencies = ["numpy>=1.20"]\n'
    files = {"pyproject.toml": project, "uv.lock": lock, "a.py": OLD}
    assert len(run(RULE.format(state="removed"), files)) == 1


def test_a_name_that_came_back_is_current(run):
    files = {"requirements.txt": "numpy==2.1.0", "a.py": "import numpy as np\nflags = np.zeros(3, np.bool)\n"}
    assert run(RULE.format(state="removed"), files) == []


def test_a_method_belongs_to_a_library_only_where_that_is_imported(run):
    text = "rows = rows.append(row, ignore_index=True)\n"
    pins = {"requirements.txt": "pandas==2.2.3"}
    assert run(RULE.format(state="removed"), {**pins, "a.py": text}) == []
    assert len(run(RULE.format(state="removed"), {**pins, "a.py": f"import pandas\n{text}"})) == 1


def mended(run, pins: str, text: str) -> str | None:
    """The text with the fix of the one finding in it, if it has one."""
    (found,) = run(RULE.format(state="removed"), {"requirements.txt": pins, "a.py": text})
    if found.fix is None:
        return None
    assert found.fix.safe
    (edit,) = found.fix.edits
    return text[: edit.start] + edit.replacement + text[edit.end :]


def test_an_exact_replacement_is_a_fix(run):
    assert mended(run, "numpy==2.1.0", OLD) == OLD.replace("np.float", "float")


def test_only_the_last_part_of_a_name_changes_where_its_module_stays(run):
    text = "import numpy as np\ntotal = np.product(sides)\n"
    assert mended(run, "numpy==2.1.0", text) == text.replace("product", "prod")


def test_a_renamed_argument_is_renamed_alone(run):
    text = "from sklearn.preprocessing import OneHotEncoder\ncoder = OneHotEncoder(sparse = sparse)\n"
    assert mended(run, "scikit-learn==1.5.0", text) == text.replace("(sparse", "(sparse_output")


def test_a_name_that_is_imported_alone_is_one_cause_and_left_to_a_person(run):
    text = "from numpy import product\ntotal = product(sides)\n"
    found = run(RULE.format(state="removed"), {"requirements.txt": "numpy==2.1.0", "a.py": text})
    assert [(one.location.line, one.cause, one.fix) for one in found] == [
        (1, "uses of `numpy.product`", None),
        (2, "uses of `numpy.product`", None),
    ]


def test_a_built_in_name_that_means_something_else_here_is_no_fix(run):
    assert mended(run, "numpy==2.1.0", "import numpy as np\nfloat = np.float64\nages = rows.astype(np.float)\n") is None


@pytest.mark.parametrize(
    "text",
    [
        "import numpy as np\nif np.__version__ < '1.20':\n    kind = np.float\n",
        "import numpy as np\ntry:\n    kind = np.float\nexcept AttributeError:\n    kind = float\n",
        "import numpy as np\nkind = np.float if OLD_VERSION else float\n",
    ],
)
def test_code_that_is_prepared_for_several_versions_is_left_alone(run, text):
    assert run(RULE.format(state="removed"), {"requirements.txt": "numpy==2.1.0", "a.py": text}) == []


@pytest.mark.parametrize("end", ["", "else:\n    pass\n", "finally:\n    pass\n"])
@pytest.mark.parametrize("error", ["", " AttributeError", " (AttributeError, TypeError) as error"])
def test_an_older_name_after_a_newer_one_that_failed_is_left_alone(run, error, end):
    text = f"import numpy as np\ntry:\n    area = np.trapezoid(y)\nexcept{error}:\n    area = np.trapz(y)\n{end}"
    assert run(RULE.format(state="removed"), {"requirements.txt": "numpy==2.4.0", "a.py": text}) == []


def test_a_method_is_of_a_library_where_its_object_is_known_to_be(run):
    text = "import pandas as pd\nages = pd.read_csv('stays.csv')\nages.iteritems()\nother.iteritems()\n"
    (found,) = run(RULE.format(state="removed"), {"requirements.txt": "pandas==2.2.3", "a.py": text})
    assert found.location.line == 3


def test_an_argument_is_named_with_its_callable(run):
    text = "from sklearn.preprocessing import OneHotEncoder\ncoder = OneHotEncoder(sparse=False)\n"
    (found,) = run(RULE.format(state="removed"), {"requirements.txt": "scikit-learn==1.5.0", "a.py": text})
    assert "`OneHotEncoder(sparse_output=...)`" in found.message


def test_uses_of_one_name_have_one_cause_unless_each_can_be_mended(run):
    text = (
        "import tensorflow as tf\nx = tf.placeholder(tf.float32)\nwith tf.Session() as session:\n    session.run(x)\n"
    )
    found = run(RULE.format(state="removed"), {"requirements.txt": "tensorflow==2.16.0", "a.py": text})
    assert [one.cause for one in found] == ["uses of `TensorFlow 1`"] * 2
    (mended,) = run(RULE.format(state="removed"), {"requirements.txt": "numpy==2.1.0", "a.py": OLD})
    assert mended.cause == ""


@pytest.mark.parametrize(
    ("declared", "state"),
    [
        ({"pyproject.toml": '[project]\nname = "a"\nversion = "1"\nrequires-python = ">=3.12"\n'}, "removed"),
        ({"pyproject.toml": '[project]\nname = "a"\nversion = "1"\nrequires-python = ">=3.9"\n'}, "removable"),
        ({"pyproject.toml": '[tool.poetry.dependencies]\npython = "~3.11"\n'}, "deprecated"),
        ({"environment.yml": "dependencies:\n  - python=3.3\n"}, "current"),
        ({"Dockerfile": "FROM python:3.13-slim\n"}, "removed"),
        ({}, "removable"),
    ],
)
def test_the_version_of_python_counts_for_its_own_library(run, declared, state):
    files = {**declared, "a.py": "import imp\n"}
    told = [s for s in ("removed", "removable", "deprecated", "current") if run(RULE.format(state=s), files)]
    assert told == [state]


def test_a_module_of_the_project_is_none_of_pythons(run):
    text = "from parser import Parser\n"
    assert len(run(RULE.format(state="removable"), {"a.py": text})) == 1
    assert run(RULE.format(state="removable"), {"a.py": text, "parser.py": "class Parser: ...\n"}) == []


def test_what_a_declared_package_brings_back_is_left_alone(run):
    files = {"a.py": "from distutils.version import LooseVersion\n"}
    assert len(run(RULE.format(state="removable"), files)) == 1
    assert run(RULE.format(state="removable"), {**files, "requirements.txt": "setuptools==75.0.0\n"}) == []


def test_an_import_of_a_removed_name_fails_before_it_is_used(run):
    (found,) = run(
        RULE.format(state="removed"), {"requirements.txt": "numpy==2.1.0", "a.py": "from numpy import NaN\n"}
    )
    assert found.message == "`numpy.NaN`, `numpy ==2.1.0`, `numpy.nan`."
    assert found.fix is None


def test_a_name_below_the_module_is_another_one(run):
    text = "from collections.abc import Mapping\nimport collections.abc\nfrom numpy.linalg import product\n"
    assert run(RULE.format(state="removable"), {"a.py": text}) == []


def test_another_package_that_brings_the_name_has_versions_of_its_own(run):
    text = "from keras.models import Sequential\nmodel = Sequential()\nmodel.fit_generator(rows, steps_per_epoch=9)\n"
    for pin, state in (("keras==3.1.0", "removed"), ("keras==2.15.0", "deprecated"), ("tensorflow==2.16.1", "removed")):
        (found,) = run(RULE.format(state=state), {"requirements.txt": pin, "a.py": text})
        assert found.message.startswith("`fit_generator`")


@pytest.mark.parametrize(
    ("declared", "state"),
    [
        ("numpy~=1.23.0", "deprecated"),
        ("numpy~=1.23", "removable"),
        ("numpy!=1.24.0", "removable"),
        ("numpy>1.24", "removed"),
        ("numpy<=1.23.5", "deprecated"),
        ("numpy<=1.24", "removable"),
        ("numpy==1.24.*", "removed"),
        ("numpy>=1.24rc1", "removable"),
    ],
)
def test_every_comparison_of_a_requirement_is_understood(run, declared, state):
    files = {"requirements.txt": declared, "a.py": OLD}
    told = [s for s in ("removed", "removable", "deprecated", "current") if run(RULE.format(state=s), files)]
    assert told == [state]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"numpy/__init__.py": "", "numpy/lib/a.py": OLD}, 0),
        ({"src/numpy/__init__.py": "", "tools/a.py": OLD}, 0),
        ({"numpy/lesson.py": "", "a.py": OLD}, 1),
        ({"beds/own/numpy/__init__.py": "", "other/a.py": OLD}, 1),
    ],
)
def test_a_library_is_not_told_of_its_own_names(run, files, told):
    assert len(run(RULE.format(state="removable"), files)) == told
