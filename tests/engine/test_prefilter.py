"""What spares most files most rules loses nothing: each file is analysed with it and without."""

from __future__ import annotations

import sysconfig
from pathlib import Path

import pytest
from benchmarks.prefilter import unfiltered

from readiness.collect.files import collect
from readiness.collect.source_file import SourceFile
from readiness.engine.analyse import analyse
from readiness.facts.sorts import FileKind
from readiness.pattern.required import Watch
from readiness.rulebook.examples import source_files
from readiness.rulebook.loader import load_rulebook
from readiness.settings import Settings

ROOT = Path(__file__).parents[2]
RULEBOOK = load_rulebook()
MODULES = ("calendar", "csv", "random", "statistics", "weakref")
"""Real programs that every Python brings."""


def check(files: list[SourceFile]) -> None:
    """Every rule there is finds the same in each file, in the same order."""
    filtered = [analyse(file, RULEBOOK) for file in files]
    with unfiltered():
        whole = [analyse(file, RULEBOOK) for file in files]
    assert [(one.findings, one.facts, one.skipped) for one in filtered] == [
        (one.findings, one.facts, one.skipped) for one in whole
    ]


@pytest.mark.parametrize("rule_id", [rule.id for rule in RULEBOOK.rules])
def test_all_rules_find_the_same_in_the_examples_of_a_rule(rule_id: str) -> None:
    check([file for example in RULEBOOK.get(rule_id).examples for file in source_files(example.program)])


@pytest.mark.parametrize("folder", ["examples/readmission", "tests/projects"])
def test_all_rules_find_the_same_in_whole_projects(folder: str) -> None:
    files = collect(Settings(root=ROOT / folder, paths=(ROOT / folder,))).files
    assert len(files) > 10
    check(list(files))


@pytest.mark.parametrize("module", MODULES)
def test_all_rules_find_the_same_in_real_programs(module: str) -> None:
    check(
        [
            SourceFile(
                f"{module}.py", FileKind.PYTHON, data=Path(sysconfig.get_path("stdlib"), f"{module}.py").read_bytes()
            )
        ]
    )


def test_a_filter_that_loses_something_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Watch, "possible", lambda self, words: [])
    with pytest.raises(AssertionError):
        test_all_rules_find_the_same_in_whole_projects("examples/readmission")
