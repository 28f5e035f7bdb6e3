"""What becomes of comments is counted for each rule; only what was decided makes a rate."""

from __future__ import annotations

from dataclasses import replace

import pytest

from readiness.review.model import State
from readiness.review.stats import Fate, stats


def fates(*pulls):
    """Rule -> what became of its comments, without zeros."""
    return {one.rule: {fate: n for fate, n in one.fates.items() if n} for one in stats(pulls).rules}


def merged(world):
    return replace(world.pull, state=State.MERGED)


def test_a_mended_finding_counts_as_fixed(world, finding):
    world.run([finding("r1")])
    world.push("e")
    world.run()
    assert fates(world.pull) == {"r1": {Fate.FIXED: 1}}


def test_a_mended_finding_counts_although_its_thread_stays_open(world, finding):
    world.run([finding("r1")])
    world.reply(0, "ada", "Hm.")
    world.push("e")
    world.run()
    assert not world.pull.threads[0].resolved
    assert fates(world.pull) == {"r1": {Fate.FIXED: 1}}


def test_who_resolves_a_thread_after_mending_it_declines_nothing(world, finding):
    world.run([finding("r1")])
    world.change(0, resolved=True, resolved_by="ada")
    world.push("e")
    world.run()
    assert fates(world.pull) == {"r1": {Fate.FIXED: 1}}


@pytest.mark.parametrize("answer", ["resolve", "reply"])
def test_a_finding_that_stays_after_somebody_spoke_is_declined(world, finding, answer):
    world.run([finding("r1")])
    if answer == "resolve":
        world.change(0, resolved=True, resolved_by="ada")
    else:
        world.reply(0, "ada", "readiness: wontfix the scheduler seeds it")
    world.run([finding("r1")])
    assert fates(world.pull) == {"r1": {Fate.DECLINED: 1}}


def test_a_hidden_comment_is_declined(world, finding):
    world.run([finding("r1")])
    world.change(0, comments=(replace(world.pull.threads[0].comments[0], minimized=True),))
    world.run([finding("r1")])
    assert fates(world.pull) == {"r1": {Fate.DECLINED: 1}}


@pytest.mark.parametrize(
    ("state", "fate"), [(State.MERGED, Fate.LEFT), (State.OPEN, Fate.UNDECIDED), (State.CLOSED, Fate.UNDECIDED)]
)
def test_a_finding_nobody_spoke_about_was_left_only_if_it_was_merged(world, finding, state, fate):
    world.run([finding("r1")])
    assert fates(replace(world.pull, state=state)) == {"r1": {fate: 1}}


def test_a_run_that_crashed_tells_nothing_about_what_is_gone(world, finding):
    world.run([finding("r1")], stop_after=1)
    assert fates(merged(world)) == {"r1": {Fate.LEFT: 1}}


def test_a_deleted_comment_is_counted_although_its_rule_is_gone(world, finding):
    world.run([finding("r1")])
    world.delete(0)
    found = stats([world.pull])
    assert (found.rules, found.deleted) == ((), 1)


def test_the_most_ignored_rule_comes_first_and_rates_are_of_what_was_decided(new_world, finding):
    good, noisy, running = new_world(), new_world(), new_world()
    good.run([finding("mended")])
    good.push("e")
    good.run()
    noisy.run([finding("noisy"), finding("mended", line=20)])
    running.run([finding("mended"), finding("fresh", line=20)])
    found = stats([good.pull, merged(noisy), running.pull])
    rates = {one.rule: (one.comments, one.fix_rate, one.ignore_rate) for one in found.rules}
    assert rates == {"mended": (3, 0.5, 0.5), "noisy": (1, 0.0, 1.0), "fresh": (1, None, None)}
    assert next(iter(rates)) != "fresh"
    assert found.pulls == 3


def test_comments_of_a_newer_release_are_left_out(world, finding):
    world.run([finding("r1")])
    first = world.pull.threads[0].comments[0]
    world.change(0, comments=(replace(first, body=first.body.replace("readiness:v1", "readiness:v9")),))
    found = stats([world.pull])
    assert (found.pulls, found.unread, found.rules) == (0, 1, ())


def test_no_pull_requests_give_no_numbers():
    found = stats([])
    assert (found.rules, found.pulls) == ((), 0)
