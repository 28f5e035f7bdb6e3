"""Whose rows the values of a program hold."""

from __future__ import annotations

import pytest

from readiness.flow.knowledge import Options
from readiness.flow.lineage import Lineage, lineage_of
from readiness.flow.program import program_of
from readiness.flow.rows import Rows, apart, overlap, siblings, within
from readiness.rulebook.knowledge import aliases, flow_knowledge
from readiness.source.python import PythonSource

IMPORTS = """\
import numpy as np
import pandas as pd
from sklearn.model_selection import KFold, train_test_split
from torch.utils.data import random_split
from transformers import AutoTokenizer
df = pd.read_csv("stays.csv")
"""


def rows_of(program: str) -> dict[str, Rows]:
    """The rows of what `show(name)` is called with, by name."""
    source = PythonSource.parse("program.py", IMPORTS + program, aliases=aliases())
    flow = program_of(source, Options(knowledge=flow_knowledge()))
    found: dict[str, Rows] = {}
    for call in source.calls_by_name.get("show", ()):
        (argument,) = call.fields[1]
        nodes = flow.graph.values.get(argument.enter, [])
        found[argument.fields[0]] = lineage_of(flow).rows(nodes)
    return found


APART = {
    "split": "a, b = train_test_split(df)\n",
    "split of two": "a, b, c, d = train_test_split(df[['x']], df.y)\n",
    "scaled after the split": "a, b = train_test_split(df)\na = scaler.fit_transform(a)\nb = scaler.transform(b)\n",
    "slices": "a, b = df[:100], df[100:]\n",
    "slices with a name": "a, b = df.iloc[:n], df.iloc[n:]\n",
    "masks": "m = df.year < 2015\na, b = df[m], df[~m]\n",
    "comparisons": "a, b = df[df.kind == 'train'], df[df.kind == 'test']\n",
    "missing target": "a, b = df[df.y.notnull()], df[df.y.isnull()]\n",
    "the rest of a sample": "a = df.sample(frac=0.8)\nb = df.drop(a.index)\n",
    "not in a sample": "a = df.sample(frac=0.8)\nb = df[~df.index.isin(a.index)]\n",
    "folds": "for i, j in KFold().split(df):\n    a, b = df.iloc[i], df.iloc[j]\n",
    "the same seed": "a, _ = train_test_split(df, random_state=1)\n_, b = train_test_split(df * 2, random_state=1)\n",
    "a split of a split with the same seed": (
        "a, b = train_test_split(df, random_state=1)\na, b = train_test_split(a, random_state=1)\n"
    ),
    "two files": "a, b = df, pd.read_csv('other.csv')\n",
    "joined and cut again": (
        "t = pd.read_csv('test.csv')\nfull = pd.concat([df, t])\nfull = full.fillna(0)\n"
        "a, b = full[:len(df)], full[len(df):]\n"
    ),
    "joined and cut again, three times": (
        "a, b, n = df, pd.read_csv('test.csv'), len(df)\n"
        + 3 * "both = a.append(b)\nboth['z'] = codes(both['z'])\na, b = both[:n], both[n:]\n"
    ),
    "a table to which another one was appended elsewhere": (
        "a, b = df, pd.read_csv('test.csv')\nboth = a.append(b)\na['z'] = a.z.map(both.z.value_counts())\n"
    ),
    "an unknown loader": "(a, _), (b, _) = load_data()\n",
    "elements of something unknown": "data = load()\na, b = data['train'], data['test']\n",
    "a function called twice": "def read(p):\n    return pd.read_csv(p)\na, b = read(x), read(y)\n",
    "a column from elsewhere": "t = pd.read_csv('test.csv')\ndf['z'] = t.z\na, b = df, t\n",
    "columns of a transposed table": "a, b = t[:, :n], t[:, n:]\n",
    "parts of a random split": "_, a, b = random_split(df, [0.7, 0.2, 0.1])\n",
    "numbers of rows that were drawn": "i = np.random.choice(df.index, 9, replace=False)\na, b = df.iloc[i], df.drop(i)\n",
    "pieces of an array": "a, b, c = np.split(df, 3)\n",
    "named parts of an object": "parts = prepare.regression(df)\na, b = parts.X_train, parts.X_test\n",
    "named parts of an object of which one was changed": (
        "parts = regression(df)\nparts.X_train = scale(parts.X_train)\na, b = parts.X_train, parts.X_test\n"
    ),
    "columns put in one by one": (
        "t = pd.read_csv('test.csv')\nfor c in names:\n    df[c] = codes(t[c], df[c])\na, b = df, t\n"
    ),
    "numbers of rows from the container of the rows": (
        "x, y = load()\ni, j = next(KFold().split(y))\na, b = x[i], x[j]\n"
    ),
    "two files of one folder": "a, b = load(folder / 'a.pkl'), load(folder / 'b.pkl')\n",
    "columns by the names that a table gives": (
        "a, b = df[df.day < cut], df[~(df.day < cut)]\nnames = [c for c in a if c != 'y']\na, b = a[names], b[names]\n"
    ),
    "tables kept by name": (
        "data = {'all': df, 'days': pd.read_csv('days.csv')}\nfor name in ['days']:\n    data[name] = data[name].sum()\n"
        "data['a'] = data['all'][df.day < cut]\ndata['b'] = data['all'][~(df.day < cut)]\na, b = data['a'], data['b']\n"
    ),
    "a first part and what follows it": "a, *rest, b = load()\n",
    "encoded by a model that was moved to a device": (
        "net = Net()\nnet = net.to('cpu')\na, b = net.encode(df), net.encode(pd.read_csv('test.csv'))\n"
    ),
    "aligned tables": "a, b = df.align(pd.read_csv('test.csv'), join='inner', axis=1)\n",
    "encoded by the same tokenizer": (
        "tokenizer = AutoTokenizer.from_pretrained('base')\nt = pd.read_csv('test.csv')\n"
        "a, b = tokenizer.batch_encode_plus(df.text), tokenizer.batch_encode_plus(t.text)\n"
    ),
}


