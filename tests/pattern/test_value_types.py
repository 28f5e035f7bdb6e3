"""Of which class values are known to be, by what made them."""

from __future__ import annotations

from textwrap import dedent

import pytest

from readiness.pattern import formula as f
from readiness.pattern.find import compile_formula, find
from readiness.pattern.match import Options
from readiness.pattern.type_knowledge import ITSELF, TypeKnowledge
from readiness.source.python import PythonSource

KNOWN = TypeKnowledge(
    functions={"pandas.read_csv": "pandas.DataFrame", "numpy.zeros": "numpy.ndarray"},
    joins={"pandas.concat": "pandas.DataFrame"},
    halves=frozenset({"sklearn.model_selection.train_test_split"}),
    methods={
        "pandas.DataFrame": {"dropna": ITSELF, "count": "pandas.Series"},
        "pandas.Series": {"dropna": ITSELF},
        "torch.nn.Module": {"to": ITSELF},
    },
    attributes={"pandas.DataFrame": {"values": "numpy.ndarray"}},
    elements={
        "pandas.DataFrame": {"text": "pandas.Series", "list": "pandas.DataFrame", "condition": "pandas.DataFrame"},
    },
    bases={"torch.nn": "torch.nn.Module"},
    elementwise=frozenset({"pandas.Series", "numpy.ndarray"}),
)
TABLE, COLUMN, ARRAY, MODULE = "pandas.DataFrame", "pandas.Series", "numpy.ndarray", "torch.nn.Module"
IMPORTS = """\
import numpy as np
import pandas as pd
import torch
from torch import nn
from typing import Optional
from sklearn.model_selection import train_test_split
"""


def is_known(wanted: str, code: str) -> bool:
    """Whether the last call of `probe` is given a value of the class."""
    source = PythonSource.parse("program.py", IMPORTS + dedent(code))
    found = find(compile_formula(f.Match(f"probe(($VALUE: {wanted}))"), options=Options(types=KNOWN)), source)
    last = source.text.rindex("probe(")
    return any(match.start == last for match in found)


@pytest.mark.parametrize(
    ("wanted", "value"),
    [
        (TABLE, "pd.DataFrame()"),
        (TABLE, "pd.read_csv('stays.csv')"),
        (TABLE, "pd.read_csv('stays.csv').dropna()"),
        (TABLE, "pd.read_csv('stays.csv')[['age']]"),
        (TABLE, "pd.read_csv('stays.csv')[ages > 3]"),
        (TABLE, "pd.concat([pd.read_csv('stays.csv'), late])"),
        (TABLE, "pd.DataFrame() if full else pd.read_csv('stays.csv')"),
        (COLUMN, "pd.read_csv('stays.csv')['age']"),
        (COLUMN, "pd.read_csv('stays.csv').count()"),
        (COLUMN, "pd.read_csv('stays.csv')['age'] * 2 + 1"),
        (COLUMN, "-(pd.Series([1]) > 3)"),
        (ARRAY, "pd.read_csv('stays.csv').values"),
        (MODULE, "nn.Linear(2, 3).to('cpu')"),
    ],
)
def test_the_class_of_a_value_is_known_by_what_made_it(wanted: str, value: str) -> None:
    assert is_known(wanted, f"probe({value})\n")


@pytest.mark.parametrize(
    ("wanted", "value"),
    [
        (TABLE, "load()"),
        (TABLE, "pd.concat(pieces)"),
        (TABLE, "pd.read_csv('stays.csv').squeeze()"),
        (TABLE, "pd.read_csv('stays.csv')[columns]"),
        (TABLE, "{'a': 1}.values"),
        (COLUMN, "pd.read_csv('stays.csv').age"),
        (COLUMN, "pd.Series([1]) + other"),
        (TABLE, "pd.DataFrame() if full else rows"),
        (ARRAY, "{'a': 1}.values"),
    ],
)
def test_what_may_be_something_else_is_unknown(wanted: str, value: str) -> None:
    assert not is_known(wanted, f"probe({value})\n")


@pytest.mark.parametrize(
    "code",
    [
        "rows = pd.read_csv('a')\nrows = rows.dropna()\nprobe(rows)\n",
        "rows = []\nrows = pd.read_csv('a')\nprobe(rows)\n",
        "rows = None\nif late:\n    rows = pd.read_csv('a')\nprobe(rows)\n",
        "if late:\n    rows = pd.read_csv('a')\nelse:\n    rows = pd.DataFrame()\nprobe(rows)\n",
        "if late:\n    rows = pd.read_csv('a')\n    probe(rows)\nelse:\n    rows = 3\n",
        "rows = pd.read_csv('a')\nfor part in parts:\n    rows = rows.dropna()\n    probe(rows)\n",
        "rows = pd.read_csv('a')\nprobe(rows)\nrows = 3\n",
        "train, test = train_test_split(pd.read_csv('a'), test_size=3)\nprobe(test)\n",
        "first, rows = 1, pd.read_csv('a')\nprobe(rows)\n",
        "rows = pd.read_csv('a')\nrows['age'] += 1\nprobe(rows)\n",
        "def f(rows: pd.DataFrame):\n    probe(rows)\n",
        "def f(rows: Optional[pd.DataFrame] = None):\n    probe(rows)\n",
        "def f(rows: pd.DataFrame | None = None):\n    probe(rows)\n",
        "def load() -> pd.DataFrame:\n    return read()\nprobe(load())\n",
        "def load(path):\n    rows = pd.read_csv(path)\n    return rows.dropna()\nprobe(load('a'))\n",
        "rows = pd.read_csv('a')\ndef f():\n    probe(rows)\n",
        "for part in parts:\n    rows = pd.read_csv(part)\n    probe(rows)\n    rows = 3\n",
    ],
)
def test_a_name_has_the_class_of_all_that_can_reach_it(code: str) -> None:
    assert is_known(TABLE, code)


