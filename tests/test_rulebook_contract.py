"""What is agreed for every built-in rule: length, sources, examples, documentation."""

from __future__ import annotations

import ast
import re
from datetime import datetime, tzinfo
from itertools import combinations
from pathlib import Path

import pytest

from readiness.engine.analyse import analyse
from readiness.engine.conclude import conclude
from readiness.facts.project import ProjectFacts
from readiness.judge.rank import same_lines, without_superseded
from readiness.mentor.lessons import SECTIONS, SNIPPET, Lesson, concepts, find_lesson
from readiness.modelcard import clock
from readiness.rulebook.book import Rulebook
from readiness.rulebook.docs import outdated, pages
from readiness.rulebook.examples import source_files
from readiness.rulebook.loader import load_rulebook
from readiness.rulebook.page import page_of
from readiness.rulebook.parts import BadExample, GoodExample
from readiness.rulebook.schema import PILLARS, AbsenceRule, RepositoryRule, Rule, SuppressionRule

ROOT = Path(__file__).parents[1]
RULEBOOK = load_rulebook()
RULES = {rule.id: rule for rule in RULEBOOK.rules}
EVERY_RULE = pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())
MAX_WORDS = 90
MAX_MESSAGE_WORDS = 30


TWO_CAUSES = {
    ("hyperparameters-implicit", "score-on-training-rows"): "how a model is set up; what it is scored on",
    ("leak-multi-test-reuse", "unseeded-split"): "how often a part is scored; whether it can be drawn again",
    ("leak-target-in-features", "unseeded-split"): "what the rows hold; how they are drawn",
    ("model-card-section-missing", "model-card-without-refresh"): "what the model is; how old it may become",
    ("notebook-undefined-name", "secret-in-code-or-output"): "a name that is missing; a text that is there",
}
"""Rules that may speak about the same line, and what each of them is about."""


def texts(rule: Rule) -> list[str]:
    """What a reader of a finding sees."""
    return [text for text in (rule.message, rule.why, rule.next_step) if text]


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if rule.sketch], ids=lambda rule: rule.id)
def test_a_sketch_can_be_written_over_the_names_of_the_first_example(rule: Rule) -> None:
    sketch = page_of(rule, RULEBOOK).sketch
    assert sketch
    ast.parse(sketch)


@EVERY_RULE
def test_texts_are_short(rule: Rule) -> None:
    assert sum(len(text.split()) for text in texts(rule)) <= MAX_WORDS
    assert len(texts(rule)[0].split()) <= MAX_MESSAGE_WORDS


@EVERY_RULE
def test_texts_are_sentences(rule: Rule) -> None:
    for text in texts(rule):
        assert text[0].isupper() or text.startswith("`")
        assert text.endswith(".")
        assert "  " not in text
    assert not rule.title.endswith(".")


@EVERY_RULE
def test_a_rule_says_what_to_do_next(rule: Rule) -> None:
    assert rule.next_step


@EVERY_RULE
def test_a_rule_has_several_examples_of_both_sorts(rule: Rule) -> None:
    sorts = [type(example) for example in rule.examples]
    assert sorts.count(BadExample) >= 1
    assert sorts.count(GoodExample) >= 2


@EVERY_RULE
def test_a_rule_leads_to_further_reading(rule: Rule) -> None:
    assert all(re.fullmatch(r"https://[\w.-]+\.[a-z]+/\S*", link) for link in rule.learn)
    assert len(set(rule.learn)) == len(rule.learn)


LESSONS = {concept: find_lesson(concept) for concept in concepts()}
FULL = {concept: lesson for concept, lesson in LESSONS.items() if lesson.full}
EVERY_FULL_LESSON = pytest.mark.parametrize("lesson", FULL.values(), ids=FULL.keys())
MAX_SHORT, MAX_PAGE = 160, 450
MAX_CODE = 94
LINK = re.compile(r"\]\((https?://[^)\s]+)\)")


@EVERY_RULE
def test_a_rule_belongs_to_a_lesson(rule: Rule) -> None:
    assert rule.lesson in LESSONS


