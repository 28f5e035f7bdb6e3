"""Comments that silence findings, and what becomes of comments that silence nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from readiness.facts.hit import Hit
from readiness.facts.model import FileFacts, SuppressionFact
from readiness.facts.sorts import FileKind
from readiness.finding import Finding, Location
from readiness.judge.suppress import Suppressed, suppress
from readiness.rulebook.book import Rulebook

Make = Callable[..., Finding]


def comment(*rules: str, line: int = 1, **more: Any) -> SuppressionFact:
    fields: dict[str, Any] = {"first_line": line, "last_line": line} | more
    return SuppressionFact(rules, "a reason", Hit(Location("a.py")), **fields)


def judged(
    rulebook: Rulebook, findings: list[Finding], *comments: SuppressionFact, ran: Rulebook | None = None
) -> Suppressed:
    facts = [FileFacts("a.py", FileKind.PYTHON, suppressions=comments), FileFacts("b.py", FileKind.PYTHON)]
    return suppress(findings, facts, rulebook, ran or rulebook)


def test_a_comment_silences_the_rule_that_it_names_on_its_line(rulebook: Rulebook, found: Make) -> None:
    kept = [found("seed"), found(line=2), found(path="b.py")]
    result = judged(rulebook, [found(), *kept], comment("secret"))
    assert (list(result.kept), result.silenced) == (kept, 1)
    assert [comment.used for comment in result.comments] == [True]


@pytest.mark.parametrize("words", [("password",), ("seed", "secret"), ()])
def test_former_ids_lists_and_no_id_at_all_silence_too(rulebook: Rulebook, found: Make, words: tuple[str, ...]) -> None:
    assert judged(rulebook, [found()], comment(*words)).silenced == 1


@pytest.mark.parametrize(("line", "silenced"), [(4, 1), (5, 0), (7, 1), (8, 0)])
def test_a_comment_stands_at_the_first_or_last_line_of_a_finding(
    rulebook: Rulebook, found: Make, line: int, silenced: int
) -> None:
    assert judged(rulebook, [found(line=4, end_line=7)], comment("secret", line=line)).silenced == silenced


def test_a_comment_of_another_cell_silences_nothing(rulebook: Rulebook, found: Make) -> None:
    assert judged(rulebook, [found(cell=2)], comment("secret", cell=1)).silenced == 0
    assert judged(rulebook, [found(cell=2)], comment("secret", cell=2)).silenced == 1


def test_a_comment_for_the_whole_file_silences_every_line(rulebook: Rulebook, found: Make) -> None:
    assert judged(rulebook, [found(line=9), found(line=99, cell=3)], comment("secret", whole_file=True)).silenced == 2


def test_a_comment_that_silences_nothing_is_not_used(rulebook: Rulebook) -> None:
    assert [c.used for c in judged(rulebook, [], comment("secret"), comment("no-such-rule")).comments] == [False, False]


def test_a_comment_about_a_rule_that_did_not_run_is_not_judged(rulebook: Rulebook) -> None:
    ran = Rulebook(rulebook.rules[3:])
    assert judged(rulebook, [], comment("secret"), comment("secret", "seed"), comment(), ran=ran).comments == ()
    assert len(judged(rulebook, [], comment("seed"), ran=ran).comments) == 1
