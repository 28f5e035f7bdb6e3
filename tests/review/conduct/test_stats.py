"""`readiness review --stats` reads what was said on a repository, and writes nothing."""

from __future__ import annotations

import pytest

from readiness.__main__ import run


@pytest.fixture(scope="module")
def history(new_lab, text):
    """A pull request whose split was seeded, one that was merged with it, and one without a comment."""
    lab = new_lab()
    with lab.github:
        mended = lab.open(text["head"] + text["split"])
        lab.run(mended)
        lab.ada.push(mended, {"train.py": text["clean"]})
        lab.run(mended)
        lab.ada.merge(mended)
        left = lab.open(text["head"] + text["split"] + text["path"], path="other.py")
        lab.run(left)
        lab.ada.merge(left)
        lab.run(lab.open("done = True\n", path="clean.py"))
        yield lab


def table(out):
    """Rule -> the other columns."""
    rows = [line.split() for line in out.partition("\n\n")[0].splitlines()]
    return {row[0]: row[1:] for row in rows[1:]}


def stats_of(lab, *options):
    """What grace is told at her desk; she has not written the comments that are counted."""
    return lab.run(lab.repo.pulls[max(lab.repo.pulls)], *options, "--stats", token=lab.github.token("grace"))


def test_each_rule_has_its_rates_and_nothing_is_written(history):
    before = len(history.writes())
    told = stats_of(history, "lab/model")
    assert told.code == 0
    assert table(told.out) == {
        "hardcoded-path": ["1", "0", "0", "1", "0", "0%", "100%"],
        "unseeded-split": ["2", "1", "0", "1", "0", "50%", "50%"],
    }
    assert "3 pull requests read" in told.out
    assert len(history.writes()) == before


def test_only_the_last_pull_requests_are_read(history):
    assert "1 pull request read" in stats_of(history, "lab/model", "--last", "1").out


def test_comments_of_somebody_else_are_not_counted(history):
    told = stats_of(history, "lab/model", "--bot", "other-bot")
    assert told.out == "No comment of the bot: 3 pull requests read.\n"


def test_a_repository_that_is_not_there_is_a_clear_error(history):
    told = stats_of(history, "lab/nothing")
    assert (told.code, "there is no repository lab/nothing" in told.err) == (2, True)


@pytest.mark.parametrize("name", ["model", "lab/model#1"])
def test_what_is_no_repository_is_refused(capsys, name):
    assert run(["review", name, "--stats"]) == 2
    assert "is no repository" in capsys.readouterr().err
