"""`readiness card check`: the table, the JSON, and what the exit code says."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., subprocess.CompletedProcess[str]]

FULL = """# Model card
## Training data
Census of 2024.
## Bias
Recall is lower for women.
## Limitations
Fails when a ward closes.
"""


def test_a_card_that_answers_the_essential_questions_is_clean(readiness: Run, tmp_path: Path) -> None:
    (tmp_path / "MODEL_CARD.md").write_text(FULL)
    done = readiness("card", "check")
    assert done.returncode == 0
    assert "training data                      answered          line 2    L2, period or size" in done.stdout


def test_several_cards_are_found_and_an_open_question_is_told_by_the_exit_code(readiness: Run, tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "MODEL_CARD.md").write_text(FULL)
    (tmp_path / "models" / "model_card.json").write_text('{"model_details": {"name": "beds"}, "considerations": {}}')
    done = readiness("card", "check", "--format", "json")
    cards = json.loads(done.stdout)["cards"]
    assert done.returncode == 1
    assert [(card["path"], card["format"]) for card in cards] == [
        ("MODEL_CARD.md", "markdown"),
        ("models/model_card.json", "model-card-toolkit"),
    ]
    row = {"slot": "bias", "state": "answered", "line": 4, "section": "Bias", "note": ""}
    assert row.items() <= next(slot for slot in cards[0]["slots"] if slot["slot"] == "bias").items()


def test_a_folder_of_cards_may_be_named(readiness: Run, tmp_path: Path) -> None:
    (tmp_path / "model_cards").mkdir()
    (tmp_path / "model_cards" / "beds.md").write_text(FULL.replace("# Model card", "# Beds"))
    assert readiness("card", "check", "model_cards").stdout.startswith("beds.md\n")


def test_a_folder_without_a_card_is_told_with_advice(readiness: Run, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Beds\n")
    done = readiness("card", "check")
    assert done.returncode == 2
    assert "there is no model card here" in done.stderr
    assert "readiness card new" in done.stderr


def test_a_broken_card_in_a_folder_is_told_and_a_schema_of_cards_is_none(readiness: Run, tmp_path: Path) -> None:
    (tmp_path / "MODEL_CARD.md").write_text(FULL)
    (tmp_path / "README.md").write_bytes(b"# Beds\0")
    (tmp_path / "model_card_schema.json").write_text('{"training_data": {"type": "string"}}')
    assert readiness("card", "check").returncode == 0
    (tmp_path / "model_card.json").write_text("{")
    done = readiness("card", "check")
    assert (done.returncode, "model_card.json" in done.stderr) == (2, True)


def test_a_file_that_is_no_card_is_told(readiness: Run, tmp_path: Path) -> None:
    (tmp_path / "card.json").write_text("{")
    broken = readiness("card", "check", "card.json")
    assert (broken.returncode, "the card cannot be read" in broken.stderr) == (2, True)
    (tmp_path / "card.json").write_text("[1]")
    assert "no model card in a known format" in readiness("card", "check", "card.json").stderr


TRAIN = "from sklearn.svm import SVC\nmodel = SVC(C=3)\n"


def test_a_card_is_begun_renewed_and_checked(readiness: Run, tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(TRAIN)
    begun = readiness("card", "new", "--name", "Beds")
    card = tmp_path / "MODEL_CARD.md"
    assert (begun.returncode, begun.stdout[:23]) == (0, "Written: MODEL_CARD.md.")
    assert "# Model card: Beds" in card.read_text()
    assert readiness("card", "update", "--check").stdout == "MODEL_CARD.md: up to date\n"
    (tmp_path / "train.py").write_text(TRAIN.replace("3", "5"))
    stale = readiness("card", "update", "--check")
    assert (stale.returncode, "hyperparameters: stale\n  -| `C` | 3 |" in stale.stdout) == (1, True)
    renewed = readiness("card", "update")
    assert (renewed.returncode, "+| `C` | 5 |" in renewed.stdout) == (0, True)
    assert "| `C` | 5 | `train.py:2` |" in card.read_text()
    assert readiness("card", "update", "--check").returncode == 0


def test_what_was_edited_by_hand_is_named(readiness: Run, tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(TRAIN)
    readiness("card", "new")
    card = tmp_path / "MODEL_CARD.md"
    card.write_text(card.read_text().replace("| `C` | 3 |", "| `C` | three |"))
    done = readiness("card", "update", "--check")
    assert (done.returncode, "hyperparameters: edited by hand, left as it is" in done.stdout) == (0, True)


def test_a_card_that_cannot_be_replaced_in_one_step_is_left_as_it_was(readiness: Run, tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(TRAIN)
    readiness("card", "new")
    elsewhere = (tmp_path / "MODEL_CARD.md").rename(tmp_path / "kept.txt")
    (tmp_path / "MODEL_CARD.md").symlink_to(elsewhere)
    before = elsewhere.read_text()
    (tmp_path / "train.py").write_text(TRAIN.replace("3", "5"))
    done = readiness("card", "update", "MODEL_CARD.md")
    assert (done.returncode, "the card is left as it was: it is no longer a regular file" in done.stderr) == (2, True)
    assert elsewhere.read_text() == before


def test_a_card_that_exists_is_not_written_over(readiness: Run, tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(TRAIN)
    (tmp_path / "MODEL_CARD.md").write_text(FULL)
    done = readiness("card", "new")
    assert (done.returncode, "is there already" in done.stderr) == (2, True)
    assert (tmp_path / "MODEL_CARD.md").read_text() == FULL
    update = readiness("card", "update")
    assert (update.returncode, "no model card here has a part to renew" in update.stderr) == (2, True)
    outside = readiness("card", "new", "--output", tmp_path.parent / "elsewhere.md")
    assert (outside.returncode, "lies outside of the project" in outside.stderr) == (2, True)


def test_the_other_forms_are_written_where_they_are_asked_for(readiness: Run, tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(TRAIN)
    assert readiness("card", "new", "train.py", "--profile", "cyclonedx").returncode == 0
    assert json.loads((tmp_path / "model_card.cdx.json").read_text())["bomFormat"] == "CycloneDX"
    assert readiness("card", "new", "--profile", "hf", "--output", "models/README.md").returncode == 0
    assert (tmp_path / "models/README.md").read_text().startswith("---\n# readiness:auto metadata ")
    assert (
        readiness("card", "update", "--check").stdout
        == "model_card.cdx.json: up to date\nmodels/README.md: up to date\n"
    )
