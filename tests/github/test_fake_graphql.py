"""Threads through GraphQL: who may resolve, what becomes of misplaced ones, how names are written."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from fakegithub import ContractError, FakeGitHub, PullRequest
from samples import Ask, Connect

THREADS = """
query($number: Int!, $after: String, $first: Int = 50) {
  viewer { login }
  repository(owner: "lab", name: "model") {
    pullRequest(number: $number) {
      id headRefOid isDraft baseRef { refUpdateRule { requiresConversationResolution } }
      reviewThreads(first: $first, after: $after) {
        totalCount pageInfo { hasNextPage endCursor }
        nodes {
          id path line originalLine isResolved isOutdated subjectType viewerCanResolve resolvedBy { login }
          comments(first: 10) {
            nodes {
              id databaseId body viewerDidAuthor isMinimized minimizedReason author { login }
              reactions(first: 5, content: THUMBS_DOWN) { totalCount }
            }
          }
        }
      }
    }
  }
}
"""
RESOLVE = "mutation($id: ID!) { resolveReviewThread(input: {threadId: $id}) { thread { isResolved } } }"
BEGIN = "mutation($id: ID!) { addPullRequestReview(input: {pullRequestId: $id}) { pullRequestReview { id state } } }"
ADD = """
mutation($thread: AddPullRequestReviewThreadInput!) {
  addPullRequestReviewThread(input: $thread) { thread { id line subjectType } }
}
"""
SUBMIT = """
mutation($id: ID!) {
  submitPullRequestReview(input: {pullRequestReviewId: $id, event: COMMENT, body: "Done."}) { pullRequestReview { state } }
}
"""
MINIMIZE = """
mutation($id: ID!) {
  minimizeComment(input: {subjectId: $id, classifier: OUTDATED}) { minimizedComment { isMinimized minimizedReason } }
}
"""
MAY_RESOLVE = {"contents": "write", "pull_requests": "write"}


def post_thread(client: httpx.Client, pull: PullRequest, line: int = 10) -> None:
    comment = {"path": "model.py", "line": line, "side": "RIGHT", "body": "why?"}
    body = {"event": "COMMENT", "body": "Look.", "comments": [comment]}
    assert client.post(f"/repos/lab/model/pulls/{pull.number}/reviews", json=body).status_code == 200


def threads_of(told: dict[str, Any]) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = told["data"]["repository"]["pullRequest"]["reviewThreads"]["nodes"]
    return nodes


def test_own_comments_are_recognised_though_logins_are_written_in_two_ways(
    ask: Ask, client: httpx.Client, pull: PullRequest
) -> None:
    post_thread(client, pull)
    told = ask(THREADS, number=pull.number)
    comment = threads_of(told)[0]["comments"]["nodes"][0]
    assert told["data"]["viewer"]["login"] == "github-actions[bot]"
    assert (comment["author"]["login"], comment["viewerDidAuthor"]) == ("github-actions", True)


def test_thread_tells_whether_it_is_outdated(
    github: FakeGitHub, ask: Ask, client: httpx.Client, pull: PullRequest
) -> None:
    post_thread(client, pull)
    assert (threads_of(ask(THREADS, number=pull.number))[0]["line"]) == 10
    github.person("ada").push(pull, {"model.py": "short\n"})
    thread = threads_of(ask(THREADS, number=pull.number))[0]
    assert (thread["isOutdated"], thread["line"], thread["originalLine"]) == (True, None, 10)


def test_resolving_needs_write_access_to_contents(
    ask: Ask, connect: Connect, client: httpx.Client, pull: PullRequest
) -> None:
    post_thread(client, pull)
    thread = threads_of(ask(THREADS, number=pull.number))[0]
    assert thread["viewerCanResolve"] is False
    refused = ask(RESOLVE, id=thread["id"])
    assert refused["data"]["resolveReviewThread"] is None
    error = refused["errors"][0]
    assert (error["type"], error["message"]) == ("FORBIDDEN", "Resource not accessible by integration")
    allowed = connect(permissions=MAY_RESOLVE)
    assert threads_of(ask(THREADS, by=allowed, number=pull.number))[0]["viewerCanResolve"] is True
    assert ask(RESOLVE, by=allowed, id=thread["id"])["data"]["resolveReviewThread"]["thread"]["isResolved"] is True


def test_humans_resolution_and_reaction_are_visible(
    github: FakeGitHub, ask: Ask, client: httpx.Client, pull: PullRequest
) -> None:
    post_thread(client, pull)
    github.person("eve").resolve(pull.threads[0])
    github.person("eve").react(pull.threads[0].comments[0], "-1")
    github.person("eve").minimize(pull.threads[0].comments[0], "OFF_TOPIC")
    thread = threads_of(ask(THREADS, number=pull.number))[0]
    comment = thread["comments"]["nodes"][0]
    assert (thread["isResolved"], thread["resolvedBy"]["login"]) == (True, "eve")
    assert (comment["isMinimized"], comment["minimizedReason"]) == (True, "off_topic")
    assert comment["reactions"]["totalCount"] == 1


def test_one_review_may_hold_line_and_file_threads(ask: Ask, pull: PullRequest) -> None:
    begun = ask(BEGIN, id=pull.node_id)["data"]["addPullRequestReview"]["pullRequestReview"]
    assert begun["state"] == "PENDING"
    base = {"pullRequestReviewId": begun["id"], "body": "why?"}
    line = ask(ADD, thread=base | {"path": "model.py", "line": 11, "startLine": 10})
    file = ask(ADD, thread=base | {"path": "picture.png", "subjectType": "FILE"})
    assert line["data"]["addPullRequestReviewThread"]["thread"]["line"] == 11
    assert file["data"]["addPullRequestReviewThread"]["thread"]["subjectType"] == "FILE"
    ask(SUBMIT, id=begun["id"])
    assert [(review.state, len(pull.threads)) for review in pull.reviews] == [("COMMENTED", 2)]


def test_pending_reviews_can_be_asked_for(github: FakeGitHub, ask: Ask, pull: PullRequest) -> None:
    github.person("eve").review(pull, "REQUEST_CHANGES")
    ask(BEGIN, id=pull.node_id)
    document = """{ repository(owner: "lab", name: "model") { pullRequest(number: 1) {
        reviews(states: PENDING, first: 10) { nodes { state viewerDidAuthor } } } } }"""
    reviews = ask(document)["data"]["repository"]["pullRequest"]["reviews"]["nodes"]
    assert reviews == [{"state": "PENDING", "viewerDidAuthor": True}]


def test_comment_names_whoever_changed_it(
    github: FakeGitHub, ask: Ask, client: httpx.Client, pull: PullRequest
) -> None:
    client.post(f"/repos/lab/model/issues/{pull.number}/comments", json={"body": "Summary"})
    document = """{ repository(owner: "lab", name: "model") { pullRequest(number: 1) {
        comments(first: 1) { nodes { body editor { login } viewerDidAuthor } } } } }"""
    github.person("eve").edit(pull.conversation[0], "Approved!")
    [shown] = ask(document)["data"]["repository"]["pullRequest"]["comments"]["nodes"]
    assert shown == {"body": "Approved!", "editor": {"login": "eve"}, "viewerDidAuthor": True}


def test_misplaced_thread_comes_back_as_null_without_an_error(ask: Ask, pull: PullRequest) -> None:
    begun = ask(BEGIN, id=pull.node_id)["data"]["addPullRequestReview"]["pullRequestReview"]
    told = ask(ADD, thread={"pullRequestReviewId": begun["id"], "body": "x", "path": "model.py", "line": 20})
    assert told == {"data": {"addPullRequestReviewThread": {"thread": None}}}
    assert pull.threads == []


def test_comment_is_minimized(ask: Ask, client: httpx.Client, pull: PullRequest) -> None:
    post_thread(client, pull)
    told = ask(MINIMIZE, id=pull.threads[0].comments[0].node_id)
    assert told["data"]["minimizeComment"]["minimizedComment"] == {"isMinimized": True, "minimizedReason": "outdated"}


def test_connections_are_paged(ask: Ask, client: httpx.Client, pull: PullRequest) -> None:
    for line in (10, 11, 12):
        post_thread(client, pull, line)
    page = ask(THREADS, number=pull.number, first=2)["data"]["repository"]["pullRequest"]["reviewThreads"]
    assert (page["totalCount"], len(page["nodes"]), page["pageInfo"]["hasNextPage"]) == (3, 2, True)
    rest = threads_of(ask(THREADS, number=pull.number, first=2, after=page["pageInfo"]["endCursor"]))
    assert [thread["line"] for thread in rest] == [12]


@pytest.mark.parametrize("size", ["", "(first: 101)"])
def test_connection_wants_a_size_of_at_most_a_hundred(ask: Ask, pull: PullRequest, size: str) -> None:
    document = f'{{ repository(owner: "lab", name: "model") {{ pullRequests{size} {{ totalCount }} }} }}'
    assert "`pullRequests` connection" in ask(document)["errors"][0]["message"]


def test_rules_of_the_base_branch_are_visible(ask: Ask, pull: PullRequest) -> None:
    pull.repo.needs_resolution.add("main")
    told = ask(THREADS, number=pull.number)["data"]["repository"]["pullRequest"]
    assert told["baseRef"]["refUpdateRule"]["requiresConversationResolution"] is True


def test_unknown_node_is_not_found(ask: Ask, pull: PullRequest) -> None:
    assert ask(RESOLVE, id="PRRT_0")["errors"][0]["type"] in ("FORBIDDEN", "NOT_FOUND")
    assert ask('{ node(id: "PRRT_0") { id } }')["errors"][0]["type"] == "NOT_FOUND"


def test_document_that_breaks_the_schema_fails_the_test() -> None:
    def query() -> None:
        with FakeGitHub() as github:
            headers = {"Authorization": f"Bearer {github.token()}"}
            answer = httpx.post(
                github.graphql_url, json={"query": "{ viewer { isFixed } }"}, headers=headers, timeout=60
            )
            assert "isFixed" in answer.json()["errors"][0]["message"]

    with pytest.raises(ContractError, match="Cannot query field 'isFixed'"):
        query()
