"""Values in files of parameters and results are read by name and line; what is no such file says nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.facts.stored import stored_settings


def told(path: str, text: str) -> list[tuple[str, str, str, str, int]]:
    return [(s.topic, s.name, s.owner, s.value, s.hit.location.line) for s in stored_settings(path, text)]


def test_a_file_of_parameters_says_what_training_reads() -> None:
    text = "train:\n  max_depth: 4\n  seed: 3\n  lr: 1e-3\n  colour: 5\n"
    assert told("params.yaml", text) == [
        ("hyperparameter", "max_depth", "train.max_depth", "4", 2),
        ("seed", "seed", "train.seed", "3", 3),
        ("hyperparameter", "lr", "train.lr", "0.001", 4),
    ]


def test_a_result_belongs_to_the_part_of_the_data_that_its_name_tells() -> None:
    text = '{\n "test": {"roc_auc": 0.85, "rows": 300},\n "val_f1_score": 0.9,\n "accuracy": 1\n}'
    assert told("reports/metrics.json", text) == [
        ("result", "roc_auc", "test", "0.85", 2),
        ("result", "f1_score", "validation", "0.9", 3),
        ("result", "accuracy", "", "1", 4),
    ]


def test_a_score_in_a_file_of_parameters_is_a_claim_unless_it_is_to_be_reached() -> None:
    text = "best: {f1: 0.8}\nmin: {f1: 0.7}\ndepth: 4  # recall = 0.61, at least\nseed: 3  # Recall: 0.62 with this\n"
    assert [one for one in told("params.yaml", text) if one[0] == "claim"] == [
        ("claim", "f1", "best.f1", "0.8", 1),
        ("claim", "recall", "comment", "0.62", 4),
    ]


@pytest.mark.parametrize("path", ["package.json", "src/metrics.py", "docs/mkdocs.yaml"])
def test_other_files_say_nothing(path: str) -> None:
    assert told(path, '{"accuracy": 0.5, "lr": 0.1}') == []


@pytest.mark.parametrize(
    "text", ["", "[1, 2]", "a: &a [*a]", "{", "lr: {{ lr }}", "lr: no", "? [lr]\n: 3", "lr: |-\n  1"]
)
def test_a_file_without_named_numbers_says_nothing(text: str) -> None:
    assert told("params.yaml", text) == []


WORDS = ["lr: 0.1\n", "train:\n", "seed: ", "lr", "1e-3", "0.", "7"]
SIGNS = [": ", ", ", "- ", "? ", "\n", "\r\n", "\r", "\f", "\t", "  ", *"{}[]#|\"'é\u2028\x85", "../", "&a ", "*a"]


@given(st.lists(st.sampled_from(WORDS + SIGNS)).map("".join))
def test_what_any_text_says_stands_where_it_is_told(text: str) -> None:
    for setting in stored_settings("params.yaml", text):
        place = setting.hit.location
        (line,) = setting.hit.source_lines
        assert float(line[place.column - 1 : place.end_column - 1].strip("\"'")) == float(setting.value)
