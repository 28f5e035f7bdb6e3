"""Cards in JSON and YAML, also hostile ones."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.errors import UnreadableSource
from readiness.modelcard.machine import read_machine
from readiness.modelcard.slots import slot_table

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
)


@given(VALUES)
def test_whatever_stands_under_a_field_gives_a_whole_table(value: object) -> None:
    card = read_machine("model_card.json", json.dumps({"considerations": value, "model_parameters": {"data": value}}))
    assert len({answer.slot for answer in slot_table(card)}) == len(slot_table(card))


def test_keys_of_a_format_of_the_team_are_read_as_headings() -> None:
    card = read_machine("model_card.yaml", "training_data: census of 2024\nlimitations:\n  - fails for children\n")
    assert card.format == "fields"
    assert card.passages["limitations"][0].text == "fails for children"
    assert card.passages["limitations"][0].line == 2


def test_nested_aliases_do_not_exhaust_the_machine() -> None:
    lines = ["limitations: &a0 [[], []]"] + [f"x{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 40)]
    text = "\n".join([*lines, "bias: *a39"])
    assert read_machine("model_card.yaml", text).passages["bias"][0].text == ""


def test_a_number_keeps_the_name_of_its_field() -> None:
    text = '{"quantitative_analysis": {"performance_metrics": [{"type": "rmse", "value": 3.1}]}}'
    assert read_machine("model_card.json", text).passages["evaluation"][0].text == "rmse value: 3.1"


@pytest.mark.parametrize("text", ["{", "[1]", '"text"', '{"a": 1}', "a: [", "[" * 100_000])
def test_what_is_no_card_is_refused(text: str) -> None:
    with pytest.raises(UnreadableSource):
        read_machine("model_card.json", text)
