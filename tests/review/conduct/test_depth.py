"""A concept is explained once in some months of a repository: on later pull requests the bot refers to where it did."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fakegithub import Fault
from readiness.review.github.history import REMEMBERED

POLICY = "select: [unseeded-split, unseeded-sample]\n"
SAMPLE = 'rows = pandas.read_csv("rows.csv")\nfew = rows.sample(frac=0.5)\n'
IDEA = "The idea, with an example"


@pytest.fixture
def lab(new_lab):
    made = new_lab(POLICY)
    with made.github:
        yield made


@pytest.fixture
def comment(lab, said, text):
    """What the bot says about a file in a pull request of its own."""

    def say(name, line=text["split"]):
        pull = lab.open(text["head"] + line, path=name)
        assert lab.run(pull).code == 0
        return said(pull)[0]

    return say


def asked_for_history(lab):
    return [one for one in lab.github.requests("POST", "/graphql$") if "query Told" in str(one.body)]


def test_the_second_pull_request_refers_to_the_first(lab, comment):
    assert IDEA in comment("one.py")
    second = comment("two.py", SAMPLE)
    first = lab.repo.pulls[min(lab.repo.pulls)]
    assert f"as in [the comment on `unseeded-split` in #{first.number}](" in second
    assert f"/pull/{first.number}#discussion_r{first.threads[0].comments[0].id})" in second
    assert IDEA not in second
    assert "readiness lesson randomness" in second


def test_the_third_refers_to_the_first_too(lab, comment):
    for name in ("one.py", "two.py"):
        comment(name)
    assert f"in #{min(lab.repo.pulls)}](" in comment("three.py")


def test_it_takes_one_request_and_none_where_nothing_was_found(lab, comment, text):
    comment("one.py")
    assert len(asked_for_history(lab)) == 1
    lab.run(lab.open(text["clean"], path="clean.py"))
    assert len(asked_for_history(lab)) == 1


def test_after_some_months_it_is_explained_again(lab, comment):
    comment("one.py")
    lab.github.clock.now += REMEMBERED + timedelta(days=1)
    assert IDEA in comment("two.py")


def test_a_comment_that_somebody_hid_is_no_explanation(lab, comment):
    comment("one.py")
    lab.grace.minimize(lab.repo.pulls[min(lab.repo.pulls)].threads[0].comments[0])
    assert IDEA in comment("two.py")


def test_what_another_bot_wrote_explains_nothing(lab, comment, text):
    body = comment("one.py")
    (pull,) = lab.repo.pulls.values()
    pull.threads.clear()
    lab.ada.comment(pull, "one.py", body, 5)
    assert IDEA in comment("two.py")


def test_a_history_that_cannot_be_read_costs_the_reference_only(lab, comment):
    comment("one.py")
    lab.github.faults.append(Fault("POST", r"/graphql$", body="query Told", status=502, times=3))
    assert IDEA in comment("two.py")
