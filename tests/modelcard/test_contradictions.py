"""A card contradicts the project where none of the values that the project has is the stated one."""

from __future__ import annotations

import pytest

from readiness.collect.classify import stored_file
from readiness.engine.read import read_unit
from readiness.facts.project import ProjectFacts
from readiness.modelcard.contradictions import contradictions

METRICS = '{"test": {"roc_auc": 0.7921},\n "train": {"roc_auc": 0.9}}'


def told(files: dict[str, str]) -> list[tuple[str, str, str, str, int, int]]:
    stored = [stored_file(path, text.encode(), len(text)) for path, text in files.items()]
    project = ProjectFacts(read_unit(file)[0].facts for file in stored)
    found = (one for facts in project.files for one in contradictions(facts, project, ["result"]))
    return [(one.name, one.written, one.value, one.path, one.line, one.at) for one in found]


def test_a_number_that_no_file_of_results_has_is_told_with_both_lines() -> None:
    files = {"MODEL_CARD.md": "# Model card\nROC-AUC: 0.83\n", "metrics.json": METRICS}
    assert told(files) == [("roc_auc", "0.83", "0.7921", "metrics.json", 2, 1)]


@pytest.mark.parametrize(
    "line",
    [
        "ROC-AUC: 0.79",
        "ROC-AUC: 0.81; a second run produced 0.7921",
        "ROC-AUC: 79.2 %",
        "ROC-AUC: 0.90 in training",
        "0.83 of all are men",
        "| ROC-AUC | Recall |",
    ],
)
def test_one_value_that_agrees_is_enough(line: str) -> None:
    assert told({"MODEL_CARD.md": f"# Model card\n{line}\n", "metrics.json": METRICS}) == []


def test_results_in_tests_and_those_of_another_card_say_nothing() -> None:
    card = "# Model card\nROC-AUC: 0.83\n"
    assert told({"MODEL_CARD.md": card, "tests/metrics.json": METRICS}) == []
    assert told({"a/MODEL_CARD.md": card, "b/MODEL_CARD.md": card, "metrics.json": METRICS}) == []


def library(card: str, pinned: str) -> list[tuple[str, str]]:
    files = {"MODEL_CARD.md": f"# Model card\n{card}\n", "requirements.txt": pinned}
    stored = [stored_file(path, text.encode(), len(text)) for path, text in files.items()]
    project = ProjectFacts(read_unit(file)[0].facts for file in stored)
    return [(one.written, one.value) for facts in project.files for one in contradictions(facts, project, ["library"])]


@pytest.mark.parametrize("card", ["PyTorch 2.4.1", "| torch | 2.4.1 |", "`torch==2.4.1`", "torch version 2.4.1."])
def test_another_version_of_a_library_is_told(card: str) -> None:
    assert library(card, "torch==2.6.0\n") == [("2.4.1", "2.6.0")]


@pytest.mark.parametrize(
    ("card", "pinned"),
    [
        ("PyTorch 2.6", "torch==2.6.0"),
        ("PyTorch 2.6.0", "torch==2.6"),
        ("PyTorch 2.6.x", "torch==2.6.0"),
        ("PyTorch 2.0+", "torch==2.6.0"),
        ("| XGBoost | 0.6817 |", "xgboost==3.2.0"),
        ("| LightGBM | 1.81 | days |", "lightgbm==4.6.0"),
        ("XGBoost: 0.91", "xgboost==3.2.0"),
        ("PyTorch 1.9 or later", "torch==2.6.0"),
        ("torch>=2.4.1", "torch==2.6.0"),
        ("PyTorch 2.4.1", "torch>=2"),
        ("PyTorch Lightning 2.4.1", "torch==2.6.0"),
        ("PyTorch 2.4.1, then PyTorch 2.6.0", "torch==2.6.0+cu124"),
    ],
)
def test_a_version_that_fits_is_no_contradiction(card: str, pinned: str) -> None:
    assert library(card, f"{pinned}\n") == []


def test_a_hash_belongs_to_the_file_that_its_line_names() -> None:
    card = "# Model card\nstays.csv: 8fc1b2c4d9e01f23a4b5c6d7e8f90123, its model 00c1b2c4d9e01f23a4b5c6d7e8f90999\n"
    dvc = "outs:\n- md5: {}\n  path: stays.csv\n"
    for recorded, told_of in (("00c1b2c4d9e01f23a4b5c6d7e8f90999", 0), ("99c1b2c4d9e01f23a4b5c6d7e8f90999", 1)):
        texts = {"MODEL_CARD.md": card, "data/stays.csv.dvc": dvc.format(recorded)}
        stored = [stored_file(path, text.encode(), len(text)) for path, text in texts.items()]
        project = ProjectFacts(read_unit(file)[0].facts for file in stored)
        assert len([one for facts in project.files for one in contradictions(facts, project, ["hash"])]) == told_of
