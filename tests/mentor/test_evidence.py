"""One run finds what is wrong, what is done well and what the score rests on, and none of the three is taken for another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from readiness.cache.store import Store
from readiness.collect.source_file import SourceFile
from readiness.engine.outcome import Outcome
from readiness.engine.rulebooks import rulebook_of
from readiness.engine.run import run
from readiness.facts.sorts import FileKind
from readiness.mentor.evidence import Evidence, told_apart, with_evidence
from readiness.rulebook.book import Rulebook

TRAINING = b"""from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import GridSearchCV, train_test_split

train, test = train_test_split(rows, stratify=rows.kind, random_state=3)
other, rest = train_test_split(rows)
search = GridSearchCV(RandomForestClassifier(random_state=3), {"max_depth": [3, 4]}).fit(train, train.kind)
"""
FILE = SourceFile("train.py", FileKind.PYTHON, size=len(TRAINING), data=TRAINING)


def looked_at(*chosen: str, facts_only: bool = False) -> tuple[Outcome, Evidence]:
    rulebook = rulebook_of()
    rules = with_evidence(Rulebook(tuple(map(rulebook.get, chosen)), rulebook.key), rulebook)
    return told_apart(run([replace(FILE, facts_only=facts_only)], rules, store=Store(None)), rules)


def points(evidence: Evidence) -> dict[str, float]:
    return {cell.test.id: cell.points for part in evidence.score.parts for cell in part.cells if cell.points}


@pytest.fixture(scope="module")
def whole() -> tuple[Outcome, Evidence]:
    return looked_at("unseeded-split")


def test_what_is_wrong_is_what_the_chosen_rules_found(whole: tuple[Outcome, Evidence]) -> None:
    assert [(finding.rule, finding.location.line) for finding in whole[0].findings] == [("unseeded-split", 5)]


def test_what_is_done_well_is_apart_from_it(whole: tuple[Outcome, Evidence]) -> None:
    assert [(finding.rule, finding.location.line) for finding in whole[1].good] == [("stratified-and-seeded", 4)]


def test_the_score_counts_the_silence_of_a_rule_whether_it_was_chosen_or_not(whole: tuple[Outcome, Evidence]) -> None:
    outcome, evidence = looked_at()
    assert outcome.findings == ()
    assert points(evidence) == points(whole[1])
    assert "I1" not in points(evidence)


def test_a_file_of_which_the_facts_are_enough_counts_for_the_score_only(whole: tuple[Outcome, Evidence]) -> None:
    outcome, evidence = looked_at("unseeded-split", facts_only=True)
    assert (outcome.findings, evidence.good) == ((), ())
    assert evidence.score == whole[1].score
    assert evidence.score.trains
