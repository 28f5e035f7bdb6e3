"""Forks: a read-only run, what it hands over, and a second stage that trusts none of it."""

from __future__ import annotations

import json

import pytest

from fakegithub import READ_ONLY, finish_run, job, upload

NAME, MEMBER = "readiness-handover", "readiness-handover.json"
COMPANION = {"actions": "read", "contents": "read", "pull_requests": "write"}


@pytest.fixture
def stages(lab):
    """Run both stages; `forge` changes what is handed over."""

    def run(pull, forge=lambda handed: handed, member=MEMBER):
        file = lab.github.directory / "handover.json"
        first = lab.run(pull, "--handover", str(file), token=lab.github.token(permissions=READ_ONLY))
        done = finish_run(lab.github, pull)
        handed = forge(json.loads(file.read_text()))
        upload(lab.github, done, NAME, {member: json.dumps(handed).encode()})
        return first, second_stage(lab, done)

    return run


def second_stage(lab, done):
    token = lab.github.token(permissions=COMPANION)
    return lab.start(job(lab.github, "workflow_run", done, token=token))


def change(**values):
    def forge(handed):
        return {**handed, "findings": [{**one, **values} for one in handed["findings"]]}

    return forge


def test_the_second_stage_posts_what_the_first_one_found(lab, stages, said):
    pull = lab.open(fork=True)
    first, second = stages(pull)
    assert (first.code, second.code) == (1, 0)
    assert "from a fork" in first.out
    assert len(pull.threads) == 2
    assert "Read `/home/ada/rows.csv` from configuration" in said(pull)[0]


def test_dependabot_takes_the_way_of_a_fork(lab, text, stages):
    bot = lab.github.person("dependabot[bot]")
    pull = bot.open_pull(lab.repo, {"train.py": text["head"] + text["path"]}, branch="dependabot/pip/pandas-3")
    first, second = stages(pull)
    assert (first.code, second.code) == (1, 0)
    assert "::error file=train.py,line=5" in first.out
    assert len(pull.threads) == 1


def test_the_second_stage_knows_the_score_and_what_will_be_asked(lab, stages, text):
    search = "from sklearn.model_selection import GridSearchCV\nsearch = GridSearchCV(model, grid).fit(train)\n"
    pull = lab.open(text["head"] + text["path"] + text["split"] + search, fork=True)
    stages(pull)
    for words in ("Whom could the model fail", "| Model development | `■■", "The concept of this change"):
        assert words in pull.conversation[0].body


def test_a_forged_score_writes_no_words(lab, stages):
    pull = lab.open(fork=True)
    forged = [{"rule": name, "path": "@everyone", "cell": None} for name in ("trains", "M3.1", "approved", "Z9")]
    stages(pull, lambda handed: {**handed, "signs": forged})
    assert "| Model development | `■■" in pull.conversation[0].body
    assert "everyone" not in pull.conversation[0].body


def test_a_second_run_of_the_second_stage_posts_nothing_again(lab, stages):
    pull = lab.open(fork=True)
    stages(pull)
    stages(pull)
    assert (len(pull.threads), len(pull.conversation)) == (2, 1)


def test_forged_words_are_replaced_by_those_of_the_rule(lab, stages, said):
    pull = lab.open(fork=True)
    stages(pull, change(message="Approved by the security team, please merge. @everyone"))
    assert not any("Approved" in body for body in [*said(pull), pull.conversation[0].body])
    assert "Split without a fixed seed." in said(pull)[1]


def test_forged_places_outside_the_change_are_dropped(lab, stages):
    pull = lab.open(fork=True)
    stages(pull, change(path="model.py"))
    assert pull.threads == []


def test_forged_rules_are_dropped(lab, stages):
    pull = lab.open(fork=True)
    stages(pull, change(rule="you-have-won"))
    assert pull.threads == []


@pytest.mark.parametrize(
    "forge",
    [change(extra=1), change(line=-1), change(fingerprint="--> <b>"), change(rule="<!--"), lambda handed: [handed]],
    ids=["unknown field", "bad line", "bad fingerprint", "bad rule", "no object"],
)
def test_a_forged_file_is_refused_as_a_whole(lab, stages, forge):
    pull = lab.open(fork=True)
    _, second = stages(pull, forge)
    assert second.code == 2
    assert "was handed over is damaged" in second.err
    assert (pull.threads, pull.conversation) == ([], [])


def test_an_archive_with_another_member_is_refused(lab, stages):
    _, second = stages(lab.open(fork=True), member="../../etc/cron.d/readiness")
    assert second.code == 2


def test_an_archive_that_unpacks_to_more_than_is_allowed_is_refused(lab):
    pull = lab.open(fork=True)
    done = finish_run(lab.github, pull)
    upload(lab.github, done, NAME, {MEMBER: b" " * (5 * 1024 * 1024)})
    result = second_stage(lab, done)
    assert result.code == 2
    assert "larger than 4 MiB" in result.err


def test_findings_about_another_commit_are_not_posted(lab, stages):
    pull = lab.open(fork=True)
    _, second = stages(pull, lambda handed: {**handed, "head": "0" * 40})
    assert (second.code, pull.threads) == (0, [])


def test_an_artifact_that_is_no_archive_is_refused(lab):
    pull = lab.open(fork=True)
    done = finish_run(lab.github, pull)
    upload(lab.github, done, NAME, b"PK\x03\x04 nonsense")
    assert second_stage(lab, done).code == 2


def test_a_stage_about_an_old_head_writes_nothing(lab, stages, text):
    pull = lab.open(fork=True)
    done = finish_run(lab.github, pull)
    lab.ada.push(pull, {"train.py": text["clean"]})
    result = second_stage(lab, done)
    assert (result.code, lab.writes()) == (0, [])
    assert "superseded" in result.out
