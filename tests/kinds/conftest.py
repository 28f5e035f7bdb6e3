"""Run one rule, written in YAML, over texts as the engine does."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from readiness.engine.analyse import analyse
from readiness.engine.conclude import conclude
from readiness.facts.project import Earlier, ProjectFacts
from readiness.finding import Finding
from readiness.rulebook.book import Rulebook
from readiness.rulebook.examples import notebook_text, source_files
from readiness.rulebook.files import RuleFile
from readiness.rulebook.loader import read_rules
from readiness.rulebook.parts import CellExample, CellsExample, FilesExample
from readiness.rulebook.schema import Rule

HEAD = """\
title: A rule
severity: warning
confidence: high
stage: candidate
lesson: rules
why: Because.
learn: [https://example.org/]
examples: [{bad: a}, {good: b}]
"""
Program = str | dict[str, str] | list[dict[str, object]]
Run = Callable[..., list[Finding]]


@pytest.fixture
def rule() -> Callable[[str], Rule]:
    """A rule with what its kind needs, the rest is given; `message` and `next_step` too unless they are written."""

    def build(text: str) -> Rule:
        extra = "".join(f"{key}: Say it.\n" for key in ("message", "next_step") if f"\n{key}:" not in f"\n{text}")
        (built,) = read_rules(RuleFile("a-rule.yaml", "a-rule", "validation", HEAD + extra + text))
        return built

    return build


@pytest.fixture
def notebook() -> Callable[..., str]:
    """The text of a notebook whose code cells are (code, execution count, outputs)."""

    def write(*cells: tuple[str, int | None, list[dict[str, object]]]) -> str:
        return notebook_text([CellExample(code=code, n=n, outputs=tuple(outputs)) for code, n, outputs in cells])

    return write


@pytest.fixture
def run(rule: Callable[[str], Rule]) -> Run:
    """The findings of a rule in files (path -> text), in one text, or in the cells of a notebook; `quiet` are paths.

    With `before`, the files are what a change has made of these, and `description` is what its author says about it.
    """

    def findings(
        text: str,
        program: Program,
        quiet: Iterable[str] = (),
        before: dict[str, str] | None = None,
        description: str = "",
    ) -> list[Finding]:
        rulebook = Rulebook((rule(text),))
        outcomes = [analyse(file, rulebook) for file in source_files(_example(program))]
        old = [analyse(file, rulebook).facts for file in source_files(_example(before))] if before else None
        earlier = None if old is None else Earlier(tuple(old))
        facts = ProjectFacts([outcome.facts for outcome in outcomes], None, frozenset(quiet), earlier, description)
        concluded, failures = conclude(facts, rulebook)
        assert not failures
        assert not [skip for outcome in outcomes for skip in outcome.skipped]
        return [*(finding for outcome in outcomes for finding in outcome.findings), *concluded]

    return findings


def _example(program: Program) -> str | FilesExample | CellsExample:
    if isinstance(program, dict):
        return FilesExample(files=program)
    if isinstance(program, list):
        return CellsExample(cells=tuple(CellExample.model_validate(cell) for cell in program))
    return program


@pytest.fixture
def places(run: Run) -> Callable[[str, Program], list[tuple[str, int]]]:
    """As `run`, but only path and line of each finding."""

    def found(text: str, program: Program) -> list[tuple[str, int]]:
        return [(finding.location.path, finding.location.line) for finding in run(text, program)]

    return found
