"""What a requirement permits, compared with one version."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from readiness.source.version import Range

VERSIONS = st.tuples(st.integers(0, 3), st.integers(0, 12), st.integers(0, 3)).map(lambda v: ".".join(map(str, v)))


def range_of(specifier: str) -> Range:
    found = Range.parse(specifier)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "specifier", ["==2.0.1", ">=2", "^2.1", "~2.1", "~=2.1", "=2.1", "2.1.3", ">=1,>=2.5,<3", "==2.*"]
)
def test_a_requirement_that_begins_with_a_version_is_at_least_that_one(specifier: str) -> None:
    assert range_of(specifier).is_at_least("2.0")


@pytest.mark.parametrize("specifier", ["", ">=1.9", "<3", "==1.24.4", "~=1.9", "!=1.5"])
def test_a_requirement_that_permits_an_earlier_version_is_not(specifier: str) -> None:
    assert not range_of(specifier).is_at_least("2.0")


@pytest.mark.parametrize("specifier", ["", ">=1.9", "<2.0.1", "<=2.0", "!=1.5", ">=1,<3", "~=1.9"])
def test_a_requirement_without_an_earlier_end_may_bring_a_later_version(specifier: str) -> None:
    assert range_of(specifier).may_be_at_least("2.0") is (specifier != "~=1.9")


@given(VERSIONS, VERSIONS, VERSIONS)
def test_below_a_version_is_no_later_one_unless_the_requirement_begins_with_one(low: str, end: str, asked: str) -> None:
    known = range_of(f">={low}")
    cut = known.below(end)
    assert cut.low == known.low
    begins_later = Version(low) >= Version(end)
    assert cut.may_be_at_least(asked) is (begins_later or Version(asked) < Version(end))


@pytest.mark.parametrize(
    "specifier", ["==1.26.4", "<2", "<2.0", "^1.20", "~1.26", "=1.26", "1.26.4", "==1.*", "<=1.26"]
)
def test_a_requirement_with_an_earlier_end_never_does(specifier: str) -> None:
    assert not range_of(specifier).may_be_at_least("2.0")


def test_a_caret_below_one_ends_with_the_first_number_that_is_not_zero() -> None:
    assert not range_of("^0.24").may_be_at_least("0.25")
    assert range_of("^0.24").may_be_at_least("0.24.2")


@pytest.mark.parametrize("specifier", [None, "@ https://example.org/numpy.whl", "1.2 || 1.3", ">=x", "latest"])
def test_what_cannot_be_compared_is_unknown(specifier: str | None) -> None:
    assert Range.parse(specifier) is None


@given(VERSIONS, VERSIONS, VERSIONS, st.sampled_from(["==", ">=", "<", "<=", ">", "~="]))
def test_no_version_that_pip_would_install_is_outside_the_range(
    bound: str, other: str, installed: str, sign: str
) -> None:
    found = range_of(f"{sign}{bound}")
    if SpecifierSet(f"{sign}{bound}").contains(Version(installed)):
        assert found.may_be_at_least(installed)
        assert not found.is_at_least(other) or Version(installed) >= Version(other)
