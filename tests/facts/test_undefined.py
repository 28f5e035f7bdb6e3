import json

import pytest

from readiness.facts.undefined import undefined_names
from readiness.source.notebook import NotebookSource


def found(*cells):
    raw = {
        "cells": [
            {"cell_type": "code", "metadata": {}, "source": cell, "outputs": [], "execution_count": None}
            for cell in cells
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 4,
    }
    return undefined_names(NotebookSource.parse("a.ipynb", json.dumps(raw)))


def names(*cells):
    return [name.name for name in found(*cells)]


@pytest.mark.parametrize(
    "cells",
    [
        ("print(total)", "total = 1"),
        ("total += 1",),
        ("total = total + 1",),
        ("total[0] = 1",),
        ("del total",),
        ("print(total.sum())",),
        ("import total.part as part\ntotal.x",),
        ("from total.part import name\nprint(total)",),
        ("def f(x=total): return x", "total = 1"),
        ("class A(total): pass",),
        ("class A:\n    x = total",),
        ("@total\ndef f(): pass",),
        ("[row for row in total]",),
        ("for total in total: pass",),
        ("with open('x') as f:\n    total(f)",),
        ("if True:\n    total", "total = 1"),
        ("if total: x = 1", "total = 1"),
        ("total - 1", "total = 1"),
        ("x = 1 # TODO: speed", "total"),
        ("f'{total:>{1}}'",),
        ("def f():\n    return total",),
        ("x: total = 1",),
        ("match 1:\n    case total(): pass",),
        ("%time x = total",),
        ("print(total)", "def f():\n    global total\n    total = 1"),
    ],
)
def test_a_name_that_nothing_above_defines_is_found(cells):
    assert names(*cells) == ["total"]


@pytest.mark.parametrize(
    "cells",
    [
        ("total = 1", "print(total)"),
        ("import total", "total.x"),
        ("import total.part", "total.x"),
        ("import a as total", "total"),
        ("from a import b as total", "total"),
        ("for total in [1]: pass\nprint(total)",),
        ("with open('x') as total: total.read()",),
        ("if (total := 1) > 0: print(total)",),
        ("print([y for x in [1] if (y := x)])",),
        ("def f():\n    return total", "total = 1", "f()"),
        ("f = lambda x: total + x", "total = 1"),
        ("x = (total for _ in [1])", "total = 1"),
        ("def f(total, *args, key=1, **more):\n    return total, args, key, more",),
        ("def f():\n    def g(): return total\n    total = 1\n    return g",),
        ("def f():\n    global total\n    total = 1", "f()\nprint(total)"),
        ("class A:\n    total = 1\n    x = total",),
        ("class A:\n    def f(self): return A",),
        ("try:\n    import total\nexcept ImportError:\n    total = None", "total"),
        ("try:\n    total\nexcept NameError:\n    total = 1",),
        ("try:\n    total\nexcept (KeyError, NameError): pass",),
        ("try:\n    total\nexcept: pass",),
        ("try:\n    x = 1\nexcept total: pass",),
        ("try:\n    x = 1\nexcept KeyError:\n    x = total",),
        ("if x_known := 1:\n    x = 1\nelse:\n    x = total",),
        ("if x_known := 1:\n    total = 1\nelse:\n    total = 2", "total"),
        ("for i in range(3):\n    if i: print(total)\n    total = i",),
        ("while 1:\n    try: pass\n    except Exception as total: print(total)",),
        ("match [1]:\n    case [total, *rest]: print(total, rest)\n    case {'a': b, **more}: print(b, more)",),
        ("from a import *", "total"),
        ("%run setup.py", "total"),
        ("%pylab inline", "plot(linspace(0, 1))"),
        ("%store -r total", "total"),
        ("%store -r", "total"),
        ("%%capture total\nprint(1)", "total.show()"),
        ("total = !ls", "total"),
        ("%time total = 1", "total"),
        ("%%time\ntotal = 1", "total"),
        ("%%bigquery total\nSELECT 1", "total.head()"),
        ("%%cython\ndef total(x): return x", "total(1)"),
        ("total = (\n", "print(total)"),
        ("exec(open('a.py').read())", "total"),
        ("globals().update(total=1)", "total"),
        ("get_ipython().run_line_magic('run', 'a.py')", "total"),
        ("display(1); get_ipython(); In; Out; _; __; _1; _i1; exit; quit",),
        ("dbutils.fs.ls('/'); spark.table('x'); sc; sqlContext",),
        ("print(len('a'), __name__, ValueError)",),
        ("ls", "pwd"),
        ("%load_ext total", "total -iv"),
        ("if False:\n    total",),
        ("shown = False", "if shown:\n    total"),
        ("# TODO: fit a model", "total"),
        ("# Your code here\n\n", "total"),
        ("# TODO: define the total\n\nassert total > 3",),
        ("total: int", "total = 1"),
        ("def f[T](x: T) -> T: return x",),
        ("x = {'total': 1}\nx.total\nf = dict(total=1)",),
        ("def f():\n    import total\n    return total",),
        ("lambda total: [total for _ in [1]]",),
        ("a = # one", "total = # two", "b = # three", "total"),
    ],
)
def test_a_name_that_may_be_defined_is_left_alone(cells):
    assert names(*cells) == []


@pytest.mark.parametrize(
    "cells",
    [
        ("total", "from a import *"),
        ("total", "%run a.py"),
        ("total", "%%capture total\nx = 1"),
        ("%matplotlib inline", "total"),
        ("get_ipython().run_line_magic('matplotlib', 'inline')", "total"),
        ("%%bash\ntotal=1", "print(total)"),
    ],
)
def test_what_comes_later_or_shares_no_names_defines_nothing(cells):
    assert names(*cells) == ["total"]


def test_each_name_is_told_once_where_it_is_first_used_with_where_it_is_defined():
    (name,) = found("x = 1", "print(total)\nprint(total)", "total = 2")
    assert (name.name, name.cell, name.defined_later, name.defined_in_cell) == ("total", 1, True, 2)
    assert (name.hit.location.line, name.hit.location.column) == (1, 7)
    (never,) = found("print(nothing)")
    assert (never.defined_later, never.defined_in_cell) == (False, None)
