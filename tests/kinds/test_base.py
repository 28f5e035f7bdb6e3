"""Texts of rules name what was found, and what was found can never act in a report."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.kinds.base import MAX_VALUE, render, shortened, sketched


@dataclass(frozen=True)
class Item:
    name: str = "x"
    count: int = 3
    nothing: str | None = None

    @property
    def doubled(self) -> int:
        return 2 * self.count


def test_metavariables_and_fields_are_put_in() -> None:
    assert (
        render("`$X` in cell $item.count of `$item.name`.", {"$X": "f(a)", "$item": Item()})
        == "`f(a)` in cell 3 of `x`."
    )


def test_properties_and_absent_values_can_be_named() -> None:
    assert render("$item.doubled, $item.nothing.", {"$item": Item()}) == "6, none."


def test_code_outside_backticks_is_quoted() -> None:
    assert render("Look at $X.", {"$X": "f(a)"}) == "Look at `f(a)`."


def test_text_behind_a_metavariable_is_no_field() -> None:
    assert render("Seed `$X.sample`.", {"$X": "rows"}) == "Seed `rows.sample`."


def test_what_is_not_known_is_left_as_it_is() -> None:
    assert render("It costs $5 and $HOME.", {}) == "It costs $5 and $HOME."


def test_a_field_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(AttributeError):
        render("$item.__class__.name $item.other", {"$item": Item()})


@pytest.mark.parametrize(("others", "text"), [(0, "One."), (2, "One, and 2 more.")])
def test_an_optional_part_is_left_out_if_it_would_say_nothing(others: int, text: str) -> None:
    assert render("One[[, and $others more]].", {"$others": others}) == text


@given(st.text())
def test_no_value_can_end_its_quotation_or_begin_a_line(value: str) -> None:
    rendered = render("See `$X` here.", {"$X": value})
    assert rendered.count("`") == 2
    assert rendered.isprintable()
    assert len(rendered) <= MAX_VALUE + len("See `` here.")


@given(st.text(max_size=MAX_VALUE))
def test_short_printable_code_is_shown_as_it_is(value: str) -> None:
    if value.isprintable() and "`" not in value:
        assert shortened(value) == " ".join(value.split())


def test_a_sketch_is_written_over_the_names_that_were_found() -> None:
    text = 'groups = $T.loc[test, "$item.name"]\nprint(groups)\n'
    assert (
        sketched(text, {"$T": "self.rows", "$item": Item("sex")})
        == 'groups = self.rows.loc[test, "sex"]\nprint(groups)'
    )


def test_a_sketch_without_names_is_shown_as_it_is() -> None:
    assert sketched("print(rows)\n", {}) == "print(rows)"


@pytest.mark.parametrize("value", ["", "a - b", 'rows["x"]', 'sex"]; import os', "a\nb", "x" * (MAX_VALUE + 1), "****"])
def test_there_is_no_sketch_over_anything_but_a_plain_name(value: str) -> None:
    assert sketched('print(rows["$C"])', {"$C": value}) == ""


def test_there_is_no_sketch_over_what_was_not_found() -> None:
    assert sketched("print($T)", {}) == ""
