"""Servers fail, tokens lack permissions, people push meanwhile: nothing is said twice and nothing is lost."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from fakegithub import READ_ONLY, Fault, job
from readiness.review.github import connection


def test_a_review_whose_answer_was_lost_is_not_posted_again(lab):
    pull = lab.open()
    lab.github.faults.append(Fault("POST", r"/reviews$", status=502, performed=True))
    lab.run(pull)
    assert (len(pull.reviews), len(pull.threads)) == (1, 2)


def test_a_review_that_failed_is_posted_once_more(lab):
    pull = lab.open()
    lab.github.faults.append(Fault("POST", r"/reviews$", status=502))
    lab.run(pull)
    assert (len(pull.reviews), len(pull.threads)) == (1, 2)


def test_a_summary_whose_answer_was_lost_is_not_posted_again(lab):
    pull = lab.open()
    lab.github.faults.append(Fault("POST", r"/issues/\d+/comments$", status=504, performed=True))
    lab.run(pull)
    assert len(pull.conversation) == 1


def test_a_connection_that_breaks_is_no_second_review(lab):
    pull = lab.open()
    lab.github.faults.append(Fault("POST", r"/reviews$", lost=True, performed=True))
    lab.run(pull)
    assert len(pull.reviews) == 1


def test_what_could_not_be_posted_is_in_the_summary_and_is_posted_by_the_next_run(lab):
    pull = lab.open()
    lab.github.faults.append(Fault("POST", r"/reviews$", status=502, times=2))
    lab.run(pull)
    assert pull.threads == []
    assert "Only here" in pull.conversation[0].body
    lab.run(pull)
    assert len(pull.threads) == 2


def test_a_limit_is_waited_for_once(lab):
    pull = lab.open()
    headers = {"Retry-After": "1"}
    lab.github.faults.append(Fault("POST", r"/reviews$", status=403, message="secondary rate limit", headers=headers))
    lab.run(pull)
    assert len(pull.threads) == 2


def test_a_limit_that_lasts_is_not_waited_for(lab):
    pull = lab.open()
    headers = {"Retry-After": "600"}
    lab.github.faults.append(Fault("POST", r"/reviews$", status=429, message="Too many requests", headers=headers))
    result = lab.run(pull)
    assert (result.code, pull.threads) == (1, [])
    assert "hardcoded-path" in pull.conversation[0].body.partition("**Only here**")[2]
    assert "::error file=train.py,line=5" in result.out


def test_a_review_that_is_refused_leaves_the_summary_and_names_the_permission(lab):
    pull = lab.open()
    refusal = {"status": 403, "message": "Resource not accessible by integration"}
    lab.github.faults.append(Fault("POST", r"/reviews$", **refusal))
    result = lab.run(pull)
    assert (result.code, pull.threads) == (1, [])
    assert "The token lacks `pull-requests: write`" in pull.conversation[0].body
    assert "hardcoded-path" in pull.conversation[0].body.partition("**Only here**")[2]


def test_a_token_that_may_not_read_the_files_is_explained(lab):
    lab.repo.private = True
    pull = lab.open()
    result = lab.run(pull, token=lab.github.token(permissions={"pull_requests": "write", "metadata": "read"}))
    assert (result.code, lab.writes()) == (3, [])
    assert "`contents: read`" in result.err


def test_a_run_that_overlaps_another_one_leaves_one_thread_for_each_finding(lab):
    pull = lab.open()
    lab.github.faults.append(Fault("POST", r"/reviews$", action=lambda: lab.run(pull)))
    lab.run(pull)
    lab.run(pull)
    assert (len(pull.threads), len(pull.conversation)) == (2, 1)


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_server_that_never_answers_a_write_is_asked_what_it_did(new_lab, monkeypatch):
    monkeypatch.setattr(connection, "TIMEOUT", 1)
    lab = new_lab()
    with lab.github:
        pull = lab.open()
        lab.github.faults.append(Fault("POST", r"/reviews$", silent=True, performed=True))
        lab.run(pull)
        assert (len(pull.reviews), len(pull.threads)) == (1, 2)


def test_a_line_that_is_refused_becomes_a_comment_on_the_file(lab):
    pull = lab.open()
    lab.github.faults.append(Fault("POST", r"/reviews$", status=422, message="line must be part of the diff"))
    lab.run(pull)
    assert len(pull.threads) == 2


def test_a_run_about_an_old_head_writes_nothing(lab, text):
    pull = lab.open()
    push = lambda: lab.ada.push(pull, {"train.py": text["clean"]})  # noqa: E731 - it happens in the middle of a run
    lab.github.faults.append(Fault("GET", r"/tarball/", action=push))
    result = lab.run(pull)
    assert (result.code, lab.writes()) == (0, [])
    assert "superseded" in result.out


def test_a_token_that_may_only_read_leaves_annotations_and_names_the_permission(lab):
    pull = lab.open()
    result = lab.run(pull, token=lab.github.token(permissions=READ_ONLY))
    assert result.code == 1
    assert (pull.threads, pull.conversation) == ([], [])
    assert "::error file=train.py,line=5" in result.out
    assert "::warning file=train.py,line=6" in result.out
    assert "The token lacks `pull-requests: write`" in result.out
    assert "hardcoded-path" in result.job.summary


def test_a_failed_read_is_tried_again(lab):
    pull = lab.open()
    lab.github.faults.append(Fault("GET", r"/pulls/\d+/files", status=502))
    lab.run(pull)
    assert len(pull.threads) == 2


@pytest.mark.parametrize("status", [500, 503])
def test_a_platform_that_is_down_is_no_clean_result(lab, status):
    pull = lab.open()
    lab.github.faults.append(Fault("GET", r"/compare/", status=status, times=50))
    result = lab.run(pull)
    assert result.code == 3
    assert "**Incomplete:** GitHub did not answer" in result.job.summary
    assert "Traceback" not in result.err


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_cancelled_run_says_so_and_leaves_nothing_behind(lab, sent):
    started = job(lab.github, "pull_request", lab.open())
    started.env["TMPDIR"] = started.env["RUNNER_TEMP"]
    process = lab.begin(started)
    lab.github.faults.append(Fault("GET", r"/tarball/", silent=True, action=lambda: process.send_signal(sent)))
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said.strip()) == (130, "interrupted")
    assert "**Incomplete:** the run was stopped" in started.summary
    assert (lab.writes(), list(Path(started.env["RUNNER_TEMP"]).iterdir())) == ([], [])


def test_a_run_that_was_killed_between_its_writes_is_taken_up(lab):
    pull = lab.open()
    started = job(lab.github, "pull_request", pull)
    process = lab.begin(started)
    lab.github.faults.append(Fault("POST", r"/issues/\d+/comments$", silent=True, action=process.kill))
    process.communicate(timeout=60)
    assert (len(pull.threads), len(pull.conversation)) == (2, 0)
    lab.run(pull)
    assert (len(pull.reviews), len(pull.threads), len(pull.conversation)) == (1, 2, 1)


def test_a_platform_that_goes_down_in_the_middle_loses_no_finding(lab):
    pull = lab.open()
    lab.github.faults.append(Fault("POST", r"/reviews$", status=502))
    lab.github.faults.append(Fault("POST", "graphql", status=502, times=50, skip=4))
    result = lab.run(pull)
    assert result.code == 1
    assert "hardcoded-path" in result.job.summary
    assert "::error file=train.py,line=5" in result.out


def test_a_missing_token_is_explained(lab):
    pull = lab.open()
    result = lab.run(pull, token="")
    assert result.code == 2
    assert "Set GITHUB_TOKEN" in result.err
