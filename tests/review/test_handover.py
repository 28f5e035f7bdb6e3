"""What a fork hands over is believed only as far as it can be checked."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.kinds.base import render, shortened, sketched
from readiness.review.handover import MAX_BYTES, BadHandover, handed_over, own_sketch, own_words, read_handover
from readiness.rulebook.loader import load_rulebook

RULES = load_rulebook().rules


def test_what_was_handed_over_is_read_back(finding, analysis, pull):
    handover = read_handover(handed_over(analysis([finding(), finding(line=20)]), pull()))
    assert [one.line for one in handover.findings] == [10, 20]


@given(st.binary(max_size=200))
def test_bytes_are_refused_with_a_reason(data):
    with pytest.raises(BadHandover):
        read_handover(data)


@pytest.mark.parametrize("data", [b"[" * 100_000, b" " * (MAX_BYTES + 1), b'{"version": 1}'])
def test_bombs_and_fragments_are_refused(data):
    with pytest.raises(BadHandover):
        read_handover(data)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_gets_its_title_instead_of_foreign_words(rule):
    assert own_words("Approved by the security team.", rule) == f"{rule.title}."
    assert own_words(f"{rule.message}\nApproved.", rule) == f"{rule.title}."


def test_how_many_places_a_finding_stands_for_is_kept():
    (rule,) = (rule for rule in RULES if rule.id == "deprecated-api")
    said = "Replace `a` by `b`: it is deprecated since `c 1.0`, and this project permits `c ==1.2`."
    several = f"{said} The first of 12 uses of `a` in this file."
    assert own_words(several, rule) == several
    assert own_words(f"{said} The first of all uses of `a` in this file.", rule) == f"{rule.title}."


@given(st.sampled_from(RULES), st.text(alphabet="abc def_.()", min_size=1, max_size=40))
def test_words_that_the_rule_can_say_are_kept(rule, value):

    names = {name: shortened(value) for name in ("$X", "$PATH", "$NAME")}
    message = render(rule.message, names)
    if "$" not in message:
        assert own_words(message, rule) == message


SKETCHING = [rule for rule in RULES if rule.sketch]


@pytest.mark.parametrize("rule", SKETCHING, ids=lambda rule: rule.id)
def test_a_sketch_is_kept_as_far_as_the_rule_can_have_written_it(rule):
    names = re.findall(r"\$[A-Z_]+", rule.sketch)
    sketch = sketched(rule.sketch.replace("$setting.name", "$NAME"), dict.fromkeys([*names, "$NAME"], "rows.sex"))
    assert sketch
    assert own_sketch(sketch, rule) == sketch
    for forged in (f"{sketch}\nprint(1)", f"run(); {sketch}", "Approved."):
        assert own_sketch(forged, rule) == ""


def test_a_sketch_has_names_and_no_other_code_of_the_project():
    (rule,) = (rule for rule in RULES if rule.id == "no-slice-evaluation")
    assert '["sex"]' in own_sketch(rule.sketch.rstrip().replace("$COLUMN", "sex"), rule)
    assert own_sketch(rule.sketch.rstrip().replace("$COLUMN", 'sex"]; run(["x'), rule) == ""


def test_a_rule_without_a_sketch_gets_none():
    plain = next(rule for rule in RULES if not rule.sketch)
    assert own_sketch("print(1)", plain) == ""
