"""The list of altered facts is short, and what it quotes never acts."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from readiness.facts.drift import Drift
from readiness.facts.hit import Hit
from readiness.facts.model import SettingFact
from readiness.finding import Location
from readiness.review.render.facts import MAX_FACTS, altered_facts


@pytest.fixture
def told(analysis, pull):
    """The list of these drifts."""
    return lambda *drifts: "\n".join(altered_facts(analysis(altered=drifts), pull(url="https://git.example/lab/model")))


def drift(old: str, new: str, *, name: str = "depth", owner: str = "", path: str = "train.py", cell: int | None = None):
    at = Location(path, line=3, file_line=30, cell=cell)
    return Drift("hyperparameter", name, owner, old, new, SettingFact("hyperparameter", name, new, Hit(at), owner))


def test_no_altered_fact_gives_no_text(told):
    assert told() == ""


def test_at_most_ten_are_shown_and_the_rest_is_counted(told):
    shown = told(*(drift(str(number), str(number + 1)) for number in range(14)))
    assert shown.count("- hyperparameter") == MAX_FACTS == 10
    assert "- and 4 more" in shown
    assert "14 facts of the model" in shown


def test_a_place_in_a_notebook_is_the_cell_as_people_count_it(told):
    assert "`fit.ipynb` cell 3, line 3](" in told(drift("4", "6", path="fit.ipynb", cell=2))


@pytest.mark.parametrize(
    "words",
    [
        "@everyone",
        "#1",
        "</details>",
        "![x](https://evil.example/p.png)",
        "`",
        "```",
        "|",
        "<script>",
        "a\nb",
        "\u202eb",
    ],
)
def test_hostile_words_stay_words(told, words):
    shown = told(drift(words, f"{words}2", name=words, owner=words, path=f"{words}.py"))
    folded, *listed = MarkdownIt("commonmark").parse(shown)
    kinds = {child.type for token in listed for child in token.children or ()}
    assert folded.content.startswith("<details>")
    assert kinds <= {"text", "code_inline", "link_open", "link_close"}
    assert sum(token.type == "list_item_open" for token in listed) == 1
    assert "\u202e" not in shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://ada:secret@data.example/a.csv", "`https://****@data.example/a.csv`"),
        ("https://data.example/a.csv?sig=secret", "`https://data.example/a.csv?****`"),
        ("data/stays-?.csv", "`data/stays-?.csv`"),
    ],
)
def test_what_opens_an_address_is_not_repeated(told, address, shown):
    assert shown in told(drift("a.csv", address))


def test_a_long_value_is_cut(told):
    assert f"`{'a' * 59}…`" in told(drift("4", "a" * 500))