@pytest.mark.parametrize("program", APART.values(), ids=APART.keys())
def test_apart(program: str) -> None:
    rows = rows_of(program + "show(a)\nshow(b)\n")
    assert not overlap(rows["a"], rows["b"])
    assert apart(rows["a"], rows["b"])


MEET = {
    "a copy": "a, b = df, df.copy()\n",
    "columns": "a, b = df[['x']], df.drop('y', axis=1)\n",
    "the whole and a part": "a = df\n_, b = train_test_split(df)\n",
    "two samples": "a, b = df.sample(frac=0.5), df.sample(frac=0.5)\n",
    "overlapping slices": "a, b = df[:100], df[50:]\n",
    "other seeds": "a, _ = train_test_split(df, random_state=1)\n_, b = train_test_split(df, random_state=2)\n",
    "the same file read twice": "a, b = df, pd.read_csv('stays.csv')\n",
    "through functions": "def clean(t):\n    return t.dropna()\na, b = clean(df), np.array(df)\n",
    "the head": "a, b = df, df.head(20)\n",
    "joined": "a, b = df, pd.concat([df, pd.read_csv('other.csv')])\n",
    "a column that was made elsewhere": "df['z'] = compute()\na, b = df['z'], df\n",
    "a column in an empty table": "a = pd.DataFrame()\na['x'] = df.x\nb = df\n",
    "an empty table that is filled": "t = pd.DataFrame()\nfor c in 'xy':\n    t[c] = compute(c)\na, b = t[['x']], t\n",
    "an object that holds a table": (
        "class Rows:\n    def __init__(self, table):\n        self.table = table.float()\na, b = df, Rows(df)\n"
    ),
    "looked up": "a, b = df, df.merge(wards)\n",
    "the same rows whichever way was taken": "if new:\n    a = df[['x']]\nelse:\n    a = df.copy()\nb = df\n",
    "what one of two ways brought": "a = df if new else pd.read_csv('t.csv')\nif old:\n    a = other\nb = a\n",
    "an array that is filled": "t = np.zeros(9)\nt[:] = df.x\na, b = t, df\n",
    "columns whose names are listed by one of the tables": (
        "t = pd.read_csv('t.csv')\nboth = pd.concat([df, t])\nnames = [c for c in both if c != 'y']\na, b = both[names], t\n"
    ),
    "selected in a loop": "a = b = df\nfor n in range(30):\n    a = a[a.x > n]\n",
}


