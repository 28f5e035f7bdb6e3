"""Facts at base against facts at head: what changed its value, and what only moved or cannot be known."""

from __future__ import annotations

import pytest

from readiness.collect.classify import stored_file
from readiness.engine.read import read_unit
from readiness.facts.drift import drifts
from readiness.facts.model import FileFacts

TOPICS = ("estimator", "hyperparameter", "feature", "result", "split")
IMPORTS = "from sklearn.ensemble import RandomForestClassifier as Forest, GradientBoostingClassifier as Boosting\n"


def facts(files: dict[str, str]) -> list[FileFacts]:
    stored = [stored_file(path, text.encode(), len(text)) for path, text in files.items()]
    return [read_unit(file)[0].facts for file in stored]


def told(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, str, str]]:
    return [(one.name, one.old, one.new) for one in drifts(facts(before), facts(after), TOPICS)]


def code(text: str) -> dict[str, str]:
    return {"train.py": IMPORTS + text}


@pytest.mark.parametrize(
    ("before", "after", "drift"),
    [
        ("Forest(max_depth=4)", "Forest(max_depth=6)", [("max_depth", "4", "6")]),
        ("Forest(max_depth=4)", "DEPTH = 6\nForest(max_depth=DEPTH)", [("max_depth", "4", "6")]),
        ("Forest(max_depth=4)", "Forest(max_depth=4.0)", []),
        ("Forest(max_depth=4)", "Forest(max_depth=depth())", []),
        ("Forest(max_depth=4)\nForest(max_depth=8)", "Forest(max_depth=4)\nForest(max_depth=9)", [("max_depth", "8", "9")]),
        ("Forest(max_depth=4)\nForest(max_depth=8)", "Forest(max_depth=5)\nForest(max_depth=9)", []),
        ("Forest()", "Boosting()", [("estimator", "RandomForestClassifier", "GradientBoostingClassifier")]),
        ("Forest()", "", []),
    ],
)  # fmt: skip
def test_a_value_that_gives_way_to_one_other_is_a_change(
    before: str, after: str, drift: list[tuple[str, str, str]]
) -> None:
    assert told(code(before), code(after)) == drift


def test_code_that_moves_to_another_file_changes_nothing() -> None:
    assert told({"a.py": IMPORTS + "Forest(max_depth=4)"}, {"b.py": IMPORTS + "Forest(max_depth=4)"}) == []


def test_a_column_joins_or_leaves_a_list_that_is_there_on_both_sides() -> None:
    assert told(code("FEATURES = ['age', 'stays']"), code("FEATURES = ['age', 'sex']")) == [
        ("sex", "", "sex"),
        ("stays", "stays", ""),
    ]


def test_the_first_list_of_features_adds_nothing_to_one() -> None:
    assert told(code(""), code("FEATURES = ['age', 'stays']")) == []


def test_a_result_is_compared_with_the_same_part_of_the_data() -> None:
    before = {"metrics.json": '{"test": {"f1": 0.5}, "train": {"f1": 0.75}}'}
    after = {"metrics.json": '{"test": {"f1": 0.25}, "train": {"f1": 0.75}}'}
    assert told(before, after) == [("f1", "0.5", "0.25")]


def test_what_is_set_in_tests_does_not_count() -> None:
    path = "tests/test_train.py"
    assert told({path: IMPORTS + "Forest(max_depth=4)"}, {path: IMPORTS + "Forest(max_depth=6)"}) == []
