"""Cards of our own making, one for each trap that public cards hold, with the table that they must give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from readiness.modelcard.find import find_cards
from readiness.modelcard.slots import slot_table

CORPUS = sorted((Path(__file__).parent / "cards").glob("*.yaml"))


@pytest.mark.parametrize("story", CORPUS, ids=lambda path: path.stem)
def test_a_card_gives_its_table(story: Path, tmp_path: Path) -> None:
    told: dict[str, Any] = yaml.safe_load(story.read_text(encoding="utf-8"))
    card = tmp_path / told["path"]
    card.parent.mkdir(exist_ok=True)
    card.write_text(told["text"], encoding="utf-8")
    answers = {answer.slot: answer for answer in slot_table(find_cards((card,))[0])}
    assert {slot: str(answers[slot].state) for slot in told["expected"]} == told["expected"]
    assert answers["training-data"].note[:2] == told.get("lineage", "")
