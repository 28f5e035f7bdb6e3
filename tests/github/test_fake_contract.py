"""Whoever leaves GitHub's published contract fails the test, be it the client or the fake."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakegithub import ContractError, FakeGitHub, PullRequest, contract, schemas
from samples import BASE, HEAD, ROOT


def breach(method: str, path: str, **arguments: Any) -> str:
    """What leaving the fake says after one request."""
    with pytest.raises(ContractError) as caught:
        _ask(method, path, **arguments)
    return str(caught.value)


def _ask(method: str, path: str, **arguments: Any) -> None:
    with FakeGitHub() as github:
        repo = github.create_repo("lab/model", {"model.py": BASE})
        github.person("ada").open_pull(repo, {"model.py": HEAD})
        headers = {"Authorization": f"Bearer {github.token()}"}
        httpx.request(method, github.api_url + path, headers=headers, timeout=60, **arguments)


def test_unknown_field_of_a_review_comment_is_a_breach() -> None:
    comment = {"path": "model.py", "body": "x", "subject_type": "file"}
    assert "subject_type" in breach("POST", f"{ROOT}/pulls/1/reviews", json={"comments": [comment]})


def test_missing_field_is_a_breach() -> None:
    body = {"body": "x", "path": "model.py", "line": 10}
    assert "commit_id" in breach("POST", f"{ROOT}/pulls/1/comments", json=body)


def test_value_outside_an_enumeration_is_a_breach() -> None:
    assert "BLOCK" in breach("POST", f"{ROOT}/pulls/1/reviews", json={"event": "BLOCK"})


def test_more_than_fifty_annotations_are_a_breach() -> None:
    note = {"path": "a", "start_line": 1, "end_line": 1, "annotation_level": "notice", "message": "x"}
    output = {"title": "t", "summary": "s", "annotations": [note] * 51}
    body = {"name": "readiness", "head_sha": "1" * 40, "output": output}
    assert "/output/annotations" in breach("POST", f"{ROOT}/check-runs", json=body)


def test_summary_of_a_check_that_is_too_long_is_a_breach() -> None:
    body = {"name": "readiness", "head_sha": "1" * 40, "output": {"title": "t", "summary": "x" * 65536}}
    assert "/output/summary" in breach("POST", f"{ROOT}/check-runs", json=body)


def test_unknown_query_parameter_is_a_breach() -> None:
    assert "'perpage'" in breach("GET", f"{ROOT}/pulls?perpage=100")


def test_unknown_operation_is_a_breach() -> None:
    assert "no operation GET /repos/lab/model/pull/1" in breach("GET", f"{ROOT}/pull/1")


def test_operation_that_the_fake_lacks_is_named() -> None:
    assert "repos/list-tags" in breach("GET", f"{ROOT}/tags")


def test_failure_of_the_test_itself_is_not_hidden_by_a_breach_and_tells_of_it() -> None:
    def fail() -> None:
        with FakeGitHub() as github:
            github.violations.append("something")
            raise KeyError("the test's own failure")

    with pytest.raises(KeyError) as caught:
        fail()
    assert caught.value.__notes__ == ["something"]


def test_missing_description_names_the_target_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schemas, "PACKAGES", schemas.PACKAGES / "nowhere")
    with pytest.raises(schemas.SchemaMissingError, match="make schemas"):
        schemas.openapi.__wrapped__()


def test_specific_paths_win_over_general_ones() -> None:
    found = contract.find("GET", f"{ROOT}/pulls/comments")
    assert found is not None
    assert found[0].id == "pulls/list-review-comments-for-repo"


@given(path=st.from_regex(r"[a-z]{1,8}(/[a-z .]{1,8}){0,3}", fullmatch=True))
def test_paths_of_files_may_hold_slashes(path: str) -> None:
    found = contract.find("GET", f"{ROOT}/contents/{path}")
    assert found is not None
    assert (found[0].id, found[1]["path"]) == ("repos/get-content", path)


@given(st.dictionaries(st.text(max_size=5), st.integers(), min_size=1))
def test_no_undescribed_field_of_a_reply_passes(extra: dict[str, int]) -> None:
    found = contract.find("POST", f"{ROOT}/pulls/1/comments/2/replies")
    assert found is not None
    body = extra | {"body": "x"}
    assert bool(contract.request_violations(found[0], {}, body)) == (set(body) != {"body"})


def test_every_answer_of_the_fake_was_checked(github: FakeGitHub, client: httpx.Client, pull: PullRequest) -> None:
    told = client.get(f"{ROOT}/pulls/{pull.number}").json()
    operation, _ = contract.find("GET", f"{ROOT}/pulls/{pull.number}") or pytest.fail("no such operation")
    assert contract.response_violations(operation, 200, told) == []
    assert contract.response_violations(operation, 200, told | {"verdict": "fine"})
    assert contract.response_violations(operation, 200, told | {"number": None})
    assert contract.response_violations(operation, 418, told)
