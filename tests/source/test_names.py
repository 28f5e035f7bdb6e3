"""What names stand for through imports, scopes and aliases."""

from __future__ import annotations

import textwrap

import pytest

from readiness.source.canonical import Canonical, public_module
from readiness.source.python import PythonSource

ALIASES = {
    "keras": "tensorflow.keras",
    "tensorflow.python.keras": "tensorflow.keras",
    "cPickle": "pickle",
    "tensorflow.random.set_random_seed": "tensorflow.random.set_seed",
}


def program(text: str) -> PythonSource:
    return PythonSource.parse("example.py", textwrap.dedent(text), aliases=ALIASES)


def called(text: str) -> list[str | None]:
    """What the callees of a program stand for, in order."""
    source = program(text)
    return [source.resolve(call.fields[0]) for call in source.by_kind["Call"]]


@pytest.mark.parametrize(
    ("imports", "call", "meaning"),
    [
        ("import a", "a.f()", "a.f"),
        ("import a.b.c", "a.b.c.f()", "a.b.c.f"),
        ("import a.b as c", "c.f()", "a.b.f"),
        ("from a import b", "b.f()", "a.b.f"),
        ("from a.b import c as d", "d()", "a.b.c"),
        ("from . import b", "b()", ".b"),
        ("from ..a import b as c", "c.d()", "..a.b.d"),
        ("from a import *", "b()", None),
        ("import a", "b.a()", None),
        ("import a", "b(a=1)", None),
        ("import a", "a().b()", None),
        ("lazy import a", "a.f()", "a.f"),
    ],
)
def test_a_name_stands_for_what_is_imported(imports: str, call: str, meaning: str | None) -> None:
    assert called(f"{imports}\n{call}")[0] == meaning


@pytest.mark.parametrize(
    ("imports", "call", "meaning"),
    [
        ("from keras.layers import Dense", "Dense()", "tensorflow.keras.layers.Dense"),
        ("from tensorflow.python.keras import layers", "layers.Dense()", "tensorflow.keras.layers.Dense"),
        ("from tensorflow import keras", "keras.Model()", "tensorflow.keras.Model"),
        ("import tensorflow as tf", "tf.keras.Model()", "tensorflow.keras.Model"),
        ("import cPickle", "cPickle.load()", "pickle.load"),
        ("import cPickler", "cPickler.load()", "cPickler.load"),
        (
            "from sklearn.linear_model._base import LinearRegression as L",
            "L()",
            "sklearn.linear_model.LinearRegression",
        ),
        ("import sklearn.linear_model._base as base", "base.L()", "sklearn.linear_model.L"),
        ("from ssl import _create_unverified_context as c", "c()", "ssl._create_unverified_context"),
        ("from ._own import f", "f()", "._own.f"),
        ("from __future__ import f", "f()", "__future__.f"),
        ("import _pickle", "_pickle.load()", "_pickle.load"),
    ],
)
def test_a_thing_has_one_name_wherever_it_is_imported_from(imports: str, call: str, meaning: str) -> None:
    assert called(f"{imports}\n{call}") == [meaning]


def test_the_longest_alias_counts_and_circles_end() -> None:
    canonical = Canonical({"a": "b", "a.c": "d", "e": "f", "f": "e", "g": "g.h"})
    assert canonical("a.x") == "b.x"
    assert canonical("a.c.x") == "d.x"
    assert canonical("e.x") in ("e.x", "f.x")
    assert canonical("g.x") == "g.h.x"
    assert canonical("g.h.x") == "g.h.x"


def test_private_parts_of_a_module_are_left_out_except_the_first() -> None:
    assert public_module("a._b.c._d") == "a.c"
    assert public_module("_a.b.__main__") == "_a.b.__main__"


