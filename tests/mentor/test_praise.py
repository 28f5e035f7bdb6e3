"""Praise is earned: each detector sees what its examples show, and of a change only what is new is named."""

from __future__ import annotations

import re

import pytest

from readiness.collect.git import ChangedFile, Changes
from readiness.engine.analyse import analyse
from readiness.engine.conclude import conclude
from readiness.engine.rulebooks import rulebook_of
from readiness.facts.project import ProjectFacts
from readiness.finding import Finding
from readiness.mentor.praise import MOST, Detector, PraiseExample, detectors, praise_rules, praised
from readiness.rulebook.book import Rulebook
from readiness.rulebook.examples import source_files
from readiness.rulebook.parts import FilesExample

HOLLOW = re.compile(r"(?i)\b(great|nice|good|well done|perfect)\b")
EXAMPLES = [(one, example) for one in detectors() for example in one.examples]


def seen(example: FilesExample) -> tuple[Finding, ...]:
    rules = Rulebook(praise_rules(), rulebook_of().key)
    outcomes = [analyse(file, rules) for file in source_files(example)]
    facts = tuple(outcome.facts for outcome in outcomes)
    concluded, failures = conclude(ProjectFacts(facts), rules)
    assert [*failures, *(skipped for outcome in outcomes for skipped in outcome.skipped)] == []
    return (*(finding for outcome in outcomes for finding in outcome.findings), *concluded)


@pytest.mark.parametrize(("detector", "example"), EXAMPLES)
def test_a_detector_sees_what_its_examples_show(detector: Detector, example: PraiseExample) -> None:
    assert [finding.rule for finding in seen(example)] == [detector.id] * example.seen


@pytest.mark.parametrize("detector", detectors(), ids=lambda one: one.id)
def test_praise_names_what_was_done_and_what_it_is_good_for(detector: Detector) -> None:
    assert HOLLOW.findall(detector.says) == []
    assert 10 <= len(detector.says.split()) <= 30
    assert {example.seen for example in detector.examples} == {True, False}


def test_few_are_told_each_of_another_sort_in_the_order_of_the_list() -> None:
    code = """
from sklearn.dummy import DummyClassifier
from sklearn.model_selection import train_test_split
first = train_test_split(rows, stratify=y, random_state=7)
second = train_test_split(rows, stratify=y, random_state=7)
floor = DummyClassifier()
from fairlearn.metrics import MetricFrame
frame = MetricFrame(metrics=recall, y_true=y, y_pred=guess, sensitive_features=ward)
"""
    told = praised(seen(FilesExample(files={"train.py": code})))
    assert len(told) == MOST
    assert [(one.rule, one.location.line) for one in told] == [
        ("stratified-and-seeded", 4),
        ("scored-for-each-group", 8),
    ]


def test_a_change_is_praised_for_what_it_brought() -> None:
    found = seen(EXAMPLES[0][1])
    (path,) = {finding.location.path for finding in found}
    assert praised(found, Changes("base", {path: ChangedFile(path, path, "blob", (range(1, 2),))})) == ()
    assert praised(found, Changes("base", {path: ChangedFile(path, path, "blob", (range(2, 3),))})) == found
    assert praised(found, Changes("base", {path: ChangedFile(path)})) == found
    assert praised(found, Changes("base", {})) == ()