@pytest.mark.parametrize("program", MEET.values(), ids=MEET.keys())
def test_meet(program: str) -> None:
    rows = rows_of(program + "show(a)\nshow(b)\n")
    assert overlap(rows["a"], rows["b"])


@pytest.mark.parametrize(
    "program",
    [
        "a, b = df[df.age > 60], df[df.ward == 'B']\n",
        "a, b = df[first_idx], df[other_idx]\n",
        "old, new = [x > 60 for x in df.age], [x > 3 for x in df.day]\na, b = df[old], df[new]\n",
        "a, b = df.iloc[even, :], df.iloc[odd, :]\n",
        "a, b = df.loc[(slice(None), slice('2010', '2012')), :], df.loc[(slice(None), slice('2013', '2015')), :]\n",
    ],
)
def test_of_different_conditions_nothing_is_known(program: str) -> None:
    rows = rows_of(program + "show(a)\nshow(b)\n")
    assert not overlap(rows["a"], rows["b"])
    assert not apart(rows["a"], rows["b"])


@pytest.mark.parametrize(
    "program", ["a, b = wards.merge(df), wards.merge(t)\n", "a, b = pd.merge(df, x), pd.merge(df, y)\n"]
)
def test_of_a_table_with_two_others_looked_up_nothing_is_known(program: str) -> None:
    rows = rows_of("wards, t = pd.read_csv('wards.csv'), pd.read_csv('test.csv')\n" + program + "show(a)\nshow(b)\n")
    assert not overlap(rows["a"], rows["b"])
    assert not apart(rows["a"], rows["b"])


@pytest.mark.parametrize(
    "value", ["df.mean()", "len(df)", "float(df.x)", "df.shape", "df.iloc[0]", "Model()", "Model().fit(df)"]
)
def test_numbers_about_rows_and_models_hold_none(value: str) -> None:
    assert rows_of(f"a = {value}\nshow(a)\n")["a"] == frozenset()


def test_the_sides_of_a_split_are_siblings_and_two_kinds_of_rows_are_not() -> None:
    rows = rows_of(
        "a, b = train_test_split(df)\nc, d = df[df.part == 'train'], df[df.part == 'test']\n"
        "e, f = df[df.ward == 'A'], df[df.ward == 'B']\nparts = load()\ng, h = parts['X_train'], parts['X_test']\n"
        "i, j = parts['ward'], parts['age']\n" + "".join(f"show({name})\n" for name in "abcdefghij")
    )
    assert siblings(rows["a"], rows["b"])
    assert siblings(rows["c"], rows["d"])
    assert apart(rows["e"], rows["f"])
    assert not siblings(rows["e"], rows["f"])
    assert siblings(rows["g"], rows["h"])
    assert not siblings(rows["i"], rows["j"])


def test_a_part_of_a_part_is_within_the_whole() -> None:
    rows = rows_of("a, _ = train_test_split(df)\nb = a[a.x > 1].head()\nshow(a)\nshow(b)\n")
    assert within(rows["b"], rows["a"])


