"""Find patterns and formulas in short programs."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import dedent

import pytest

from readiness.pattern import formula as f
from readiness.pattern.find import Match, compile_formula, find
from readiness.source.python import PythonSource

Search = Callable[..., list[str]]


def _find(pattern: str | f.Formula, code: str, *, aliases: dict[str, str] | None = None) -> list[Match]:
    formula = f.Match(pattern) if isinstance(pattern, str) else pattern
    source = PythonSource.parse("program.py", dedent(code).strip("\n") + "\n", aliases=aliases)
    return find(compile_formula(formula, aliases=aliases), source)


@pytest.fixture
def found() -> Callable[..., list[Match]]:
    """The matches of a pattern or formula in a program."""
    return _find


@pytest.fixture
def texts() -> Search:
    """The matched pieces of a program, each on one line."""

    def search(pattern: str | f.Formula, code: str, **options: dict[str, str] | None) -> list[str]:
        matches = _find(pattern, code, **options)
        return [" ".join(m.place.source.text[m.start : m.end].split()) for m in matches]

    return search


@pytest.fixture
def bound() -> Callable[..., list[dict[str, str]]]:
    """What the metavariables stand for, match by match."""
    return lambda pattern, code: [match.texts() for match in _find(pattern, code)]
