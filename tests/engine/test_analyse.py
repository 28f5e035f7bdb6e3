"""One file's outcome: decided by its bytes and the rules, and complete whatever fails on the way."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from readiness.collect.source_file import SourceFile
from readiness.engine.analyse import analyse
from readiness.engine.conclude import conclude
from readiness.facts.model import FACTS_VERSION, FileFacts
from readiness.facts.project import ProjectFacts
from readiness.facts.sorts import FileKind, Role
from readiness.rulebook.book import Rulebook
from readiness.rulebook.loader import load_rulebook

SPLIT = b"from sklearn.model_selection import train_test_split as tts\na, b = tts(rows)\n"

NOTEBOOK = b"""{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
 {"cell_type": "code", "id": "one", "metadata": {}, "execution_count": null, "outputs": [], "source": "print(missing)"}]}"""


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rulebook()


def source(path: str, data: bytes, kind: FileKind = FileKind.PYTHON, role: Role = Role.SOURCE) -> SourceFile:
    return SourceFile(path, kind, role, size=len(data), data=data)


def test_the_same_bytes_and_rules_give_the_same_outcome(rulebook: Rulebook) -> None:
    assert analyse(source("train.py", SPLIT), rulebook) == analyse(source("train.py", SPLIT), rulebook)


PREPARED = """
import sys
from readiness.collect.source_file import SourceFile
from readiness.engine.analyse import analyse, prepare
from readiness.engine.rulebooks import rulebook_of
from readiness.facts.sorts import FileKind

rulebook = rulebook_of()
prepare(rulebook)
before = set(sys.modules)
analyse(SourceFile("wards.py", FileKind.PYTHON, data=b"WARDS = ('north', 'south')"), rulebook)
print(*sorted(set(sys.modules) - before))
"""


def test_a_process_that_is_prepared_loads_nothing_more_for_an_ordinary_program() -> None:
    command = [sys.executable, "-c", PREPARED]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() == []


GENERATORS = """\
title: Generator
kind: code
severity: note
confidence: high
stage: candidate
lesson: none
match: "($X for $Y in $Z)"
message: "`$X` is generated."
why: Generators are what only one of the two parsers knows the place of.
next_step: Nothing.
learn: [https://example.org]
examples: [{bad: "f(a for a in b)"}, {good: "a"}]
"""


def test_a_file_that_only_the_first_parser_reads_is_named_when_the_second_one_is_needed(tmp_path: Path) -> None:
    (tmp_path / "generator.yaml").write_text(GENERATORS, encoding="utf-8")
    rules = load_rulebook([tmp_path], builtin=False)
    code = b"def f(a):\n    (b): int\n    return (c for c in a)\n"
    outcome = analyse(source("a.py", code), rules)
    assert not outcome.analysed
    assert (outcome.skipped[0].path, outcome.skipped[0].line) == ("a.py", 2)
    assert analyse(source("a.py", code.replace(b"(b)", b"b")), rules).analysed


def test_a_finding_says_what_stands_where(rulebook: Rulebook) -> None:
    [finding] = analyse(source("train.py", SPLIT), rulebook).findings
    assert finding.rule == "unseeded-split"
    line = SPLIT.decode().splitlines()[finding.location.line - 1]
    assert line[finding.location.column - 1 : finding.location.end_column - 1] == "tts(rows)"
    assert finding.source_lines == (line,)


def test_a_file_that_is_read_for_others_gives_its_facts_and_no_findings(rulebook: Rulebook) -> None:
    train = source("train.py", SPLIT + b"model.fit(a, b)\n")
    whole, part = analyse(train, rulebook), analyse(replace(train, facts_only=True), rulebook)
    assert whole.findings
    assert (part.findings, part.facts) == ((), whole.facts)


def test_a_pointer_of_git_lfs_is_left_out_on_purpose(rulebook: Rulebook) -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
    outcome = analyse(source("a.ipynb", pointer, FileKind.NOTEBOOK), rulebook)
    assert (outcome.analysed, [skipped.expected for skipped in outcome.skipped]) == (False, [True])


def test_rules_are_quiet_about_tests(rulebook: Rulebook) -> None:
    assert analyse(source("tests/test_train.py", SPLIT, role=Role.TEST), rulebook).findings == ()


def test_a_file_that_does_not_parse_is_named_with_line_and_reason(rulebook: Rulebook) -> None:
    outcome = analyse(source("old.py", b"x = 1\nprint 'hello'\n"), rulebook)
    [skipped] = outcome.skipped
    assert (outcome.analysed, skipped.path, skipped.line) == (False, "old.py", 2)
    assert "Python 2" in skipped.reason


def test_a_rule_that_fails_is_named_and_the_other_rules_speak(rulebook: Rulebook) -> None:
    faulty = rulebook.get("notebook-undefined-name").model_copy(update={"id": "faulty", "message": "$name.weather"})
    outcome = analyse(source("a.ipynb", NOTEBOOK, FileKind.NOTEBOOK), Rulebook((faulty, *rulebook.rules)))
    assert [skipped.reason.split(":")[0] for skipped in outcome.skipped] == ["rule faulty failed"]
    assert [finding.rule for finding in outcome.findings] == ["notebook-undefined-name"]


def test_facts_survive_being_written_and_read(rulebook: Rulebook) -> None:
    facts = analyse(source("train.py", SPLIT + b"model.fit(a, b)\n"), rulebook).facts
    read = msgspec.msgpack.decode(msgspec.msgpack.encode(facts), type=FileFacts)
    assert read == facts
    assert read.version == FACTS_VERSION


def test_a_project_without_files_has_no_findings(rulebook: Rulebook) -> None:
    assert conclude(ProjectFacts(()), rulebook) == ([], [])


def test_data_that_only_looks_like_configuration_is_left_out_on_purpose(rulebook: Rulebook) -> None:
    outcome = analyse(source("weights.json", b"\x00\x01", FileKind.TEXT), rulebook)
    assert [(skip.reason, skip.expected) for skip in outcome.skipped] == [("the file holds NUL bytes", True)]
    assert not analyse(source("notes.txt", b"d\xe9j\xe0 vu", FileKind.TEXT), rulebook).skipped


def test_a_notebook_of_ten_thousand_cells_is_analysed_by_every_rule_that_is_on_to_its_end(rulebook: Rulebook) -> None:
    cell = "def same(rows):\n    return rows\nrows = same(rows)"
    head = "from sklearn.model_selection import train_test_split\nrows = StandardScaler().fit_transform(load())"
    texts = [head, *[cell] * 10_000, "train, test = train_test_split(rows)"]
    frame = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    cells = [{**frame, "id": f"cell-{number}", "source": text} for number, text in enumerate(texts)]
    data = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}).encode()
    on = Rulebook(tuple(rule for rule in rulebook.rules if not rule.off))
    outcome = analyse(source("large.ipynb", data, FileKind.NOTEBOOK), on)
    assert not outcome.skipped
    (found,) = (finding for finding in outcome.findings if finding.rule == "leak-preprocess-before-split")
    assert found.location.cell == 0
    assert found.steps[-1].location.cell == 10_001