@pytest.mark.parametrize("lesson", LESSONS.values(), ids=LESSONS.keys())
def test_a_lesson_is_short_and_has_a_rule(lesson: Lesson) -> None:
    assert lesson.text.startswith(f"# {lesson.title}\n")
    assert len(lesson.text.split()) <= (MAX_PAGE if lesson.full else MAX_SHORT)
    assert "Term to search for: *" in lesson.text
    assert any(rule.lesson == lesson.concept for rule in RULES.values())


@EVERY_FULL_LESSON
def test_a_full_lesson_has_the_agreed_sections(lesson: Lesson) -> None:
    assert tuple(section.title for section in lesson.sections) == SECTIONS
    assert lesson.lead
    assert all(section.text for section in lesson.sections)


@EVERY_FULL_LESSON
def test_a_story_names_its_source_and_a_lesson_leads_further(lesson: Lesson) -> None:
    assert LINK.findall(lesson.section("What happened").text)
    assert len(LINK.findall(lesson.section("Read on").text)) >= 2
    assert all(link.startswith("https://") for link in LINK.findall(lesson.text))


@EVERY_FULL_LESSON
def test_code_of_a_lesson_fits_its_page_and_names_its_file(lesson: Lesson) -> None:
    for block in (*lesson.section("Before").blocks, *lesson.section("After").blocks):
        assert max(map(len, block.text.splitlines())) <= MAX_CODE or block.language == "markdown"
        assert block.path == SNIPPET or f"`{block.path}`:\n\n```" in lesson.text


def test_every_exercise_belongs_to_a_full_lesson() -> None:
    assert {path.stem for path in (ROOT / "rules/lessons/exercises").iterdir()} == set(FULL)


@EVERY_RULE
def test_a_rule_lies_in_the_folder_of_its_pillar(rule: Rule) -> None:
    assert rule.pillar in PILLARS
    assert rule.source == f"rules/{rule.pillar}/{rule.id}.yaml"


@EVERY_RULE
def test_a_fix_is_shown_by_an_example(rule: Rule) -> None:
    if getattr(rule, "fix", None) is not None:
        assert page_of(rule, RULEBOOK).fixed


def test_the_pages_of_the_rules_are_up_to_date() -> None:
    assert outdated(ROOT / "docs", pages(RULEBOOK)) == []


class In2033(datetime):
    """A calendar that has moved on."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return datetime(2033, 6, 1, tzinfo=tz)


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES.values() if getattr(rule, "for_each", "") == "clock"], ids=lambda rule: rule.id
)
def test_what_is_said_of_age_does_not_change_with_the_calendar(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    said = page_of(rule, RULEBOOK).says
    monkeypatch.setattr(clock, "datetime", In2033)
    assert page_of(rule, RULEBOOK).says == said


def stands_on_its_line(rule: Rule) -> bool:
    """Whether a rule means the line that it points at; others lack something and have to point somewhere."""
    if isinstance(rule, AbsenceRule):
        return rule.scope not in ("file", "program")
    return not (isinstance(rule, RepositoryRule) and rule.report != "each")


SPEAKING = Rulebook(tuple(rule for rule in RULEBOOK.rules if not isinstance(rule, SuppressionRule)))


@EVERY_RULE
def test_two_rules_never_say_the_same_about_a_line(rule: Rule) -> None:
    for example in rule.examples:
        outcomes = [analyse(file, SPEAKING) for file in source_files(example.program)]
        concluded, _ = conclude(ProjectFacts(tuple(outcome.facts for outcome in outcomes)), SPEAKING)
        found = [*(finding for outcome in outcomes for finding in outcome.findings), *concluded]
        heard = [f for f in without_superseded(found, found, RULEBOOK) if stands_on_its_line(RULES[f.rule])]
        together = {tuple(sorted((a.rule, b.rule))) for a, b in combinations(heard, 2) if same_lines(a, b)}
        assert {pair for pair in together if len(set(pair)) == 2} <= TWO_CAUSES.keys()
