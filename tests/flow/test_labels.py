"""Conditions on labels are read strictly and hold as Python's own logic says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.errors import PatternError
from readiness.flow.labels import parse_requires

LABELS = ("A", "B", "C")
TEXTS = st.recursive(
    st.sampled_from(LABELS),
    lambda inner: st.one_of(
        inner.map(lambda text: f"not ({text})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda parts: f"({' '.join(parts)})"),
    ),
    max_leaves=8,
)


@given(TEXTS, st.sets(st.sampled_from(LABELS)))
def test_a_condition_holds_as_python_says(text: str, labels: set[str]) -> None:
    expected = eval(text, {label: label in labels for label in LABELS})
    assert parse_requires(text).holds(labels) == expected


def test_labels_speak_for_a_condition_or_against_it() -> None:
    condition = parse_requires("A and not (B or not C)")
    assert condition.wanted == {"A", "C"}
    assert condition.excluded == {"B"}


@pytest.mark.parametrize("text", ["", "A and", "A B", "f(A)", "A == B", "A.b", "1", "A if B else C", "(" * 300, "A\0"])
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(PatternError, match="no condition on labels"):
        parse_requires(text)
