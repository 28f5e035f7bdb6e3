"""What a mentor says first, asks and teaches, and what is left for the list."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from readiness.config_search import find_config
from readiness.finding import Severity, Stage
from readiness.mentor.report import MOST_FIRST, MOST_QUESTIONS, Mentoring, mentoring, next_point
from readiness.mentor.run import mentor
from readiness.settings import Settings
from readiness.watcher import Watcher


def told(project: Path, **config: Any) -> Mentoring:
    configured = replace(find_config(project, stop=project).config, jobs=1, **config)
    return mentor(Settings(project, (project,), configured, project=project, config_folder=project), Watcher())


@pytest.fixture(scope="module")
def report(unchanged_project: Path) -> Mentoring:
    return told(unchanged_project)


def test_what_works_is_named_with_its_line(report: Mentoring) -> None:
    assert [(one.rule, one.location.path, one.location.line) for one in report.works] == [
        ("stratified-and-seeded", "train.py", 9),
        ("gap-declared", "MODEL_CARD.md", 9),
    ]


def test_first_come_the_most_severe_findings_each_of_another_rule(report: Mentoring) -> None:
    severities = [finding.severity for finding in report.first]
    assert severities == sorted(severities, reverse=True)
    assert len({finding.rule for finding in report.first}) == len(report.first) == MOST_FIRST
    assert "hardcoded-path" in {finding.rule for finding in report.first}


def test_questions_begin_with_those_whom_the_model_could_fail(report: Mentoring) -> None:
    assert report.questions[0].text.startswith("Whom could the model fail")
    assert len(report.questions) == MOST_QUESTIONS
    assert all(question.text.endswith("?") for question in report.questions)


def test_nobody_is_asked_what_a_score_for_each_group_answers(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(
        "from sklearn.linear_model import LogisticRegression\n"
        "model = LogisticRegression().fit(x, y)\n"
        'print(subgroup_metrics(test, model.predict(test), by="ward"))\n'
    )
    assert not any(question.text.startswith("Whom could") for question in told(tmp_path).questions)


def test_what_no_file_can_answer_is_asked_and_not_ordered(report: Mentoring) -> None:
    asking = replace(
        report.report.findings[0], rule="whose-decision", pillar="ethics", severity=Severity.ERROR, message="Whose decision is `y`?"
    )  # fmt: skip
    more = replace(report.report, findings=(*report.report.findings, asking))
    again = mentoring(more, report.works, report.cards, report.score, stage=Stage.CANDIDATE)
    assert again.questions[1].finding is asking
    assert asking not in again.first
    assert asking not in again.others


def test_every_finding_is_told_once(report: Mentoring) -> None:
    asked = [question.finding for question in report.questions if question.finding]
    prints = [finding.fingerprint for finding in (*report.first, *asked, *report.others)]
    assert sorted(prints) == sorted(finding.fingerprint for finding in report.report.findings)


def test_one_concept_is_taught_at_a_line_of_the_project(report: Mentoring) -> None:
    assert report.concept is not None
    rule = report.rules[report.concept.finding.rule]
    assert rule.lesson == report.concept.lesson.concept
    assert report.concept.finding.source_lines
    assert report.concept.places >= 1


def test_the_next_point_lies_in_the_weakest_section(report: Mentoring) -> None:
    cell = next_point(report.score)
    assert cell in report.score.weakest.cells
    assert cell is not None
    assert cell.points < 1


def test_a_draft_that_has_to_mend_nothing_gets_advice_only(project: Path) -> None:
    (project / "train.py").write_text("def rows():\n    return 1\n")
    assert told(project, stage=Stage.EXPLORATION).verdict.word == "draft"
    assert told(project).verdict.word == "ready"


def test_a_project_without_a_model_is_not_asked_about_one(project: Path) -> None:
    (project / "train.py").write_text("def rows():\n    return 1\n")
    assert not [question for question in told(project).questions if question.finding is None]