@pytest.mark.parametrize(
    "code",
    [
        "rows = pd.read_csv('a')\nrows = clean(rows)\nprobe(rows)\n",
        "rows = pd.read_csv('a')\nif late:\n    rows = 3\nprobe(rows)\n",
        "rows = pd.read_csv('a')\nfor part in parts:\n    probe(rows)\n    rows = rows.count()\n",
        "rows = pd.read_csv('a')\nfor rows in parts:\n    probe(rows)\n",
        "def f(rows):\n    probe(rows)\n",
        "rows = pd.read_csv('a')\ndef f():\n    probe(rows)\nrows = 3\n",
        "rows = pd.read_csv('a')\ndef f():\n    global rows\n    rows = 3\nprobe(rows)\n",
        "def load(path):\n    if not path:\n        return 3\n    return pd.read_csv(path)\nprobe(load('a'))\n",
        "@cached\ndef load(path):\n    return pd.read_csv(path)\nprobe(load('a'))\n",
        "def load(path):\n    yield 1\n    return pd.read_csv(path)\nprobe(load('a'))\n",
        "rows = pd.read_csv('a')\nwith rows as rows:\n    probe(rows)\n",
    ],
)
def test_a_name_that_something_else_can_reach_is_unknown(code: str) -> None:
    assert not is_known(TABLE, code)


def test_a_class_of_the_program_is_of_the_kind_of_its_base() -> None:
    code = "class Net(nn.Module):\n    pass\nclass Deep(Net):\n    pass\nmodel = Deep().to('cpu')\nprobe(model)\n"
    assert is_known(MODULE, code)
    assert not is_known(MODULE, code.replace("(nn.Module)", ""))


def test_names_that_stand_for_each_other_come_to_an_end() -> None:
    assert not is_known(TABLE, "while True:\n    a = b\n    b = a\n    probe(a)\n")


def test_a_long_way_back_is_not_followed_to_its_end() -> None:
    steps = "".join(f"rows{n + 1} = rows{n}.dropna()\n" for n in range(300))
    assert not is_known(TABLE, f"rows0 = pd.read_csv('a')\n{steps}probe(rows300)\n")


def test_without_knowledge_only_classes_and_annotations_tell() -> None:
    source = PythonSource.parse("a.py", "import pandas as pd\nprobe(pd.read_csv('a'))\nprobe(pd.DataFrame())\n")
    assert [match.start for match in find(compile_formula(f.Match("probe(($VALUE: pandas.DataFrame))")), source)] == [
        source.text.rindex("probe")
    ]


CONDITION = f.Conditions((f.HasType("$VALUE", ("numpy.ndarray",)),))


@pytest.mark.parametrize(
    "formula", [f.All((f.Match("probe($VALUE)"), CONDITION)), f.Match("probe(($VALUE: numpy.ndarray))")]
)
def test_a_file_without_the_packages_that_give_a_class_is_not_searched(formula: f.Formula) -> None:
    plan = compile_formula(formula, options=Options(types=KNOWN))
    assert set(plan.required) == {frozenset({"probe"}), frozenset({"numpy", "pandas"})}


def test_a_file_without_the_packages_of_a_class_may_hold_what_is_of_another_one() -> None:
    other = f.Conditions((f.HasType("$VALUE", ("numpy.ndarray",), negated=True),))
    plan = compile_formula(f.All((f.Match("probe($VALUE)"), other)), options=Options(types=KNOWN))
    assert set(plan.required) == {frozenset({"probe"})}


def test_an_annotation_of_the_same_name_elsewhere_tells_nothing() -> None:
    code = (
        "def f(rows: pd.DataFrame):\n    pass\ndef g():\n    rows = []\n    probe(rows)\n    rows = pd.concat(rows)\n"
    )
    assert not is_known(TABLE, code)


def test_what_a_function_made_that_nothing_is_known_of_has_its_name_for_a_class() -> None:
    assert is_known("numpy.memmap", "probe(np.memmap('a'))\n")


def test_a_typed_value_is_found_wherever_its_package_is_named() -> None:
    source = PythonSource.parse("a.py", "import pandas as pd\nstays = pd.read_csv('a')\nstays['risk'] = 0\n")
    plan = compile_formula(f.Match("($ROWS: pandas.DataFrame)[$COLUMN] = $VALUE"), options=Options(types=KNOWN))
    assert [match.texts()["$COLUMN"] for match in find(plan, source)] == ["'risk'"]
