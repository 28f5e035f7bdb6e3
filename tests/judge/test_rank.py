"""One voice for one fault."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from readiness.finding import Finding
from readiness.judge.rank import one_for_all, unique, without_superseded
from readiness.rulebook.book import Rulebook

Make = Callable[..., Finding]


def test_the_same_words_at_the_same_place_are_said_once(found: Make) -> None:
    assert unique([found(), found(), found(line=2), found("seed")]) == [found(), found(line=2), found("seed")]


def test_a_superseded_rule_is_silent_on_the_lines_of_the_stronger_one(rulebook: Rulebook, found: Make) -> None:
    stronger = found("unsafe-load", line=4, end_line=6)
    elsewhere = [found("pickle", line=7), found("pickle", line=5, path="b.py"), found("pickle", line=5, cell=1)]
    every = [found("pickle", line=6), stronger, *elsewhere]
    assert list(without_superseded(every, every, rulebook)) == [stronger, *elsewhere]


def test_a_rule_may_be_superseded_in_the_whole_file_by_its_former_id(rulebook: Rulebook, found: Make) -> None:
    stronger, elsewhere = found("unsafe-load", line=4), found("secret", path="b.py")
    every = [found("secret", line=90), stronger, elsewhere]
    assert list(without_superseded(every, every, rulebook)) == [stronger, elsewhere]


def test_a_rule_may_name_one_that_is_not_loaded(rulebook: Rulebook, found: Make) -> None:
    alone = Rulebook(tuple(rule for rule in rulebook.rules if rule.id == "unsafe-load"))
    assert list(without_superseded([found("unsafe-load")], [found("unsafe-load")], alone)) == [found("unsafe-load")]


def test_of_findings_with_one_cause_in_a_file_the_first_says_how_many_there_are(found: Make) -> None:
    uses = [replace(found(line=line), cause="uses of `numpy.in1d`") for line in (2, 5, 9)]
    other = replace(found(line=3, path="b.py"), cause="uses of `numpy.in1d`")
    first, *rest = one_for_all([*uses, other, found(line=7)])
    assert first == replace(uses[0], message=f"{uses[0].message} The first of 3 uses of `numpy.in1d` in this file.")
    assert rest == [other, found(line=7)]
