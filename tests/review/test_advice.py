"""What a mentor says stands folded in the summary, in the words of `readiness mentor`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from readiness.engine.outcome import Outcome
from readiness.mentor.formats import markdown
from readiness.mentor.report import LEFT_BEHIND, mentoring
from readiness.review.analysis import Analysis
from readiness.review.render.advice import advice
from readiness.score.sheet import read_sheet
from readiness.score.tally import tally

SHEET = read_sheet()
WHOM = next(test.question for section in SHEET.sections for test in section.tests if test.id == LEFT_BEHIND)
QUESTIONS = "Questions that a senior reviewer will ask"


@pytest.fixture
def trained(finding):
    """The score of a project that trains a model, with one sign of a search."""
    return tally(SHEET, Outcome((finding("trains"), finding("M3.1")), (), (), frozenset()))


@pytest.fixture
def told(finding, analysis, pull, trained):
    """The advice about a change in which these were found."""

    def tell(*findings, of=trained, **changes):
        return list(advice(analysis(findings, score=of, lessons={"a": "randomness"}, **changes), pull()))

    return tell


def test_questions_score_and_concept_take_a_line_each_until_somebody_opens_them(told, finding):
    parts = told(finding("a"))
    titles = [part.partition("</summary>")[0] for part in parts]
    assert titles == [
        f"<details><summary>{QUESTIONS}",
        "<details><summary>ML Test Score of the whole project: 0 of 7",
        "<details><summary>The concept of this change: Randomness that can be repeated",
    ]
    assert all(part.endswith("</details>") for part in parts)


def test_they_say_what_the_mentor_says(told, finding, analysis, trained):
    report = analysis([finding("a")], lessons={"a": "randomness"}).report
    whole = markdown.render(mentoring(report, (), {}, trained, stage=Analysis.stage, base="c" * 40))
    questions, score, concept = told(finding("a"))
    assert f"- {WHOM}\n" in questions
    for part in (questions, score):
        body = part.partition("</summary>\n\n")[2].removesuffix("\n\n</details>")
        assert body in whole
    assert "Pass `random\\_state`." not in concept
    assert "**Next step:** Pass `random_state`." in concept


def test_a_place_is_a_link(told, finding):
    asking = finding("whom", pillar="ethics", message="Whose decision is `y`?")
    questions, _, concept = told(finding("a"), asking)
    link = "https://github.example/acme/model/blob/" + "a" * 40 + "/a.py#L10"
    assert f"- Whose decision is `y`? ([`a.py` line 10]({link}))" in questions
    assert f"Here, in [`a.py` line 10]({link})" in concept


def test_a_change_in_which_nothing_was_found_gets_none(told):
    assert told() == []


def test_a_project_that_trains_nothing_is_asked_for_nothing_and_has_no_score(told, finding, analysis):
    (concept,) = told(finding("a"), of=analysis().score)
    assert "The concept of this change" in concept


def test_what_a_card_states_otherwise_stands_open_as_a_fact(finding, analysis, pull, trained):
    found = analysis(
        [finding("card-result-mismatch", "CARD.md", message="The card gives `0.9` for `auc`; `m.json` has `0.8`.")],
        score=trained,
    )
    rules = tuple(replace(rule, compares_card=True) for rule in found.report.rules)
    first = next(advice(replace(found, report=replace(found.report, rules=rules)), pull()))
    assert first.splitlines()[0] == "1 statement of a card is not what the project has:"
    assert first.endswith(": The card gives `0.9` for `auc`; `m.json` has `0.8`.")


def test_the_idea_is_taught_where_no_code_is_known(told, finding):
    concept = told(finding("a", source_lines=()))[-1]
    assert "The concept of this change" in concept
    assert "```" not in concept
