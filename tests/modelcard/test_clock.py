"""What a card says of time: its own dates, the end of its data, and what it promises; nothing seems older than it is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.collect.classify import stored_file
from readiness.engine.read import read_unit
from readiness.modelcard.clock import clocks

TODAY = date(2026, 7, 1)


def told(text: str) -> list[tuple[str, int, str, int, int]]:
    card = f"# Model card\n{text}\n"
    document = read_unit(stored_file("MODEL_CARD.md", card.encode(), len(card)))[0].facts.document
    assert document is not None
    return [(one.sort, one.line, one.text, one.months, one.every) for one in clocks(document, TODAY)]


@pytest.mark.parametrize(
    ("line", "text", "months"),
    [
        ("Last updated: 2025-07-03", "2025-07-03", 12),
        ("**Version:** 1.0 | **Date:** March 2025", "March 2025", 16),
        ("Trained on 12 Mar. 2026 by the ward team", "Mar. 2026", 4),
        ("| Released | May 3, 2024 |", "May 3, 2024", 26),
    ],
)
def test_a_labelled_date_is_one_of_the_card(line, text, months):
    assert told(line) == [("written", 2, text, months, 0)]


@pytest.mark.parametrize(
    "line",
    [
        "Copyright 2024",
        "Mitchell et al., 2019",
        "Images of 1920x1080 pixels",
        "Version 1.2.2019",
        "year = {2024},",
        "Updated in 2024",
        "Updated until June 2023",
        "Knowledge cutoff date: March 5, 2024",
    ],
)
def test_a_year_of_something_else_is_none_of_the_card(line):
    assert [one for one in told(line) if one[0] == "written"] == []


def test_a_later_date_of_any_kind_makes_the_card_younger():
    assert told("Updated: 2019-01-01\n\nSee the audit of 2026.")[0][3] < 0


def test_the_training_data_end_with_the_latest_span_of_their_section():
    text = "## Training data\nStays of 2010-2014 and visits until 2016.\n## Evaluation\nStays of 2017-2020."
    assert told(text) == [("data", 3, "until 2016", 115, 0)]


@pytest.mark.parametrize(
    ("line", "every"),
    [
        ("The model is retrained every six months.", 6),
        ("Quarterly retraining with new data", 3),
        ("| Update frequency | Monthly |", 1),
        ("Re-validation every 18 months", 18),
    ],
)
def test_a_promise_has_its_period(line, every):
    assert [(one[0], one[4]) for one in told(f"Of 2024.\n{line}")] == [("promise", every)]


@pytest.mark.parametrize(
    "line", ["Sales are monthly totals.", "The office updates the table weekly.", "Retrain if needed; daily data."]
)
def test_a_rhythm_of_the_data_is_no_promise(line):
    assert told(f"Of 2024.\n{line}") == []


PIECES = [
    *(
        "## Training data",
        "Updated: ",
        "Date",
        "2019",
        "2025-07-03",
        "-13",
        "March ",
        " 2012-2018",
        "until ",
        "retrained ",
    ),
    *(
        "every ",
        "quarter",
        "six months",
        "|",
        " ",
        ".",
        ",",
        "\n",
        "\r\n",
        "\r",
        "\f",
        "\u2028",
        "\x85",
        "**",
        "é",
        "🏥",
    ),
]


@given(
    st.lists(
        st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=3)
    ).map("".join)
)
def test_what_is_told_of_any_card_stands_on_the_line_that_is_named(text):
    lines = f"# Model card\n{text}\n".replace("\r\n", "\n").split("\n")
    for sort, line, words, _, every in told(text):
        assert words in lines[line - 1]
        assert (every > 0) == (sort == "promise")
