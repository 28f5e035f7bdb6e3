"""Rules are given files by what the files are and hold; a rule that can find nothing in a file is not asked."""

from __future__ import annotations

import pytest

from readiness.collect.source_file import SourceFile
from readiness.engine.agenda import Agenda
from readiness.engine.analyse import analyse
from readiness.engine.read import read_unit
from readiness.facts.sorts import FileKind, Role
from readiness.rulebook.book import Rulebook
from readiness.rulebook.files import RuleFile
from readiness.rulebook.loader import read_rules

HEAD = """\
title: A rule
severity: warning
confidence: high
stage: candidate
lesson: seeds
message: Say it.
why: Because.
next_step: Do it.
learn: [https://example.org/]
examples: [{bad: a}, {good: b}]
"""
CODE = "kind: code\nmatch: pandas.read_csv(...)\n"
PROGRAM = "kind: absence\nscope: program\nwhen: draw(...)\nunless: seed(...)\ngiven: save(...)\n"


def job_names(text: str, code: str, *, path: str = "a.py", kind: FileKind = FileKind.PYTHON, **sort: Role) -> list[str]:
    """What a rule has to do in a file: `analyse`, or the keys of formulas."""
    data = code.encode()
    unit, _ = read_unit(SourceFile(path, kind, size=len(data), data=data, **sort))
    jobs = Agenda(Rulebook(tuple(read_rules(RuleFile("r.yaml", "r", "validation", HEAD + text))))).jobs(unit)
    return ["analyse" if job.query is None else job.query.key for job in jobs if job.concerns(unit)]


@pytest.mark.parametrize(
    ("text", "code", "names"),
    [
        (CODE, "import pandas\npandas.read_csv(f)\n", ["analyse"]),
        (CODE, "import pandas\n'read_csv'\n", []),
        (CODE + "where: {needs: [polars]}\n", "import pandas\npandas.read_csv(f)\n", []),
        (CODE + "where: {needs: [polars]}\n", "import pandas, polars\npandas.read_csv(f)\n", ["analyse"]),
        (CODE + "where: {not_paths: ['a*']}\n", "import pandas\npandas.read_csv(f)\n", []),
        (CODE + "where: {files: [notebook]}\n", "import pandas\npandas.read_csv(f)\n", []),
        ("kind: code\nmatch: $X == $X\n", "", ["analyse"]),
        ("kind: notebook\nfor_each: cell\n", "x = 1\n", []),
        ("kind: document\ndocument: readme\nfor_each: section\n", "x = 1\n", []),
        (PROGRAM, "draw()\nseed()\nsave()\n", ["unless", "given", "when"]),
        (PROGRAM, "draw()\n", ["when"]),
        ("kind: repository\nfor_each: file\nunless: [{match: train(...)}]\n", "train()\n", ["unless.0"]),
        ("kind: suppression\nwhen: not $suppression.used\n", "x = 1  # readiness: ignore[a]\n", []),
    ],
)
def test_a_rule_is_asked_where_it_may_find_something(text: str, code: str, names: list[str]) -> None:
    assert job_names(text, code) == names


def test_what_satisfies_a_rule_counts_in_tests_as_well() -> None:
    assert job_names(PROGRAM, "draw()\nseed()\nsave()\n", role=Role.TEST) == ["unless"]


def test_text_needs_no_names() -> None:
    text = "kind: code\nwhere: {text: [config]}\nmatch: {regex: secret}\n"
    assert job_names(text, "a: 1\n", path="a.yaml", kind=FileKind.TEXT) == ["analyse"]
    assert job_names(text, "# A\n", path="a.md", kind=FileKind.DOCUMENT) == []


def test_places_that_can_lead_to_no_finding_are_not_kept() -> None:
    rulebook = Rulebook(tuple(read_rules(RuleFile("r.yaml", "r", "validation", HEAD + PROGRAM))))

    def kept(code: str) -> list[str]:
        data = code.encode()
        facts = analyse(SourceFile("a.py", FileKind.PYTHON, size=len(data), data=data), rulebook).facts
        return sorted(facts.hits.get("r", {}))

    assert kept("draw()\nsave()\n") == ["given", "when"]
    assert kept("draw()\nseed()\n") == ["unless"]
