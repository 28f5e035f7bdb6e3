"""What the benchmarks compute from what they measure."""

from __future__ import annotations

import ast

import pytest
from benchmarks.flow import SHAPES, exponent, program


@pytest.mark.parametrize("power", [0.5, 1, 2])
def test_the_exponent_is_the_power_that_time_grows_with(power: float) -> None:
    sizes = (10, 20, 40, 80)
    assert exponent(sizes, [3 * size**power for size in sizes]) == pytest.approx(power)


@pytest.mark.parametrize("name", SHAPES)
def test_a_generated_function_has_as_many_statements_as_were_asked_for(name: str) -> None:
    function = ast.parse(program(SHAPES[name], 500)).body[-1]
    assert 500 <= sum(isinstance(node, ast.stmt) for node in ast.walk(function)) <= 505
