"""Offsets in what libcst writes, taken back to the text that it read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.source.exact.lost_space import LostSpace
from readiness.source.python import PythonSource

pieces = st.lists(
    st.tuples(st.text(alphabet="ab(\n", min_size=1, max_size=3), st.sampled_from(["", "\x0c", "\t \x0c"]))
)


@given(pieces)
def test_every_range_is_found_where_it_was(pieces: list[tuple[str, str]]) -> None:
    text = "".join(space + kept for kept, space in pieces)
    written = "".join(kept for kept, _ in pieces)
    lost = LostSpace(text, written)
    for start in range(len(written)):
        first, last = lost.original((start, start + 1))
        assert text[first:last] == written[start]


def test_long_texts_are_compared_to_the_end() -> None:
    text = "a" * 10_000 + " " + "b" * 10_000
    assert LostSpace(text, text.replace(" ", "")).original((10_000, 20_000)) == (10_001, 20_001)


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("end", ["", "\n"])
def test_names_behind_lost_space_are_where_they_are(line_end: str, end: str) -> None:
    text = (
        "try:\n  a\nexcept B :\n  c\nexcept  (D, E)  :\n  f\nexcept :\n  g\n\x0cclass H:\n \x0c i".replace(
            "\n", line_end
        )
        + end
    )
    alone, together = PythonSource.parse("a.py", text), PythonSource.parse("a.py", text)
    assert together.span(together.by_kind["Try"][0])[0] == 0
    for source in (alone, together):
        names = [(text[slice(*source.span(name))], name.fields[0]) for name in reversed(source.by_kind["Name"])]
        assert [written for written, _ in names] == [name for _, name in names]
