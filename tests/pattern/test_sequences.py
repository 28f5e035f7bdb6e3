"""Runs of neighbours with `...`: the search equals a plain definition of what it should find."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from readiness.pattern.find import compile_formula, find
from readiness.pattern.formula import Match
from readiness.source.python import PythonSource

DOTS = "..."


def reference(patterns: Sequence[str], targets: Sequence[str]) -> bool:
    """`...` stands for any number of items, every other pattern for itself."""

    @cache
    def covers(at: int, start: int) -> bool:
        if at == len(patterns):
            return start == len(targets)
        if patterns[at] == DOTS:
            return any(covers(at + 1, end) for end in range(start, len(targets) + 1))
        return start < len(targets) and patterns[at] == targets[start] and covers(at + 1, start + 1)

    return covers(0, 0)


def matches(pattern: str, code: str) -> bool:
    return bool(find(compile_formula(Match(pattern)), PythonSource.parse("program.py", code)))


items = st.sampled_from(["a", "b", "c"])


@given(st.lists(st.one_of(items, st.just(DOTS)), max_size=6), st.lists(items, max_size=8))
def test_arguments_with_dots_are_what_the_definition_says(patterns: list[str], targets: list[str]) -> None:
    found = matches(f"f({', '.join(patterns)})", f"f({', '.join(targets)})\n")
    assert found is reference(patterns, targets)


@given(st.lists(st.one_of(items, st.just(DOTS)), min_size=1, max_size=6), st.lists(items, min_size=1, max_size=8))
def test_lists_with_dots_are_what_the_definition_says(patterns: list[str], targets: list[str]) -> None:
    found = matches(f"[{', '.join(patterns)}]", f"[{', '.join(targets)}]\n")
    assert found is reference(patterns, targets)


@given(st.lists(st.one_of(items, st.just(DOTS)), min_size=1, max_size=5), st.lists(items, min_size=1, max_size=7))
def test_bodies_with_dots_are_what_the_definition_says(patterns: list[str], targets: list[str]) -> None:
    pattern = "def f():\n" + "\n".join(f"    {p}" if p == DOTS else f"    {p}()" for p in patterns)
    code = "def f():\n" + "\n".join(f"    {t}()" for t in targets) + "\n"
    open_end = [*patterns, DOTS] if DOTS in patterns else patterns  # after a `...` the end of a body is open
    assert matches(pattern, code) is reference(open_end, targets)


@given(st.permutations(["a=1", "b=2", "c=3"]), st.permutations(["a=1", "b=2", "c=3"]))
def test_keywords_have_no_order(patterns: list[str], targets: list[str]) -> None:
    assert matches(f"f({', '.join(patterns)})", f"f({', '.join(targets)})\n")


def test_a_place_is_found_once_however_many_ways_it_matches(bound: Callable[..., list[dict[str, str]]]) -> None:
    assert bound("f($...A, $...B)", "f(1, 2)") == [{"$...A": "", "$...B": "1, 2"}]
