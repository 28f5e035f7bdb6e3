r"""Text in JSON strings: every character knows where it is stored, and a change touches nothing else."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.finding import Edit
from readiness.fix.edits import applied
from readiness.source.json_string import StoredText
from readiness.source.json_text import JsonMap

TEXTS = st.text(st.sampled_from(['"', "\\", "\n", "a", "é", "\t", "\N{GRINNING FACE}", " "]), max_size=12)
STYLES: list[dict[str, Any]] = [
    {"indent": 1},
    {"indent": 4, "ensure_ascii": False},
    {"separators": (",", ":")},
    {"ensure_ascii": False},
]


def edited(stored: str, start: int, end: int, new: str) -> str | None:
    """The stored file after a part of the text under `source` was replaced."""
    text = StoredText(stored, JsonMap("n.ipynb", stored).literals(("source",)))
    edit = text.edit(start, end, new)
    return None if edit is None else applied(stored, [edit])


def source_of(stored: str) -> str:
    return "".join(json.loads(stored)["source"])


def as_lines(text: str) -> list[str]:
    pieces = [line + "\n" for line in text.split("\n")]
    pieces[-1] = pieces[-1][:-1]
    return [piece for piece in pieces if piece]


@given(TEXTS.filter(bool), TEXTS, st.sampled_from(STYLES), st.booleans(), st.data())
def test_only_the_text_changes(text: str, new: str, style: dict[str, Any], in_lines: bool, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    stored = json.dumps({"b": ["é"], "source": as_lines(text) if in_lines else text, "z": "é"}, **style)
    after = edited(stored, start, end, new)
    assert after is not None
    assert json.loads(after) | {"source": 0} == json.loads(stored) | {"source": 0}
    assert source_of(after) == text[:start] + new + text[end:]
    assert isinstance(json.loads(after)["source"], list if in_lines else str)


@given(TEXTS.filter(bool), TEXTS, st.sampled_from(STYLES), st.data())
def test_each_line_stays_a_string_of_its_own(text: str, new: str, style: dict[str, Any], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    after = edited(json.dumps({"source": as_lines(text)}, **style), start, end, new)
    assert after is not None
    parts = json.loads(after)["source"]
    assert all("\n" not in part[:-1] for part in parts)
    assert all(one.endswith("\n") for one, _ in pairwise(parts))


@pytest.mark.parametrize(
    ("stored", "change", "after"),
    [
        ('{"source": ["a\\n", "b\\n", "c"]}', (2, 4, ""), '{"source": ["a\\n", "c"]}'),
        ('{"source": ["a\\n", "b"]}', (2, 3, ""), '{"source": ["a\\n"]}'),
        ('{"source": ["a\\n", "b"]}', (2, 2, "x\n"), '{"source": ["a\\n", "x\\n", "b"]}'),
        ('{"source": ["a\\n", "b"]}', (1, 1, "\nx"), '{"source": ["a\\n", "x\\n", "b"]}'),
        ('{"source": ["a\\n","b"]}', (3, 3, "\nx"), '{"source": ["a\\n","b\\n","x"]}'),
        ('{\n"source": [\n  "a"\n]}', (1, 1, "\nx"), '{\n"source": [\n  "a\\n",\n  "x"\n]}'),
        ('{"source": "a\\nb"}', (1, 1, "\nx"), '{"source": "a\\nx\\nb"}'),
        ('{"source": ["a\\r\\n", "b"]}', (0, 0, "x\n"), '{"source": ["x\\r\\n", "a\\r\\n", "b"]}'),
        ('{"source": "\\u00e9a"}', (1, 2, "\u00fc"), '{"source": "\\u00e9\\u00fc"}'),
        ('{"source": "\u00e9a"}', (1, 2, "\u00fc"), '{"source": "\u00e9\u00fc"}'),
        ('{"source": "\\ud83d\\ude00 a"}', (2, 3, "b"), '{"source": "\\ud83d\\ude00 b"}'),
    ],
)
def test_a_change_is_written_as_the_rest_is(stored: str, change: tuple[int, int, str], after: str) -> None:
    assert edited(stored, *change) == after


@given(TEXTS.filter(bool), TEXTS, TEXTS, st.sampled_from(STYLES), st.data())
def test_two_changes_with_something_between_them_can_be_made_together(
    text: str, one: str, two: str, style: dict[str, Any], data: st.DataObject
) -> None:
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    if places[1] == places[2]:
        return
    stored = json.dumps({"source": as_lines(text)}, **style)
    held = StoredText(stored, JsonMap("n.ipynb", stored).literals(("source",)))
    edits = [held.edit(*places[:2], one), held.edit(*places[2:], two)]
    after = applied(stored, [edit for edit in edits if edit is not None])
    assert source_of(after) == text[: places[0]] + one + text[places[1] : places[2]] + two + text[places[3] :]


@pytest.mark.parametrize("stored", ['{"source": []}', '{"source": 3}', '{"a": "b"}'])
def test_where_no_text_is_stored_nothing_can_be_changed(stored: str) -> None:
    assert edited(stored, 0, 0, "x") is None


def test_a_place_behind_the_text_is_refused() -> None:
    assert StoredText('"a"', [(0, '"a"')]).edit(1, 2, "") is None


def test_an_edit_counts_in_the_stored_file() -> None:
    assert StoredText('["\\ta"]', [(1, '"\\ta"')]).edit(1, 2, "b") == Edit(4, 5, "b")
