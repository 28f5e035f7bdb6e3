"""Who asks, and where: tokens of the environment or of `gh`, pull requests by name or URL, GitHub Enterprise."""

from __future__ import annotations

import pytest

from fakegithub import Job, job


def on_a_laptop(started: Job, **variables: str) -> Job:
    """The same job outside Actions: only what a shell has."""
    kept = {name: value for name, value in started.env.items() if not name.startswith("GITHUB_")}
    started.env.clear()
    started.env.update(kept | variables)
    return started


@pytest.fixture
def gh(tmp_path):
    """Make a `gh` that is logged in; its folder goes to the front of the path."""

    def make(token: str, *words: str):
        program = tmp_path / "gh"
        program.write_text(f'#!/bin/sh\n[ "$*" = "{" ".join(("auth", "token", *words))}" ] && echo {token}\n')
        program.chmod(0o755)
        return str(tmp_path)

    return make


def test_the_login_of_gh_is_used_where_no_token_is_set(lab, gh):
    pull = lab.open()
    started = on_a_laptop(job(lab.github, "pull_request", pull), GITHUB_API_URL=lab.github.api_url)
    started.env["PATH"] = f"{gh(lab.github.token('ada'), '--hostname', 'github.com')}:{started.env['PATH']}"
    result = lab.start(started, "lab/model#1", "--dry-run")
    assert "Comment on train.py, line 5" in result.out


def test_a_person_reviews_with_an_own_token_and_the_memory_is_theirs(lab):
    pull = lab.open()
    variables = {"GITHUB_API_URL": lab.github.api_url, "GH_TOKEN": lab.github.token("grace")}
    for _ in range(2):
        started = on_a_laptop(job(lab.github, "pull_request", pull), **variables)
        assert lab.start(started, "lab/model#1").code == 1
    assert [thread.comments[0].author.login for thread in pull.threads] == ["grace", "grace"]
    assert len(pull.conversation) == 1


def test_the_address_of_github_enterprise_is_read_from_the_url_of_the_pull_request(enterprise):
    pull = enterprise.open()
    token = enterprise.github.token()
    started = on_a_laptop(job(enterprise.github, "pull_request", pull), GH_ENTERPRISE_TOKEN=token)
    url = f"{enterprise.github.links.html}/lab/model/pull/{pull.number}"
    assert enterprise.start(started, url).code == 1
    assert len(pull.threads) == 2


def test_the_token_of_one_github_is_never_sent_to_another(enterprise):
    pull = enterprise.open()
    started = on_a_laptop(job(enterprise.github, "pull_request", pull), GITHUB_TOKEN=enterprise.github.token())
    started.env["PATH"] = "/usr/bin:/bin"
    result = enterprise.start(started, f"{enterprise.github.links.html}/lab/model/pull/{pull.number}")
    assert result.code == 2
    assert "GH_ENTERPRISE_TOKEN" in result.err
    assert enterprise.github.exchanges == []


def test_a_login_that_is_refused_is_explained(lab):
    pull = lab.open()
    result = lab.run(pull, token="ghs_outdated")
    assert (result.code, pull.threads) == (3, [])
    assert "GitHub refused: Unauthorized (401)" in result.err
    assert "ghs_outdated" not in result.err
