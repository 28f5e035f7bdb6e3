"""Cards are begun from the code: what it tells has a source, what it does not tell is asked, and a person's text is kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from readiness.errors import UsageError
from readiness.modelcard.find import find_cards
from readiness.modelcard.scaffold.renewal import State
from readiness.modelcard.slots import slot_table


def block(text: str, topic: str) -> str:
    """What stands in a block of a card."""
    found = re.search(rf"readiness:auto {topic} \w+ -->\n(.*?)<!-- readiness:end -->", text, re.DOTALL)
    assert found is not None
    return found[1].strip()


@pytest.mark.parametrize(
    ("topic", "row"),
    [
        ("model", "| `RandomForestClassifier` | `train.py:9` |"),
        ("libraries", "| `scikit-learn` | 1.5.2 | `requirements.txt:2` |".replace("1.5.2", "`1.5.2`")),
        ("data", "| `data/visits.csv` | `md5 8fc1b2c4d9e01f23a4b5c6d7e8f90123` | `train.py:6` |"),
        ("split", "| `test_size` | 0.2 | `train.py:8` |"),
        ("seeds", "| `random_state` | 7 | `train.py:8` |"),
        ("features", "| `FEATURES` | `age`, `stays` | `settings.py:2` |"),
        ("target", "| `readmitted` | `train.py:7` |"),
        ("hyperparameters", "| `max_depth` | 4 | `train.py:9` |"),
        ("open", "| `n_estimators` | `size_of(visits)` | `train.py:9` |"),
        ("results", "| `roc_auc` | 0.7921 (`test`) | `reports/metrics.json:1` |"),
        ("monitoring", '| `alarm = ks_2samp(reference["age"], current["age"]).pvalue < 0.01` | `monitor.py:2` |'),
    ],
)
def test_what_a_file_tells_stands_in_the_card_with_its_line(begin, topic, row):
    assert row in block(begin().text, topic).splitlines()


def test_scores_of_one_name_are_told_apart_by_the_keys_above_them(begin, renew):
    report = '{"recall": 0.51, "report": {"stayed": {"recall": 0.9}, "macro avg": {"recall": 0.7}}}'
    card = renew(begin().text, **{"reports__metrics.json": report}).text
    assert [row.split(" | ")[:2] for row in block(card, "results").splitlines()[2:]] == [
        ["| `recall`", "0.51"],
        ["| `recall`", "0.9 (`report.stayed`)"],
        ["| `recall`", "0.7 (`report.macro avg`)"],
    ]


def test_parameters_of_one_name_are_told_apart_by_their_dictionaries(begin, renew):
    settings = 'FEATURES = ["age"]\nSLOW = {"max_depth": 9}\nFAST = {"max_depth": 3, "n_estimators": 20}\n'
    table = block(renew(begin().text, settings_py=settings).text, "hyperparameters")
    assert "| `max_depth` | 9 (`SLOW`) | `settings.py:2` |\n| `max_depth` | 3 (`FAST`) | `settings.py:3` |" in table
    assert "| `n_estimators` | 20 (`FAST`) | `settings.py:3` |" in table


def test_what_no_file_tells_is_asked_and_nothing_is_made_up(begin):
    card = begin().text
    assert block(card, "version").startswith("_To answer: ")
    assert block(card, "groups") == ""
    assert "n_jobs" not in card


@pytest.mark.parametrize(
    ("profile", "name"), [("nhs", "CARD.md"), ("hf", "CARD.md"), ("cyclonedx", "model_card.cdx.json")]
)
def test_a_card_leaves_only_its_questions_open(begin, tmp_path: Path, profile, name):
    text = begin(profile, name).text
    card = tmp_path / name
    card.write_text(text, encoding="utf-8")
    table = {answer.slot: answer.state.value for answer in slot_table(find_cards((card,))[0])}
    assert set(table.values()) <= {"placeholder", "answered", "thin"}
    card.write_text(
        re.sub(
            r"_To answer: .*_|To answer: [^\"]*",
            "Answered by a nurse: 12 % of those older than 80, in version 1.2 of 2024.",
            text,
        )
    )
    table = {answer.slot: answer.state.value for answer in slot_table(find_cards((card,))[0])}
    assert set(table.values()) == {"answered"}


@pytest.mark.parametrize(
    ("profile", "path"), [("nhs", "MODEL_CARD.md"), ("hf", "MODEL_CARD.md"), ("cyclonedx", "card.cdx.json")]
)
def test_a_second_run_changes_nothing(begin, renew, profile, path):
    first = begin(profile, path).text
    second = renew(first, path)
    assert second.text == first
    assert {part.state for part in second.parts} == {State.SAME}


def test_a_changed_value_is_renewed_where_it_stands_and_nowhere_else(begin, renew, project):
    first = begin().text.replace("_To answer: Is the model", "On trial since May.\n\n_To answer: Is the model")
    code = "from sklearn.ensemble import RandomForestClassifier\nmodel = RandomForestClassifier(max_depth=6)\n"
    card = renew(first, train_py=code)
    assert "| `max_depth` | 6 | `train.py:2` |" in card.text
    assert "On trial since May." in card.text
    assert block(card.text, "target").startswith("_To answer: ")


@pytest.mark.parametrize(
    ("profile", "path"), [("nhs", "MODEL_CARD.md"), ("hf", "MODEL_CARD.md"), ("cyclonedx", "card.cdx.json")]
)
def test_a_line_that_only_moved_makes_no_card_stale(begin, renew, tmp_path: Path, profile, path):
    first = begin(profile, path).text
    card = renew(first, path, train_py="\n" + (tmp_path / "train.py").read_text())
    assert not card.is_stale
    assert card.text != first


def test_a_block_that_was_edited_is_left_alone(begin, renew):
    edited = begin().text.replace("| `max_depth` | 4 |", "| `max_depth` | 4, by a search |")
    card = renew(edited, train_py="from sklearn.svm import SVC\nmodel = SVC(max_depth=6)\n")
    assert "4, by a search" in card.text
    assert [part.name for part in card.parts if part.state is State.EDITED] == ["hyperparameters"]


def test_an_answer_in_a_block_is_kept(begin, renew):
    first = begin().text
    answered = first.replace(
        "_To answer: Which version of the model is this, and on which day was it trained?_", "Version 3."
    )
    card = renew(answered, train_py='from sklearn.svm import SVC\nmodel_version = "9.9"\nmodel = SVC()\n')
    assert "Version 3." in card.text
    assert "9.9" not in card.text


def test_a_block_may_be_put_into_a_card_of_ones_own(renew):
    card = renew("# Beds\n\nOurs.\n<!-- readiness:auto seeds -->\n<!-- readiness:end -->\nMore.\n").text
    assert card.startswith("# Beds\n\nOurs.\n<!-- readiness:auto seeds ")
    assert "| `random_state` | 7 | `train.py:8` |\n<!-- readiness:end -->\nMore.\n" in card


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<!-- readiness:auto sedes -->\n<!-- readiness:end -->\n", "MODEL_CARD.md:1: nothing is told under `sedes`"),
        ("a\n<!-- readiness:auto seeds -->\n", "MODEL_CARD.md:2: a block has no end"),
        (
            "<!-- readiness:auto seeds -->\n# readiness:auto model\n# readiness:end\n",
            "MODEL_CARD.md:1: a block has no end",
        ),
    ],
)
def test_a_mistake_in_a_mark_is_told_with_its_place(renew, text, told):
    with pytest.raises(UsageError) as error:
        renew(text)
    assert told in str(error.value)


def test_hostile_code_cannot_leave_its_cell(renew):
    text = "<!-- readiness:auto data -->\n<!-- readiness:end -->\n"
    hostile = 'import pandas as pd, sklearn\npd.read_csv("a|b`\\n<!-- readiness:end -->\\u202e")\n'
    code = hostile + "from sklearn.svm import SVC\nSVC()\n"
    card = renew(text, train_py=code)
    row = card.text.splitlines()[3]
    assert row == "| ``a\\|b` <!-- readiness:end -->\\u202e`` | `train.py:2` |"
    assert renew(card.text, train_py=code).text == card.text


def test_of_several_models_one_has_to_be_named(project, begin, tmp_path: Path):
    (tmp_path / "other.py").write_text("from sklearn.svm import SVC\nSVC()\n")
    with pytest.raises(UsageError, match="2 files train a model"):
        begin()
    assert "training=other.py" in begin(training="other.py").text
    with pytest.raises(UsageError, match=r"no program is called trian\.py"):
        begin(training="trian.py")


def test_a_project_that_trains_nothing_is_told(renew):
    with pytest.raises(UsageError, match="no file here is known to train a model"):
        renew("<!-- readiness:auto data -->\n<!-- readiness:end -->\n", train_py="print(1)\n")
