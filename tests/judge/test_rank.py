"""One voice for one fault."""

from __future__ import annotations

from collections.abc import Callable

from readiness.finding import Finding
from readiness.judge.rank import unique, without_superseded
from readiness.rulebook.book import Rulebook

Make = Callable[..., Finding]


def test_the_same_words_at_the_same_place_are_said_once(found: Make) -> None:
    assert unique([found(), found(), found(line=2), found("seed")]) == [found(), found(line=2), found("seed")]


def test_a_superseded_rule_is_silent_on_the_lines_of_the_stronger_one(rulebook: Rulebook, found: Make) -> None:
    stronger = found("unsafe-load", line=4, end_line=6)
    elsewhere = [found("pickle", line=7), found("pickle", line=5, path="b.py"), found("pickle", line=5, cell=1)]
    assert without_superseded([found("pickle", line=6), stronger, *elsewhere], rulebook) == [stronger, *elsewhere]
