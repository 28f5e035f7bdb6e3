"""Limits, permissions and faults: how a fake GitHub says no, or says nothing."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from fakegithub import READ_ONLY, FakeGitHub, Fault, PullRequest, job
from samples import ROOT, Connect

COMMENT = {"body": "Summary"}


def comments_url(pull: PullRequest) -> str:
    return f"{ROOT}/issues/{pull.number}/comments"


def test_read_only_token_reads_and_does_not_write(connect: Connect, pull: PullRequest) -> None:
    fork = connect(permissions=READ_ONLY)
    assert fork.get(f"{ROOT}/pulls/{pull.number}/files").status_code == 200
    refused = fork.post(comments_url(pull), json=COMMENT)
    assert (refused.status_code, refused.json()["message"]) == (403, "Resource not accessible by integration")
    assert refused.headers["X-Accepted-GitHub-Permissions"] == "issues=write; pull_requests=write"


@pytest.mark.parametrize("scope", ["issues", "pull_requests"])
def test_either_permission_lets_comment_on_a_pull_request(connect: Connect, pull: PullRequest, scope: str) -> None:
    assert connect(permissions={scope: "write"}).post(comments_url(pull), json=COMMENT).status_code == 201


def test_unknown_token_is_refused(github: FakeGitHub, pull: PullRequest) -> None:
    answer = httpx.get(f"{github.api_url}{ROOT}", headers={"Authorization": "Bearer ghs_stolen"})
    assert (answer.status_code, answer.json()["message"]) == (401, "Bad credentials")


def test_what_is_public_is_read_without_a_token(github: FakeGitHub, pull: PullRequest) -> None:
    assert httpx.get(f"{github.api_url}{ROOT}").status_code == 200
    assert httpx.post(f"{github.api_url}{comments_url(pull)}", json=COMMENT).status_code == 401


def test_installation_has_no_user(connect: Connect, pull: PullRequest) -> None:
    assert connect().get("/user").status_code == 403
    assert connect("ada", {}).get("/user").json()["login"] == "ada"


def test_protection_is_for_administrators_and_rules_are_for_all(connect: Connect, pull: PullRequest) -> None:
    pull.repo.needs_resolution.add("main")
    assert connect().get(f"{ROOT}/branches/main/protection").status_code == 403
    assert connect(permissions={"administration": "read"}).get(f"{ROOT}/branches/main/protection").status_code == 200
    rule = connect().get(f"{ROOT}/rules/branches/main").json()[0]
    assert rule["parameters"]["required_review_thread_resolution"] is True


def test_collaborators_role_is_told(github: FakeGitHub, client: httpx.Client, pull: PullRequest) -> None:
    pull.repo.roles["grace"] = "maintain"
    github.person("grace")
    told = client.get(f"{ROOT}/collaborators/grace/permission").json()
    assert (told["permission"], told["role_name"]) == ("write", "maintain")
    assert client.get(f"{ROOT}/collaborators/ada/permission").json()["permission"] == "read"


def test_primary_limit_counts_down_and_ends(github: FakeGitHub, client: httpx.Client, pull: PullRequest) -> None:
    github.limits.requests_per_hour = 2
    assert client.get(ROOT).headers["X-RateLimit-Remaining"] == "1"
    client.get(ROOT)
    refused = client.get(ROOT)
    assert (refused.status_code, refused.headers["X-RateLimit-Remaining"]) == (403, "0")


def test_unchanged_answer_costs_nothing(github: FakeGitHub, client: httpx.Client, pull: PullRequest) -> None:
    first = client.get(ROOT)
    again = client.get(ROOT, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["X-RateLimit-Remaining"] == first.headers["X-RateLimit-Remaining"]


def test_writing_too_fast_meets_the_secondary_limit(
    github: FakeGitHub, client: httpx.Client, pull: PullRequest
) -> None:
    github.limits.content_per_minute = 2
    answers = [client.post(comments_url(pull), json=COMMENT) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 403]
    assert "secondary rate limit" in answers[2].json()["message"]
    assert answers[2].headers["Retry-After"] == "60"
    assert len(pull.conversation) == 2
    assert client.get(comments_url(pull)).status_code == 200


def test_graphql_meets_the_secondary_limit_too(github: FakeGitHub, client: httpx.Client, pull: PullRequest) -> None:
    github.limits.content_per_minute = 0
    document = "mutation($id: ID!) { addPullRequestReview(input: {pullRequestId: $id}) { pullRequestReview { id } } }"
    refused = client.post(github.graphql_url, json={"query": document, "variables": {"id": pull.node_id}})
    assert (refused.status_code, refused.headers["Retry-After"], pull.reviews) == (403, "60", [])


def test_jobs_token_reaches_its_own_repository_alone(github: FakeGitHub, pull: PullRequest) -> None:
    other = github.create_repo("lab/other", {"a.py": "x = 1\n"})
    theirs = github.person("ada").open_pull(other, {"a.py": "x = 2\n"})
    headers = {"Authorization": f"Bearer {job(github, 'pull_request', pull).env['GITHUB_TOKEN']}"}
    url = f"{github.api_url}/repos/lab/other/issues/{theirs.number}/comments"
    assert httpx.get(url, headers=headers).status_code == 200
    assert httpx.post(url, headers=headers, json=COMMENT).status_code == 403
    other.private = True
    assert httpx.get(url, headers=headers).status_code == 404


def test_failure_may_have_any_answer(github: FakeGitHub, client: httpx.Client, pull: PullRequest) -> None:
    timeout = {"data": None, "errors": [{"message": "Something went wrong while executing your query."}]}
    github.faults.append(Fault("POST", "graphql", status=200, answer=timeout))
    assert client.post(github.graphql_url, json={"query": "{ viewer { login } }"}).json() == timeout


@pytest.mark.parametrize("performed", [True, False])
def test_failed_request_may_have_been_performed(
    github: FakeGitHub, client: httpx.Client, pull: PullRequest, performed: bool
) -> None:
    github.faults.append(Fault("POST", r"/comments$", status=502, performed=performed))
    assert client.post(comments_url(pull), json=COMMENT).status_code == 502
    assert len(pull.conversation) == performed
    assert client.post(comments_url(pull), json=COMMENT).status_code == 201


@pytest.mark.parametrize("performed", [True, False])
def test_answer_may_get_lost(github: FakeGitHub, client: httpx.Client, pull: PullRequest, performed: bool) -> None:
    github.faults.append(Fault("POST", r"/comments$", lost=True, performed=performed))
    with pytest.raises(httpx.RemoteProtocolError):
        client.post(comments_url(pull), json=COMMENT)
    assert len(pull.conversation) == performed


def test_slow_answer_runs_into_the_clients_limit(github: FakeGitHub, client: httpx.Client, pull: PullRequest) -> None:
    github.faults.append(Fault("GET", delay=0.5))
    with pytest.raises(httpx.TimeoutException):
        client.get(ROOT, timeout=0.05)


def test_answer_may_break_off(github: FakeGitHub, client: httpx.Client, pull: PullRequest) -> None:
    github.faults.append(Fault("GET", cut=10))
    with pytest.raises(httpx.RemoteProtocolError):
        client.get(ROOT)


def test_fault_hits_the_requests_that_it_is_meant_for(
    github: FakeGitHub, client: httpx.Client, pull: PullRequest
) -> None:
    github.faults.append(Fault("POST", r"/comments$", body="third", status=500, times=2, skip=1))
    bodies = ["first", "third", "third", "third", "third"]
    codes = [client.post(comments_url(pull), json={"body": body}).status_code for body in bodies]
    assert codes == [201, 201, 500, 500, 201]


def test_something_may_happen_just_before_an_answer(
    github: FakeGitHub, client: httpx.Client, pull: PullRequest
) -> None:
    ada, old = github.person("ada"), pull.head_sha
    github.faults.append(Fault("GET", r"/pulls/1$", skip=1, action=lambda: ada.push(pull, {"new.py": "print(2)\n"})))
    heads = [client.get(f"{ROOT}/pulls/1").json()["head"]["sha"] for _ in range(3)]
    assert heads == [old, pull.head_sha, pull.head_sha]


def test_exchanges_are_recorded_with_who_asked_for_what(
    github: FakeGitHub, client: httpx.Client, pull: PullRequest
) -> None:
    client.get(ROOT)
    client.post(comments_url(pull), json=COMMENT)
    client.post(github.graphql_url, json={"query": "query { viewer { login } }"})
    [written] = github.writes()
    assert (written.operation, written.body, written.status) == ("issues/create-comment", COMMENT, 201)
    assert written.login == "github-actions[bot]"
    assert [exchange.operation for exchange in github.exchanges] == ["repos/get", "issues/create-comment", "graphql"]


@pytest.fixture
def enterprise() -> Iterator[FakeGitHub]:
    with FakeGitHub(enterprise=True) as server:
        yield server


def test_enterprise_server_has_its_interface_under_a_path(enterprise: FakeGitHub) -> None:
    enterprise.create_repo("lab/model", {"a.py": "x = 1\n"})
    headers = {"Authorization": f"token {enterprise.token()}"}
    assert enterprise.api_url == f"{enterprise.links.html}/api/v3"
    told = httpx.get(f"{enterprise.api_url}/repos/lab/model", headers=headers).json()
    assert told["url"] == f"{enterprise.api_url}/repos/lab/model"
    query = {"query": "{ viewer { login } }"}
    assert "data" in httpx.post(enterprise.graphql_url, json=query, headers=headers).json()
