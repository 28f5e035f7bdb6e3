"""A card states a value only right beside its name; other numbers are no statements."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.modelcard.statements import Statement, listed, mentions, model_as_written, models, stated


def written(text: str, name: str) -> list[str]:
    return [one.written for one in stated(text, name)]


@pytest.mark.parametrize(
    "line",
    [
        "- max_depth: 4",
        "| max_depth | 4 |",
        "| **Maximum depth** | `4` |",
        'params = {"max_depth": 4}',
        "A forest with a maximum depth of 4.",
        "max-depth = 4, n_estimators = 100",
        "Its depth is 4 and it has 100 trees",
    ],
)
def test_a_value_stands_beside_its_name(line: str) -> None:
    assert written(line, "max_depth") == ["4"]


@pytest.mark.parametrize("line", ["100 trees", "n_estimators=100", "Number of trees: 100", "a forest of 100-trees"])
def test_a_number_may_stand_before_what_it_counts(line: str) -> None:
    assert written(line, "n_estimators") == ["100"]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("4 wards with a depth that varies", "max_depth"),
        ("eval batch size: 16", "batch_size"),
        ("| Recall @ 80% Precision | 0.65 |", "precision"),
        ("Recall at 80 % precision: 0.65", "precision"),
        ("max_depth was changed from 3 to 4", "max_depth"),
        ("max_depth 6 instead of 4", "max_depth"),
        ("<!-- max_depth: 4 -->", "max_depth"),
        ("min_max_depth: 4", "max_depth"),
        ("C 1 is a ward", "C"),
        ("## Changelog\nmax_depth: 4", "max_depth"),
        ("solver is fast", "solver"),
        ("| LR | 0.76 |", "lr"),
        ("LR: 0.76", "learning_rate"),
    ],
)
def test_what_is_not_said_of_it_now_is_no_statement(line: str, name: str) -> None:
    assert written(line, name) == []


def test_a_threshold_may_follow_a_score_that_it_gives() -> None:
    assert written("F1 at 0.35 threshold", "threshold") == ["0.35"]


def test_a_table_gives_values_below_the_name() -> None:
    text = "| Model | Accuracy | F1 |\n|---|---:|---|\n| Forest | 0.81 | 0.7 |\n| **Ridge** | **0.79** | n/a |\n\n| a | b |\n"
    numbers = [one for one in stated(text, "accuracy") if one.is_number]
    assert [(one.line, one.written, text[one.start : one.end]) for one in numbers] == [
        (3, "0.81", "0.81"),
        (4, "0.79", "0.79"),
    ]
    assert written(text, "f1") == ["0.7"]


def test_a_table_may_have_no_outer_bars() -> None:
    assert written("Model | Accuracy\n--- | ---\nForest | 0.81\n", "accuracy") == ["0.81"]


def test_a_number_with_a_decimal_comma_is_not_cut() -> None:
    assert written("dropout: 0,3", "dropout") == []


def test_a_section_on_history_ends_with_the_next_one() -> None:
    assert written("## History\n### 1.0\nseed: 3\n## Training\nseed: 4\n", "seed") == ["4"]


@pytest.mark.parametrize(
    ("stands", "value", "percent", "rounded", "same"),
    [
        ("1e-3", "0.001", False, False, True),
        ("1,000", "1000", False, False, True),
        ("20 %", "0.2", True, False, True),
        ("20", "0.2", True, False, True),
        ("20", "0.2", False, False, False),
        ("0.1", "0.08", False, False, False),
        ("0.83", "0.8312", False, True, True),
        ("0.83", "0.8212", False, True, False),
        ("83%", "0.8312", True, True, True),
        ("9.2 %", "9.209", True, True, True),
        ("LBFGS", "lbfgs", False, False, True),
        ("1.2.0", "1.2.0", False, False, True),
        ("4", "gini", False, False, False),
    ],
)
def test_a_value_is_the_same_in_another_way_of_writing(
    stands: str, value: str, *, percent: bool, rounded: bool, same: bool
) -> None:
    assert Statement(1, 0, len(stands), stands).says(value, percent=percent, rounded=rounded) is same


@pytest.mark.parametrize(
    ("stands", "value", "percent", "rounded", "new"),
    [
        ("4", "6", False, False, "6"),
        ("20 %", "0.3", True, False, "30 %"),
        ("20%", "0.125", True, False, "12.5%"),
        ("0.83", "0.7949", False, True, "0.79"),
        ("83.1%", "0.79", True, True, "79.0%"),
        ("lbfgs", "saga", False, False, "saga"),
    ],
)
def test_a_new_value_is_written_as_the_old_one_was(
    stands: str, value: str, *, percent: bool, rounded: bool, new: str
) -> None:
    assert Statement(1, 0, len(stands), stands).rewritten(value, percent=percent, rounded=rounded) == new


def test_a_class_of_models_may_be_named_in_words_behind_a_label_or_where_the_model_is_said_to_be_it() -> None:
    others = "A random forest would be slower.\nThe baseline model is a random forest."
    text = f"Model type: Random Forest\nA RandomForestClassifier.\n{others}\nThe model is a **Random Forest** of 100 trees."
    found = models(text, "RandomForestClassifier")
    assert [(one.line, model_as_written(one, "GradientBoostingClassifier")) for one in found] == [
        (1, "Gradient Boosting"),
        (2, "GradientBoostingClassifier"),
        (5, "Gradient Boosting"),
    ]


def test_a_name_is_mentioned_only_whole() -> None:
    assert [
        one.line for one in mentions("data/visits.csv\nvisits.csv\nold-visits.csv\nvisits.csv.gz", "visits.csv")
    ] == [2]


def test_a_column_is_listed_as_code_as_an_entry_or_as_a_row() -> None:
    text = "`age` counts\n- age: years\n| age | years |\nThe age of patients\n- agenda\n"
    assert [one.line for one in listed(text, "age")] == [1, 2, 3]


def test_a_line_without_end_is_not_read() -> None:
    assert written("max_depth: 4" + " |" * 5_000, "max_depth") == []


@given(st.text(alphabet="depth max_:=|*`4.%e-\n#<!>", max_size=80))
def test_a_statement_is_where_it_says(text: str) -> None:
    for one in stated(text, "max_depth"):
        assert text[one.start : one.end] == one.written
        assert one.written in text.split("\n")[one.line - 1]
