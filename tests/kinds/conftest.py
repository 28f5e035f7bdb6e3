"""Run one rule, written in YAML, over texts as the engine does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from readiness.engine.analyse import analyse
from readiness.engine.conclude import conclude
from readiness.facts.project import ProjectFacts
from readiness.finding import Finding
from readiness.rulebook.examples import source_files
from readiness.rulebook.loader import Rulebook, RuleFile, read_rules
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
Report = Callable[..., list[Finding]]


@pytest.fixture
def rule() -> Callable[[str], Rule]:
    """A rule with what its kind needs, the rest is given; `message` and `next_step` too unless they are written."""

    def build(text: str) -> Rule:
        extra = "".join(f"{key}: Say it.\n" for key in ("message", "next_step") if f"\n{key}:" not in f"\n{text}")
        (built,) = read_rules(RuleFile("a-rule.yaml", "a-rule", "validation", HEAD + extra + text))
        return built

    return build


@pytest.fixture
def report(rule: Callable[[str], Rule]) -> Report:
    """The findings of a rule in code, in `files` (path -> text), or in the `cells` of a notebook."""

    def run(
        text: str, code: str = "", files: dict[str, str] | None = None, cells: list[dict[str, object]] | None = None
    ) -> list[Finding]:
        program: str | FilesExample | CellsExample = code
        if files is not None:
            program = FilesExample(files=files)
        elif cells is not None:
            program = CellsExample(cells=tuple(CellExample.model_validate(cell) for cell in cells))
        rulebook = Rulebook((rule(text),))
        outcomes = [analyse(file, rulebook) for file in source_files(program)]
        concluded, failures = conclude(ProjectFacts([outcome.facts for outcome in outcomes]), rulebook)
        assert not failures
        assert not [skip for outcome in outcomes for skip in outcome.skipped]
        return [*(finding for outcome in outcomes for finding in outcome.findings), *concluded]

    return run


@pytest.fixture
def places(report: Report) -> Callable[..., list[tuple[str, int]]]:
    """As `report`, but only path and line of each finding."""

    def run(text: str, **given: object) -> list[tuple[str, int]]:
        return [(finding.location.path, finding.location.line) for finding in report(text, **given)]

    return run