@pytest.mark.parametrize(
    "text",
    [
        "import a\ndef g(a):\n    a.f()",
        "import a\ndef g(*a):\n    a.f()",
        "import a\ndef g():\n    a = b\n    a.f()",
        "import a\ndef g():\n    for a in b:\n        a.f()",
        "import a\ndef g():\n    with b as a:\n        a.f()",
        "import a\ndef g():\n    def a(): pass\n    a.f()",
        "import a\ndef g():\n    class a: pass\n    a.f()",
        "import a\ndef g():\n    (c, [a, *d]) = b\n    a.f()",
        "import a\ndef g():\n    try: pass\n    except E as a:\n        a.f()",
        "import a\ndef g():\n    match b:\n        case [a, *_]: a.f()",
        "import a\ndef g():\n    match b:\n        case {'k': 1, **a}: a.f()",
        "import a\nlambda a: a.f()",
        "import a\n[a.f() for a in b]",
        "import a\ndef g():\n    [a := 1 for c in b]\n    a.f()",
        "import a\nclass B:\n    a = 1\n    a.f()",
        "import a\ndef g():\n    a = b\n    def h():\n        a.f()",
    ],
)
def test_parameters_and_local_variables_hide_imports(text: str) -> None:
    assert called(text) == [None]


@pytest.mark.parametrize(
    "text",
    [
        "import a\ndef g():\n    a.f()",
        "def g():\n    import a\n    def h():\n        a.f()",
        "import a\ndef g(b=a.f()): pass",
        "import a\ndef g(a: a.f()): pass",
        "import a\n@a.f()\ndef g(a): pass",
        "import a\nclass a(a.f()): pass",
        "import a\nlambda a=a.f(): a",
        "import a\nclass B:\n    a = 1\n    def g(self):\n        a.f()",
        "import a\na = a or b\na.f()",
        "import a\ndef g():\n    global a\n    a = 1\n    a.f()",
        "def g():\n    import a\n    def h():\n        nonlocal a\n        a = 1\n        a.f()",
        "def g():\n    global a\n    import a\na.f()",
        "import a\n[b for b in a.f()]",
        "import a\nif c:\n    a.f()",
        "class B:\n    import a\n    a.f()",
        "import a\nx.a = 1\nx[a] = 2\na.f()",
    ],
)
def test_everywhere_else_the_import_is_seen(text: str) -> None:
    assert called(text) == ["a.f"]


def test_an_import_in_a_function_is_not_seen_outside_of_it() -> None:
    assert called("def g():\n    import a\na.f()") == [None]


def test_of_alternatives_the_first_counts_and_all_are_known() -> None:
    source = program("try:\n    import a.x as m\nexcept ImportError:\n    import b.y as m\nm.f()")
    callee = source.by_kind["Call"][0].fields[0]
    assert source.resolve(callee) == "a.x.f"
    assert source.candidates(callee) == ("a.x.f", "b.y.f")


def test_an_import_that_always_runs_replaces_those_above_it() -> None:
    assert called("from a import f\nf()\nfrom b import f\nf()") == ["a.f", "b.f"]
    assert called("def g():\n    f()\nfrom a import f\nfrom b import f\n") == ["b.f"]


def test_labels_are_no_variables() -> None:
    source = program("import a\nx.a(a=1)\ndef g(a): pass\nfrom c import a as b\nmatch z:\n    case D(a=1): pass")
    names = [node for node in source.by_kind["Name"] if node.fields[0] == "a"]
    assert [source.resolve(node) for node in names] == [None] * 6


def test_an_own_definition_is_not_an_import() -> None:
    assert called("def f(): pass\nf()\nself.f()\nprint()") == [None, None, None]


def test_calls_are_listed_under_what_they_are_written_as_and_what_they_mean() -> None:
    source = program(
        """
        from sklearn.model_selection import train_test_split as tts
        import tensorflow as tf
        import a.b as c
        tts(1)
        x.tts(2)
        tf.random.set_random_seed(3)
        c(4)
        x().y(5)
        (lambda: 0)(6)
        """
    )
    arguments = {
        name: [call.fields[1][0].fields[0] for call in calls if call.fields[1]]
        for name, calls in source.calls_by_name.items()
    }
    assert arguments == {
        "tts": [1, 2],
        "train_test_split": [1],
        "set_random_seed": [3],
        "set_seed": [3],
        "c": [4],
        "b": [4],
        "x": [],
        "y": [5],
    }
