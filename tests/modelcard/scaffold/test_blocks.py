"""Whatever a person writes around the blocks, and however a formatter lays them out, nothing of it is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readiness.modelcard.scaffold.blocks import renewed
from readiness.modelcard.scaffold.renewal import State

END = "<!-- readiness:end -->"
LINES = st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=20), max_size=4)
NEWLINES = st.sampled_from(["\n", "\r\n"])


@given(before=LINES, between=LINES, after=LINES, told=LINES, newline=NEWLINES)
def test_text_outside_of_blocks_is_never_touched(before, between, after, told, newline):
    opening = "<!-- readiness:auto seeds -->"
    text = newline.join([*before, opening, END, *between, opening, END, *after, ""])
    first = renewed("card.md", text, lambda block: told)
    marks = [line for line in first.text.split(newline) if line.startswith("<!-- readiness:auto seeds")]
    assert first.text == newline.join([*before, marks[0], *told, END, *between, marks[1], *told, END, *after, ""])
    assert renewed("card.md", first.text, lambda block: told).text == first.text


@given(told=LINES, edited=LINES, later=LINES)
def test_what_a_person_wrote_into_a_block_stays(told, edited, later):
    first = renewed("card.md", f"<!-- readiness:auto seeds -->\n{END}\n", lambda block: told).text
    mark = first.partition("\n")[0]
    text = "\n".join([mark, *edited, END, ""])
    again = renewed("card.md", text, lambda block: later)
    if again.parts[0].state is State.EDITED:
        assert again.text == text
    else:
        assert {"".join("".join(edited).split())} & {"".join("".join(lines).split()) for lines in (told, later)}


def test_a_table_that_a_formatter_aligns_is_not_edited():
    told = ["| Seed | Value |", "|---|---|", "| `seed` | 7 |"]
    first = renewed("card.md", f"<!-- readiness:auto seeds -->\n{END}\n", lambda block: told).text
    aligned = first.replace("|---|---|", "| ------ | ----- |").replace("| Seed |", "| Seed   |")
    again = renewed("card.md", aligned, lambda block: told)
    assert (again.text, again.parts[0].state) == (aligned, State.SAME)
