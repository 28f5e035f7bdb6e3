"""What waits for names is found by them, and nothing that could match is left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readiness.pattern.required import Watch, can_hold

WORDS = st.frozensets(st.sampled_from("abcdefgh"), max_size=4)
CLAUSES = st.lists(WORDS, max_size=3).map(tuple)


@given(st.lists(CLAUSES, max_size=8), WORDS)
def test_a_watch_names_all_that_the_words_can_satisfy_and_no_other(
    requirements: list[tuple[frozenset[str], ...]], words: frozenset[str]
) -> None:
    expected = [number for number, clauses in enumerate(requirements) if can_hold(clauses, words)]
    assert Watch(tuple(requirements)).possible(words) == expected


def test_every_clause_needs_one_of_its_words() -> None:
    clauses = (frozenset({"pandas"}), frozenset({"read_csv", "read_json"}))
    assert can_hold(clauses, {"pandas", "read_json", "x"})
    assert not can_hold(clauses, {"read_csv", "read_json"})
    assert can_hold((), set())
