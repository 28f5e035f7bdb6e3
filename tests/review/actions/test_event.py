"""The event tells what to review; anything else is a clear error."""

from __future__ import annotations

import json

import pytest

from readiness.errors import UsageError
from readiness.review.actions.event import Trigger, read_event


@pytest.fixture
def environment(tmp_path):
    def make(name, payload):
        path = tmp_path / "event.json"
        path.write_text(payload if isinstance(payload, str) else json.dumps(payload))
        return {"GITHUB_EVENT_NAME": name, "GITHUB_EVENT_PATH": str(path), "GITHUB_REPOSITORY": "acme/model"}

    return make


@pytest.mark.parametrize("name", ["pull_request", "pull_request_target", "pull_request_review_comment"])
def test_a_pull_request_is_known_by_its_number(environment, name):
    event = read_event(environment(name, {"pull_request": {"number": 7}}))
    assert (event.trigger, event.number) == (Trigger.PULL, 7)


def test_a_comment_on_a_pull_request_is_about_it(environment):
    payload = {"issue": {"number": 7, "pull_request": {}}}
    assert read_event(environment("issue_comment", payload)).number == 7


def test_a_finished_run_is_known_by_its_head(environment):
    run = {"id": 5, "head_sha": "a" * 40, "head_branch": "topic", "head_repository": {"owner": {"login": "ada"}}}
    event = read_event(environment("workflow_run", {"workflow_run": run}))
    assert (event.run, event.head_owner, event.head_branch) == (5, "ada", "topic")


@pytest.mark.parametrize(
    ("name", "payload"),
    [("push", {}), ("issue_comment", {"issue": {"number": 7}}), ("pull_request", "no JSON"), ("schedule", [])],
)
def test_an_event_without_a_pull_request_is_explained(environment, name, payload):
    with pytest.raises(UsageError):
        read_event(environment(name, payload))


def test_outside_actions_a_name_is_asked_for():
    with pytest.raises(UsageError, match="no pull request was named"):
        read_event({})
