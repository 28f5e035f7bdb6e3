"""What training code decides is read with its line; what has no single value is unknown, never guessed."""

from __future__ import annotations

import json

import pytest

from readiness.collect.classify import kind_of, role_of
from readiness.collect.source_file import SourceFile
from readiness.engine.read import read_unit
from readiness.facts.model import SettingFact

FOREST = "from sklearn.ensemble import RandomForestClassifier as Forest\n"


def settings(text: str, path: str = "train.py") -> tuple[SettingFact, ...]:
    file = SourceFile(path, kind_of(path, len(text)), role_of(path, path), len(text), data=text.encode())
    return read_unit(file)[0].facts.settings


def told(text: str, path: str = "train.py") -> set[tuple[str, str, str]]:
    return {(one.topic, one.name, one.value) for one in settings(text, path)}


def test_a_model_is_told_by_its_class_and_its_literal_parameters() -> None:
    assert told(FOREST + "model = Forest(max_depth=4, criterion='gini', random_state=7)\n") == {
        ("estimator", "estimator", "RandomForestClassifier"),
        ("hyperparameter", "max_depth", "4"),
        ("hyperparameter", "criterion", "gini"),
        ("seed", "random_state", "7"),
    }


@pytest.mark.parametrize(
    "program",
    [
        "search = GridSearchCV(Forest(max_depth=4), {})",
        "model = Pipeline([('scale', StandardScaler()), ('model', Forest(max_depth=4))])",
    ],
)
def test_a_model_inside_a_wrapper_is_found(program: str) -> None:
    imports = (
        "from sklearn.model_selection import GridSearchCV\n"
        "from sklearn.pipeline import Pipeline\n"
        "from sklearn.preprocessing import StandardScaler\n"
    )
    assert told(FOREST + imports + program) == {
        ("estimator", "estimator", "RandomForestClassifier"),
        ("hyperparameter", "max_depth", "4"),
    }


def test_a_name_is_followed_to_its_one_value() -> None:
    assert ("hyperparameter", "max_depth", "4") in told(FOREST + "DEPTH = 4\nmodel = Forest(max_depth=DEPTH)\n")


def test_an_option_of_the_command_line_has_the_value_of_its_default() -> None:
    program = (
        "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--tree-depth', type=int, default=4)\n"
        "args = parser.parse_args()\nmodel = Forest(max_depth=args.tree_depth)\n"
    )
    assert ("hyperparameter", "max_depth", "4") in told(FOREST + program)


def test_a_default_of_the_command_line_is_a_setting_if_its_name_says_what_it_is() -> None:
    program = (
        "import torch, argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--batch-size', default=32)\n"
    )
    assert told(program) == {("hyperparameter", "batch_size", "32")}


def test_a_value_that_is_computed_is_unknown_and_kept_as_it_is_written() -> None:
    (setting,) = (one for one in settings(FOREST + "model = Forest(max_depth=choose( 4))") if one.name == "max_depth")
    assert (setting.value, setting.known) == ("choose( 4)", False)


def test_a_value_that_depends_on_the_way_is_unknown() -> None:
    program = "depth = 4\nif deep:\n    depth = 9\nmodel = Forest(max_depth=depth)\n"
    assert [one.known for one in settings(FOREST + program) if one.name == "max_depth"] == [False]


def test_data_target_features_split_seed_metric_and_threshold_are_read() -> None:
    program = """
import random
import pandas as pd
from sklearn.metrics import f1_score, classification_report
from sklearn.model_selection import train_test_split
random.seed(3)
df = pd.read_csv("data/visits.csv")
X = df[["age", "stays"]]
y = df["readmitted"]
a, b, c, d = train_test_split(X, y, test_size=0.2, stratify=y)
late = model.predict_proba(b)[:, 1] >= 0.35
print(f1_score(d, late), classification_report(d, late))
"""
    assert told(program) == {
        ("seed", "seed", "3"),
        ("dataset", "dataset", "data/visits.csv"),
        ("feature", "age", "age"),
        ("feature", "stays", "stays"),
        ("target", "target", "readmitted"),
        ("split", "test_size", "0.2"),
        ("threshold", "threshold", "0.35"),
        ("metric", "f1_score", "f1_score"),
    }


def test_numbers_under_telling_names_are_settings() -> None:
    program = "import torch\nEPOCHS = 20\nroom = 4\nconfig = {'dropout': 0.1}\ndef train(lr=1e-3, *, quiet=True): ...\n"
    assert told(program) == {
        ("hyperparameter", "epochs", "20"),
        ("hyperparameter", "dropout", "0.1"),
        ("hyperparameter", "lr", "0.001"),
    }


def test_a_number_in_code_is_no_result() -> None:
    assert told("import torch\ndef log(accuracy=0.0): ...\n") == set()


def test_a_range_that_is_searched_is_no_setting() -> None:
    assert told("import sklearn\ngrid = {'max_depth': [3, 5], 'n_estimators': range(5)}\n") == set()


def test_a_list_of_columns_is_no_list_of_features_by_chance() -> None:
    assert told("import sklearn\nCOLOURS = ['red', 'green']\nFEATURES = ['age', other]\n") == set()


def test_a_file_that_trains_nothing_has_no_settings() -> None:
    assert settings("EPOCHS = 20\n", "game.py") == ()


def test_a_file_of_constants_counts_without_any_import() -> None:
    assert told("EPOCHS = 20\nMODEL_VERSION = '1.2.0'\n", "src/config.py") == {
        ("hyperparameter", "epochs", "20"),
        ("version", "model_version", "1.2.0"),
    }


def test_what_a_test_sets_is_no_decision_of_the_project() -> None:
    assert settings(FOREST + "Forest(max_depth=4)", "tests/test_train.py") == ()


def test_a_setting_of_a_notebook_has_its_cell() -> None:
    cells = [FOREST, "model = Forest(max_depth=4)"]
    stored = [
        {"cell_type": "code", "id": f"c{n}", "metadata": {}, "execution_count": None, "outputs": [], "source": cell}
        for n, cell in enumerate(cells)
    ]
    text = json.dumps({"cells": stored, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)
    (setting,) = (one for one in settings(text, "train.ipynb") if one.name == "max_depth")
    assert (setting.hit.location.cell, setting.hit.location.line) == (1, 1)


def test_an_assignment_to_a_part_of_something_is_read_without_harm() -> None:
    assert told("import torch\nconfigs[0].lr = 0.1\nconfigs[0]['lr'] = 0.2\n") == {("hyperparameter", "lr", "0.1")}