def test_a_loop_that_changes_a_table_brings_no_other_rows() -> None:
    rows = rows_of("show(df)\nfor c in names:\n    df[c] = encode(df[c])\nother = df\nshow(other)\n")
    assert rows["other"] == rows["df"]


@pytest.mark.parametrize(
    "program",
    [
        "a, other = train_test_split(df)\nparts = [a, other]\nb = parts[number]\n",
        "t, u = pd.read_csv('t.csv'), pd.read_csv('u.csv')\nfull = pd.concat([df, t, u])\na, b = full[:n], t\n",
        "t, u = pd.read_csv('t.csv'), pd.read_csv('u.csv')\nfull = pd.concat([pd.concat([df, t]), u])\na, b = full[:n], t\n",
        (
            "a, b, u = df, pd.read_csv('t.csv'), pd.read_csv('u.csv')\n"
            + 2 * "both = pd.concat([pd.concat([a, b]), u])\na, b = both[:n], both[n:]\n"
        ),
        (
            "data = {'a': df, 'b': pd.read_csv('t.csv')}\nfor name in names():\n    data[name] = data[name].dropna()\n"
            "a, b = data['a'], data['b']\n"
        ),
        "if new:\n    a = df\nelse:\n    a = pd.read_csv('t.csv')\nb = df\n",
        "for a in df.items():\n    print(a)\nb = a\nfor a in load('t.csv'):\n    print(a)\n",
        ("if by_class:\n    a, b = train_test_split(df, stratify=df.y)\nelse:\n    a, b = train_test_split(df)\n"),
        "parts = []\nparts.append(unique(df))\nparts.append(df)\na, b = parts\n",
    ],
    ids=[
        "one part or the other",
        "a slice of three tables",
        "a slice of three tables, put together in two steps",
        "slices of three tables, put together in two steps, twice",
        "tables put under unknown names",
        "one table or another",
        "the variable of two loops",
        "the parts of one split or of another",
        "elements that were put in one by one",
    ],
)
def test_what_may_be_the_rows_of_another_value_is_not_certain(program: str) -> None:
    rows = rows_of(program + "show(a)\nshow(b)\n")
    assert not overlap(rows["a"], rows["b"])
    assert not apart(rows["a"], rows["b"])


def test_what_a_list_holds_at_a_place_is_all_there() -> None:
    rows = rows_of("t = pd.read_csv('t.csv')\ntables = [df, t]\na = tables[1]\nb = df[1]\nshow(t)\nshow(a)\nshow(b)\n")
    assert rows["a"] == rows["t"]
    assert not rows["b"], "one row, or a column"


def test_an_array_that_is_filled_fold_by_fold_holds_all_rows() -> None:
    rows = rows_of(
        "a = np.zeros(len(df))\nfor _, i in KFold().split(df):\n    a[i] = predict(df.iloc[i])\n    show(a)\nb = df\nshow(b)\n"
    )
    assert within(rows["a"], rows["b"])
    assert within(rows["b"], rows["a"])


def test_a_list_that_is_filled_fold_by_fold_holds_parts() -> None:
    rows = rows_of(
        "a = []\nfor i, j in KFold().split(df):\n    a.append(df.iloc[j])\n    b = df.iloc[i]\nshow(a)\nshow(b)\n"
    )
    assert apart(rows["a"], rows["b"])


def test_rows_do_not_depend_on_what_was_asked_before() -> None:
    program = (
        IMPORTS
        + "a, b = train_test_split(df)\nfor i in n:\n    a = pd.concat([a, b[a.x > i]])\nc = df[~df.id.isin(b.id)]\n"
    )
    source = PythonSource.parse("program.py", program, aliases=aliases())
    flow = program_of(source, Options(knowledge=flow_knowledge()))
    nodes = range(1, len(flow.graph))
    forward, backward = Lineage(flow), Lineage(flow)
    last_first = {node: backward.rows([node]) for node in reversed(nodes)}
    assert {node: forward.rows([node]) for node in nodes} == last_first
