"""Runs the examples of a rule through the real engine: they are its tests."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from readiness.collect.classify import stored_file
from readiness.collect.source_file import SourceFile
from readiness.engine.analyse import analyse
from readiness.engine.conclude import conclude
from readiness.facts.project import Earlier, ProjectFacts
from readiness.finding import Finding, Skipped
from readiness.fix.edits import applied
from readiness.fix.mend import apart
from readiness.fix.proof import Change
from readiness.judge.suppress import suppress
from readiness.kinds import suppression
from readiness.rulebook.book import Rulebook
from readiness.rulebook.parts import BadExample, CellExample, CellsExample, Example, FilesExample, SizedFile
from readiness.rulebook.schema import Rule, SuppressionRule

SNIPPET = "snippet.py"
NOTEBOOK = "notebook.ipynb"


@dataclass(frozen=True, slots=True)
class Trial:
    """What an example gave: no problems means that the rule behaves."""

    rule: str
    name: str
    problems: tuple[str, ...]
    findings: tuple[Finding, ...]
    fixed: str | None = None
    """The code after all fixes, if the rule offers any."""


def try_examples(rule: Rule, rulebook: Rulebook) -> Iterator[Trial]:
    """Run all examples of a rule; `rulebook` holds the rules that comments in them may name."""
    numbers = {"bad": 0, "good": 0}
    for example in rule.examples:
        sort = "bad" if isinstance(example, BadExample) else "good"
        numbers[sort] += 1
        yield _try(rule, example, f"{sort}-{numbers[sort]}", rulebook)


def first_finding(rule: Rule, example: BadExample, rulebook: Rulebook) -> Finding | None:
    """What the rule says first of an example."""
    return next(iter(_run(rule, source_files(example.program), rulebook, old_files(example.program))[0]), None)


def source_files(program: str | FilesExample | CellsExample) -> list[SourceFile]:
    """The files that an example stands for."""
    if isinstance(program, str):
        return [_source_file(SNIPPET, program)]
    if isinstance(program, CellsExample):
        return [_source_file(NOTEBOOK, notebook_text(program.cells, program.widget_state))]
    return [_source_file(path, content) for path, content in program.files.items()]


def old_files(program: str | FilesExample | CellsExample) -> list[SourceFile]:
    """The files that were there before the change that an example shows; none if it shows no change."""
    if not isinstance(program, FilesExample) or program.before is None:
        return []
    contents = {**program.files, **program.before}
    return [_source_file(path, content) for path, content in contents.items() if content is not None]


def notebook_text(cells: Sequence[CellExample], widget_state: int = 0) -> str:
    """The notebook that the cells of an example make, as it would be stored."""
    repeated = [cell for cell in cells for _ in range(cell.times)]
    stored = [_cell(number, cell) for number, cell in enumerate(repeated)]
    metadata = {"widgets": {"state": "x" * widget_state}} if widget_state else {}
    notebook = {"cells": stored, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1, ensure_ascii=False)


def _try(rule: Rule, example: Example, name: str, rulebook: Rulebook) -> Trial:
    findings, skipped = _run(rule, source_files(example.program), rulebook, old_files(example.program))
    meant = isinstance(example.program, CellsExample) and example.program.invalid
    problems = [f"{skip.path}: {skip.reason}" for skip in skipped if skip.cell is None or not meant]
    fixed = _fixed(example.program, findings)
    if isinstance(example, BadExample):
        problems += _expected(example, findings)
        problems += _mended(rule, example, fixed, findings, rulebook)
    elif findings:
        problems.append("found something in a good example")
    return Trial(rule.id, name, tuple(problems), tuple(findings), fixed)


def _expected(example: BadExample, findings: list[Finding]) -> Iterator[str]:
    lines = tuple(finding.location.line for finding in findings)
    if not findings:
        yield "found nothing"
    elif example.count is not None and len(findings) != example.count:
        yield f"expected {example.count} findings, found {len(findings)}"
    if example.lines is not None and lines != example.lines:
        yield f"expected lines {list(example.lines)}, found {list(lines)}"


def _mended(
    rule: Rule, example: BadExample, fixed: str | None, findings: list[Finding], rulebook: Rulebook
) -> Iterator[str]:
    if example.fixed is not None and fixed != example.fixed:
        yield "the fixed code is not the one that is expected"
    without_fix = sum(found.fix is None for found in findings)
    if fixed is not None and len(_run(rule, source_files(fixed), rulebook)[0]) > without_fix:
        yield "the rule still finds something after its own fix"


def _run(
    rule: Rule, files: list[SourceFile], rulebook: Rulebook, before: Sequence[SourceFile] = ()
) -> tuple[list[Finding], list[Skipped]]:
    ran = rulebook if isinstance(rule, SuppressionRule) else Rulebook((rule,))
    outcomes = [analyse(file, ran) for file in files]
    facts = tuple(outcome.facts for outcome in outcomes)
    earlier = Earlier.of_all(analyse(file, ran).facts for file in before) if before else None
    concluded, failures = conclude(ProjectFacts(facts, earlier=earlier), ran)
    skipped = [*failures, *(skip for outcome in outcomes for skip in outcome.skipped if not skip.expected)]
    findings = [*(found for outcome in outcomes for found in outcome.findings), *concluded]
    if isinstance(rule, SuppressionRule):
        comments = suppress(findings, facts, rulebook, ran).comments
        findings = suppression.review((rule,), comments)
    findings.sort(key=lambda finding: finding.location)
    return findings, skipped


def _fixed(program: Any, findings: list[Finding]) -> str | None:
    changes = [Change(str(n), found.rule, found.fix) for n, found in enumerate(findings) if found.fix]
    if not changes or not isinstance(program, str):
        return None
    return applied(program, (edit for change in apart(changes) for edit in change.fix.edits))


def _source_file(path: str, content: str | SizedFile) -> SourceFile:
    data = b"" if isinstance(content, SizedFile) else content.encode()
    return stored_file(path, data, content.size if isinstance(content, SizedFile) else len(data))


def _cell(number: int, cell: CellExample) -> dict[str, Any]:
    metadata = {"tags": list(cell.tags)} if cell.tags else {}
    stored: dict[str, Any] = {"id": f"cell-{number}", "metadata": metadata}
    if cell.code is None:
        return {"cell_type": "markdown", **stored, "source": _lines(cell.markdown or "")}
    outputs = [_output(output) for output in cell.outputs]
    return {"cell_type": "code", **stored, "execution_count": cell.n, "outputs": outputs, "source": _lines(cell.code)}


def _output(output: str | dict[str, Any]) -> dict[str, Any]:
    if isinstance(output, dict) and output.keys() == {"size"}:
        output = "." * output["size"]
    if isinstance(output, str):
        return {"output_type": "stream", "name": "stdout", "text": _lines(output)}
    return output


def _lines(text: str) -> list[str]:
    return text.rstrip("\n").splitlines(keepends=True)
