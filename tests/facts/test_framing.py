"""Where a text tells what a project is for, and which questions it answers there."""

import pytest

from readiness.facts.document import document_facts
from readiness.facts.framing import CARD, OPENING, OWN_DOCUMENT, SECTION, answers_of
from readiness.facts.model import FileFacts
from readiness.facts.sorts import FileKind
from readiness.source.document import DocumentSource

VAGUE = (
    "This project predicts how long somebody remains on a ward, and it should be of use to all who have to do with the "
    "planning that comes after that."
)
GOOD = (
    "Reduce the length of stay of adults who wait for a care home from 14 to 12 days by December 2026. The list is needed "
    "every night, and the nurse who reads it needs the three main reasons of an explanation."
)


def told(text, path="README.md"):
    return document_facts(DocumentSource.parse(path, text), FileFacts(path, FileKind.DOCUMENT)).document.statement


def test_a_good_statement_answers_all_questions():
    assert told(f"# Beds\n## Goal\n{GOOD}\n").answers == (
        "outcome",
        "number",
        "population",
        "horizon",
        "serving",
        "explanation",
    )


def test_a_vague_statement_answers_few():
    assert told(f"# Beds\n## Goal\n{VAGUE}\n").answers == ()


@pytest.mark.parametrize(
    ("path", "text", "place", "line", "title"),
    [
        ("docs/problem_statement.md", f"# Beds\n{VAGUE}\n", OWN_DOCUMENT, 2, "Beds"),
        ("README.md", f"# Beds\nShort.\n## Install\npip\n## Objectives\n{VAGUE}\n", SECTION, 5, "Objectives"),
        ("README.md", f"# Beds\n## Overview\n{VAGUE}\n## Problem\n{VAGUE}\n", SECTION, 4, "Problem"),
        ("docs/business_problem.md", f"# Beds\n{VAGUE}\n", OWN_DOCUMENT, 2, "Beds"),
        ("README.md", f"# Beds\n## Business value of quantiles\n{VAGUE}\n## Why\n{VAGUE}\n", SECTION, 4, "Why"),
        ("README.md", f"# Beds\n{VAGUE}\n## Install\npip\n", OPENING, 2, "Beds"),
        ("README.md", f"{VAGUE}\n", OPENING, 1, ""),
        ("MODEL_CARD.md", f"# Card\n## Intended use\n{VAGUE}\n", CARD, 2, "Intended use"),
    ],
)
def test_a_statement_stands_where_it_is_announced(path, text, place, line, title):
    found = told(text, path)
    assert (found.place, found.hit.location.line, found.title) == (place, line, title)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("README.md", "# Beds\nPlans beds.\n"),
        ("README.md", f"# Beds\n## Install\n{VAGUE}\n"),
        ("README.md", "# Beds\n```\n" + "word " * 40 + "\n```\n"),
        ("docs/install.md", f"# Beds\n## Goal\n{VAGUE}\n"),
    ],
)
def test_few_words_code_and_other_documents_are_no_statement(path, text):
    assert told(text, path) is None


@pytest.mark.parametrize("score", ["an accuracy of 95 %", "an AUC of at least 0.85", "95% accuracy", "F1 0.8"])
def test_a_score_of_the_model_is_no_number_to_reach(score):
    found = told(f"# Beds\n## Goal\nThe goal of this model is to reach {score}. {VAGUE}\n")
    assert "number" not in found.answers
    assert found.aims_at_score


@pytest.mark.parametrize(
    "sentence",
    [
        "Cut the gas that is burned at night by 15 %.",
        "A 10% reduction of the calls is enough.",
        "The target is £40,000 a year.",
        "Waits should stay below 4 hours.",
    ],
)
def test_a_number_with_its_unit_is_one_to_reach(sentence):
    assert "number" in told(f"# Beds\n## Goal\n{VAGUE} {sentence}\n").answers


def test_what_is_told_elsewhere_in_the_document_counts_for_how_predictions_are_had():
    assert "serving" in told(f"# Beds\n## Goal\n{VAGUE}\n## Deployment\nA FastAPI service.\n").answers


@pytest.mark.parametrize(
    ("sentence", "promises"),
    [
        ("Real-time fraud detection for the cards of a bank.", ("real-time",)),
        ("It is not meant for real-time detection.", ()),
        ("Scores are made by a nightly batch.", ("batch",)),
        ("An explainable model.", ("explanation",)),
        ("A later version may be more explainable.", ()),
    ],
)
def test_promises_are_told_from_what_is_denied(sentence, promises):
    assert told(f"# Beds\n## Goal\n{VAGUE} {sentence}\n").promises == promises


def test_buzzwords_are_named_once_and_terms_of_a_trade_are_none():
    text = (
        "We leverage a cutting-edge model, leverage it again, and read the financial leverage and `unlock` of a firm."
    )
    assert told(f"# Beds\n## Goal\n{VAGUE} {text}\n").buzzwords == ("leverage", "cutting edge")


def test_sentences_and_items_of_a_list_are_counted():
    assert told(f"# Beds\n## Goal\n{VAGUE}\n- Fewer calls\n- Fewer beds\n").sentences == 3


def test_the_length_is_that_of_the_section_that_is_named():
    found = told(f"# Beds\n{GOOD}\n## Overview\n{GOOD}\n## Goal\nFewer beds are empty. Nobody waits.\n")
    assert (found.title, found.words, found.sentences) == ("Goal", 6, 2)


def test_a_list_of_links_tells_no_goal():
    links = "* [Fewer empty beds on each ward](https://example.org)\n" * 9
    found = told(f"# Beds\n{GOOD}\n## Overview\nWe read [two](a.md) papers.\n{links}")
    assert (found.title, found.words) == ("Overview", 4)


def test_the_length_of_a_document_of_its_own_is_that_of_all_of_it_and_so_is_its_title():
    found = told(f"# Beds\n## Goal\n{GOOD}\n## Data\n{VAGUE}\n", "docs/problem_statement.md")
    assert (found.title, found.hit.location.line, found.sentences) == ("Beds", 3, 3)


@pytest.mark.parametrize(
    "text",
    [
        (
            "Este proyecto predice cuánto tiempo permanece una persona en la planta y debería servir a todos los que tienen "
            "que ver con la planificación que viene después de ello."
        ),
        "该项目预测病人在病房停留的时间。" * 6,
    ],
)
def test_another_language_is_not_judged(text):
    found = told(f"# Camas\n## Overview\n{text}\n")
    assert found is None or not found.legible
    assert told(f"# Beds\n## Overview\n{VAGUE}\n").legible


def test_a_short_text_of_its_own_answers_too():
    assert {"number", "horizon"} <= set(answers_of("## Why\nCut the waits by 3 days before March.\n"))
    assert set(answers_of("Fix the build.\n")) == set()
