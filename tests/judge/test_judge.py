"""The judge as a whole: from an outcome to a report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from readiness.collect.git import ChangedFile, Changes
from readiness.config import Config
from readiness.engine.outcome import Outcome
from readiness.facts.hit import Hit
from readiness.facts.model import FileFacts, SuppressionFact
from readiness.facts.sorts import FileKind
from readiness.finding import Confidence, Finding, Location, Severity, Skipped
from readiness.judge.judge import Base, Judge
from readiness.rulebook.book import Rulebook
from readiness.settings import Settings

Make = Callable[..., Finding]
ROOT = Path("/project")
COMMENT = SuppressionFact(("secret",), "known", Hit(Location("a.py")), 1, 1)


def outcome(*findings: Finding, comments: tuple[SuppressionFact, ...] = (), **more: Any) -> Outcome:
    facts = (FileFacts("a.py", FileKind.PYTHON, suppressions=comments), FileFacts("b.py", FileKind.PYTHON))
    return Outcome(
        findings=findings, facts=facts, skipped=more.pop("skipped", ()), analysed=frozenset({"a.py", "b.py"})
    )


def judge(rulebook: Rulebook, config: Config | None = None) -> Judge:
    return Judge(Settings(ROOT, (ROOT,), config or Config()), rulebook, rulebook)


def test_a_report_has_identities_order_and_figures(rulebook: Rulebook, found: Make) -> None:
    report = judge(rulebook, Config(fail_on=Severity.NOTE)).report(outcome(found(line=9), found(line=1)))
    assert [finding.location.line for finding in report.findings] == [1, 9]
    assert all(finding.fingerprint for finding in report.findings)
    assert (report.analysed, report.fail_on, len(report.rules)) == (2, Severity.NOTE, len(rulebook.rules))


def test_a_silenced_finding_keeps_its_number_among_equals(rulebook: Rulebook, found: Make) -> None:
    findings = (found(line=1), found(line=9))
    (_, second) = judge(rulebook).report(outcome(*findings)).findings
    report = judge(rulebook).report(outcome(*findings, comments=(COMMENT,)))
    assert (report.findings, report.silenced) == ((second,), 1)


def test_nothing_is_said_about_files_that_are_only_context(rulebook: Rulebook, found: Make) -> None:
    around = outcome(found(path="b.py"), found(), skipped=(Skipped("b.py", "Python 2"),))
    report = judge(rulebook).report(around, context=frozenset({"b.py"}))
    assert [finding.location.path for finding in report.findings] == ["a.py"]
    assert (report.skipped, report.analysed) == ((), 1)


def test_a_comparison_tells_only_what_is_new(rulebook: Rulebook, found: Make) -> None:
    changes = Changes("base", {"a.py": ChangedFile("a.py", "a.py", "0" * 40)})
    head = outcome(found(), found(anchor="new"), found(path="b.py", anchor="new"))
    report = judge(rulebook).report(head, base=Base(changes, outcome(found(line=7))))
    assert [finding.anchor for finding in report.findings] == ["new"]


def test_a_comparison_is_incomplete_if_a_changed_file_or_a_rule_failed(rulebook: Rulebook) -> None:
    changes = Changes("base", {"a.py": ChangedFile("a.py", "a.py", "0" * 40)})
    failed = (Skipped("a.py", "a cell", cell=1), Skipped(".", "rule x failed"))
    unchanged = (Skipped("b.py", "Python 2"), Skipped("c.pyi", "stub", expected=True))
    report = judge(rulebook).report(outcome(skipped=failed + unchanged), base=Base(changes, outcome()))
    assert report.skipped == failed


def test_a_finding_whose_comment_was_taken_away_is_new(rulebook: Rulebook, found: Make) -> None:
    changes = Changes("base", {"a.py": ChangedFile("a.py", "a.py", "0" * 40)})
    base = Base(changes, outcome(found(), comments=(COMMENT,)))
    assert len(judge(rulebook).report(outcome(found()), base=base).findings) == 1


def test_a_rule_that_is_not_shown_silences_no_other(rulebook: Rulebook, found: Make) -> None:
    both = outcome(found("pickle"), found("unsafe-load", confidence=Confidence.LOW))
    assert [finding.rule for finding in judge(rulebook).report(both).findings] == ["pickle"]
    everything = judge(rulebook, Config(all=True)).report(both)
    assert [finding.rule for finding in everything.findings] == ["unsafe-load"]


def test_a_comment_about_the_stronger_rule_does_not_bring_up_the_weaker_one(rulebook: Rulebook, found: Make) -> None:
    comment = SuppressionFact(("unsafe-load",), "our own file", Hit(Location("a.py")), 1, 1)
    report = judge(rulebook).report(outcome(found("unsafe-load"), found("pickle"), comments=(comment,)))
    assert (report.findings, report.silenced) == ((), 1)
