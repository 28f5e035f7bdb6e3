"""A name stands for what it imports."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from readiness.pattern import formula as f

SPLIT = "sklearn.model_selection.train_test_split(...)"


@pytest.mark.parametrize(
    "code",
    [
        "import sklearn.model_selection\nsklearn.model_selection.train_test_split(d)",
        "import sklearn.model_selection as ms\nms.train_test_split(d)",
        "from sklearn import model_selection\nmodel_selection.train_test_split(d)",
        "from sklearn.model_selection import train_test_split\ntrain_test_split(d)",
        "from sklearn.model_selection import train_test_split as tts\ntts(d)",
        "def f():\n    from sklearn.model_selection import train_test_split as tts\n    tts(d)",
        """try:
    from old import train_test_split
except ImportError:
    from sklearn.model_selection import train_test_split
train_test_split(d)""",
    ],
)
def test_every_way_to_import_a_function_is_the_same_function(texts: Callable[..., list[str]], code: str) -> None:
    assert len(texts(SPLIT, code)) == 1


@pytest.mark.parametrize(
    "code",
    [
        "from mine import train_test_split\ntrain_test_split(d)",
        "from sklearn.model_selection import train_test_split\ndef f(train_test_split):\n    train_test_split(d)",
        "train_test_split(d)",
        "from mine.sklearn import model_selection\nmodel_selection.train_test_split(d)",
        "from sklearn.model_selection import *\ntrain_test_split(d)",
    ],
)
def test_another_function_of_the_same_name_is_another_function(texts: Callable[..., list[str]], code: str) -> None:
    assert texts(SPLIT, code) == []


def test_a_name_that_is_imported_stands_for_nothing_else(texts: Callable[..., list[str]]) -> None:
    code = "from numpy import random\nrandom.seed(1)"
    assert texts("random.seed(...)", code) == []
    assert texts("numpy.random.seed(...)", code) == ["random.seed(1)"]


def test_a_name_that_is_not_imported_is_taken_as_it_is_written(texts: Callable[..., list[str]]) -> None:
    assert texts("frame.drop(...)", "frame.drop(1)\nother.drop(2)") == ["frame.drop(1)"]


def test_semgrep_takes_names_as_they_are_spelt_too(texts: Callable[..., list[str]]) -> None:
    code = "from numpy import random\nrandom.seed(1)"
    assert texts(f.Semgrep(f.Match("random.seed(...)")), code) == ["random.seed(1)"]
    assert texts(f.Semgrep(f.Match("numpy.random.seed(...)")), code) == ["random.seed(1)"]


def test_semgrep_lets_a_star_import_bring_any_name(texts: Callable[..., list[str]]) -> None:
    assert texts(f.Semgrep(f.Match("a.b.f(...)")), "from a.b import *\nf(1)") == ["f(1)"]


def test_a_library_may_be_known_under_two_names(texts: Callable[..., list[str]]) -> None:
    aliases = {"keras": "tensorflow.keras"}
    code = "import keras\nfrom tensorflow.keras import layers\nkeras.layers.Dense(1)\nlayers.Dense(2)"
    for name in ("keras.layers.Dense(...)", "tensorflow.keras.layers.Dense(...)"):
        assert texts(name, code, aliases=aliases) == ["keras.layers.Dense(1)", "layers.Dense(2)"]


def test_a_metavariable_can_be_the_module_or_the_function(bound: Callable[..., list[dict[str, str]]]) -> None:
    code = "from sklearn.svm import SVC\nSVC()\nimport sklearn.svm as s\ns.NuSVC()"
    assert bound("sklearn.svm.$CLASS(...)", code) == [{"$CLASS": "SVC"}, {"$CLASS": "NuSVC"}]
    assert bound("$MODULE.SVC(...)", code) == [{"$MODULE": "sklearn.svm"}]


@pytest.mark.parametrize(
    ("code", "matches"),
    [("a.fit(x)", True), ("a.b.c().fit(x)", True), ("a().b[0].fit(x)", False), ("b.fit(x)", False)],
)
def test_a_chain_with_dots_skips_attributes_and_calls(
    texts: Callable[..., list[str]], code: str, matches: bool
) -> None:
    assert bool(texts("a. ... .fit(...)", code)) is matches


def test_the_same_metavariable_stands_for_the_same_code(texts: Callable[..., list[str]]) -> None:
    assert texts("$X == $X", "a == a\na == b\nf(1) == f( 1 )\na.b == a.c") == ["a == a", "f(1) == f( 1 )"]


def test_two_spellings_of_one_import_are_the_same_code(texts: Callable[..., list[str]]) -> None:
    assert texts("$X == $X", "import numpy as np\nfrom numpy import nan\nnan == np.nan") == ["nan == np.nan"]


def test_equal_names_in_two_functions_are_two_variables(texts: Callable[..., list[str]]) -> None:
    code = "z = 3\ndef f():\n    z = 3\n    d = z\n"
    assert texts("$A = $X\n...\n$B = $A", code) == ["z = 3 d = z"]


def test_an_attribute_may_be_called_as_a_variable_is(texts: Callable[..., list[str]]) -> None:
    assert texts("self.$F = $F", "self.a = a\nself.b = a") == ["self.a = a"]


def test_an_anonymous_metavariable_never_has_to_agree(texts: Callable[..., list[str]]) -> None:
    assert texts("f($_, $_)", "f(1, 2)") == ["f(1, 2)"]
