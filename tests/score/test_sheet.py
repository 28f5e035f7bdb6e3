"""The score sheet is whole, its texts are short, and each test earns what its examples say."""

from __future__ import annotations

from collections import Counter

import pytest

from readiness.engine.analyse import analyse
from readiness.engine.conclude import conclude
from readiness.engine.outcome import Outcome
from readiness.engine.rulebooks import rulebook_of
from readiness.facts.project import ProjectFacts
from readiness.rulebook.examples import source_files
from readiness.score.rules import rules_of
from readiness.score.sheet import PER_SECTION, ScoreTest, SheetExample, read_sheet
from readiness.score.tally import Score, tally

SHEET = read_sheet()
RULES = rules_of(SHEET, rulebook_of())
TESTS = [test for section in SHEET.sections for test in section.tests]
EVERY_TEST = pytest.mark.parametrize("test", TESTS, ids=lambda test: test.id)
EXAMPLES = [(test, example) for test in TESTS for example in test.examples]


def score_of(example: SheetExample) -> Score:
    """What a small project is worth."""
    outcomes = [analyse(file, RULES) for file in source_files(example)]
    facts = tuple(outcome.facts for outcome in outcomes)
    concluded, failures = conclude(ProjectFacts(facts), RULES)
    skipped = [*failures, *(skip for outcome in outcomes for skip in outcome.skipped)]
    assert skipped == []
    found = (*(found for outcome in outcomes for found in outcome.findings), *concluded)
    return tally(SHEET, Outcome(found, facts, (), frozenset(file.path for file in facts)))


def test_there_are_seven_tests_in_each_of_the_four_sections() -> None:
    assert [section.id for section in SHEET.sections] == ["data", "model", "infrastructure", "monitoring"]
    for section, letter in zip(SHEET.sections, "DMIN", strict=True):
        assert [test.id for test in section.tests] == [f"{letter}{number}" for number in range(1, PER_SECTION + 1)]


@pytest.mark.parametrize(
    ("test", "example"), EXAMPLES, ids=[f"{test.id}-{n}" for test in TESTS for n in range(len(test.examples))]
)
def test_an_example_earns_what_it_says(test: ScoreTest, example: SheetExample) -> None:
    cells = {cell.test.id: cell for part in score_of(example).parts for cell in part.cells}
    assert cells[test.id].points == example.points


@EVERY_TEST
def test_examples_show_what_earns_points_and_what_does_not(test: ScoreTest) -> None:
    earned = Counter(example.points > 0 for example in test.examples)
    assert earned[True]
    assert earned[False]


@EVERY_TEST
def test_texts_are_short_and_no_sentences(test: ScoreTest) -> None:
    texts = (test.title, test.question, test.next_step, *(evidence.what for evidence in test.evidence))
    assert not any(text.endswith(".") for text in (test.title, *(evidence.what for evidence in test.evidence)))
    assert len(" ".join(texts).split()) <= 90
