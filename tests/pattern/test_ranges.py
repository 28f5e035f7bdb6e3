"""How operators combine ranges."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.pattern.bindings import Binding, Place
from readiness.pattern.ranges import Range, Sort, difference, distinct, intersection, within
from readiness.source.python import PythonSource

SOURCE = PythonSource.parse("program.py", "a\n")


def same(one: Binding, other: Binding) -> bool:
    return one.text == other.text


def span(start: int, end: int, sort: Sort = Sort.PLAIN, **names: str) -> Range:
    bindings = {f"${name}": Binding(SOURCE, content=text) for name, text in names.items()}
    return Range(start, end, bindings, Place(SOURCE), sort)


def ends(ranges: list[Range]) -> list[tuple[int, int]]:
    return [(range_.start, range_.end) for range_ in ranges]


def test_the_inner_of_two_ranges_is_kept() -> None:
    assert ends(intersection([span(0, 9)], [span(2, 3)], same)) == [(2, 3)]
    assert ends(intersection([span(2, 3)], [span(0, 9)], same)) == [(2, 3)]
    assert intersection([span(0, 3)], [span(2, 9)], same) == []


def test_a_range_to_look_in_is_no_result() -> None:
    assert intersection([span(0, 9)], [span(2, 3, Sort.INSIDE)], same) == []
    assert ends(intersection([span(2, 3)], [span(0, 9, Sort.INSIDE)], same)) == [(2, 3)]


def test_metavariables_must_agree_and_are_joined() -> None:
    assert intersection([span(0, 9, X="a")], [span(1, 2, X="b")], same) == []
    [kept] = intersection([span(0, 9, X="a")], [span(1, 2, Y="b")], same)
    assert {name: bound.text for name, bound in kept.bindings.items()} == {"$X": "a", "$Y": "b"}


def test_groups_of_regular_expressions_never_disagree() -> None:
    assert len(intersection([span(0, 9, **{"1": "a"})], [span(1, 2, **{"1": "b"})], same)) == 1


@pytest.mark.parametrize(
    ("excluded", "dropped"),
    [
        (span(2, 5), True),
        (span(2, 6), False),
        (span(3, 5), False),
        (span(0, 9, Sort.INSIDE), True),
        (span(3, 4, Sort.INSIDE), False),
        (span(3, 4, Sort.REGEX), True),
        (span(0, 9, Sort.REGEX), True),
        (span(0, 3, Sort.REGEX), False),
    ],
)
def test_what_excludes_a_range(excluded: Range, dropped: bool) -> None:
    assert (difference([span(2, 5)], [excluded], same) == []) is dropped


def test_an_excluded_range_with_other_bindings_excludes_nothing() -> None:
    assert len(difference([span(2, 5, X="a")], [span(2, 5, X="b")], same)) == 1


def test_equal_ranges_are_one() -> None:
    assert len(distinct([span(1, 2, X="a"), span(1, 2, X="a"), span(1, 2, X="b")])) == 2


spans = st.tuples(st.integers(0, 9), st.integers(0, 9)).map(lambda pair: span(min(pair), max(pair)))


@given(st.lists(spans, max_size=5), st.lists(spans, max_size=5))
def test_intersection_is_symmetric_and_within_both(some: list[Range], others: list[Range]) -> None:
    one, other = intersection(some, others, same), intersection(others, some, same)
    assert set(ends(one)) == set(ends(other))
    for kept in one:
        assert any(within(kept, range_, same) for range_ in some)
        assert any(within(kept, range_, same) for range_ in others)
