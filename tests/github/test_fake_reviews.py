"""Reviews and comments: what GitHub takes, what it refuses, and what becomes of them."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from fakegithub import FakeGitHub, MergeBlockedError, PullRequest
from samples import BASE, HEAD, ROOT, Connect


def review(client: httpx.Client, pull: PullRequest, *comments: dict[str, Any], **fields: Any) -> httpx.Response:
    body = {"event": "COMMENT", "body": "Some remarks.", "commit_id": pull.head_sha, "comments": list(comments)}
    return client.post(f"{ROOT}/pulls/{pull.number}/reviews", json=body | fields)


def line(number: int, path: str = "model.py", **fields: Any) -> dict[str, Any]:
    return {"path": path, "line": number, "side": "RIGHT", "body": f"about line {number}"} | fields


def problem(answer: httpx.Response) -> str:
    assert answer.status_code == 422, answer.text
    return " ".join(str(error) for error in answer.json()["errors"])


def comments_of(client: httpx.Client, pull: PullRequest) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = client.get(f"{ROOT}/pulls/{pull.number}/comments").json()
    return listed


def test_review_posts_all_its_comments(client: httpx.Client, pull: PullRequest) -> None:
    answer = review(client, pull, line(10), line(11, start_line=10, start_side="RIGHT"))
    assert (answer.status_code, answer.json()["state"]) == (200, "COMMENTED")
    first, second = comments_of(client, pull)
    assert (first["line"], first["start_line"], first["subject_type"]) == (10, None, "line")
    assert (second["line"], second["start_line"]) == (11, 10)
    assert first["user"]["login"] == "github-actions[bot]"
    assert first["diff_hunk"].endswith("-line 10\n+LINE 10")


def test_context_lines_may_be_commented(client: httpx.Client, pull: PullRequest) -> None:
    assert review(client, pull, line(7), line(14)).status_code == 200


def test_removed_lines_may_be_commented_on_the_left(client: httpx.Client, pull: PullRequest) -> None:
    assert review(client, pull, line(10, side="LEFT")).status_code == 200
    assert comments_of(client, pull)[0]["side"] == "LEFT"


def test_line_outside_the_diff_is_refused_and_nothing_is_posted(client: httpx.Client, pull: PullRequest) -> None:
    assert "must be part of the diff" in problem(review(client, pull, line(10), line(20)))
    assert (pull.reviews, pull.threads) == ([], [])


def test_range_over_two_hunks_is_refused(client: httpx.Client, pull: PullRequest) -> None:
    assert "same hunk" in problem(review(client, pull, line(31, start_line=10)))


def test_range_of_one_line_is_refused(client: httpx.Client, pull: PullRequest) -> None:
    assert "must precede" in problem(review(client, pull, line(10, start_line=10)))


def test_file_without_patch_takes_no_line_comment(client: httpx.Client, pull: PullRequest) -> None:
    assert "can't be blank" in problem(review(client, pull, line(1, "picture.png")))


def test_file_that_is_not_changed_takes_no_comment(client: httpx.Client, pull: PullRequest) -> None:
    assert "path" in problem(review(client, pull, line(1, "data/table.csv")))


def test_comment_review_needs_a_body(client: httpx.Client, pull: PullRequest) -> None:
    assert "Body is required" in problem(review(client, pull, line(10), body=""))


def test_bodies_have_a_greatest_length(client: httpx.Client, pull: PullRequest) -> None:
    assert review(client, pull, body="x" * 65536).status_code == 200
    assert review(client, pull, body="x" * 65537).status_code == 422
    assert review(client, pull, line(10, body="x" * 65537)).status_code == 422


def test_bot_may_not_approve(client: httpx.Client, pull: PullRequest) -> None:
    assert "not permitted to approve" in problem(review(client, pull, event="APPROVE"))


def test_nobody_blocks_their_own_pull_request(connect: Connect, pull: PullRequest) -> None:
    ada = connect("ada", {"pull_requests": "write"})
    assert "own pull request" in problem(review(ada, pull, event="REQUEST_CHANGES"))


def test_file_comment_has_no_line(client: httpx.Client, pull: PullRequest) -> None:
    body = {"body": "whole", "commit_id": pull.head_sha, "path": "picture.png", "subject_type": "file"}
    answer = client.post(f"{ROOT}/pulls/{pull.number}/comments", json=body)
    assert answer.status_code == 201
    assert (answer.json()["line"], answer.json()["subject_type"]) == (None, "file")


def test_misplaced_single_comment_is_refused_with_the_resource_named(client: httpx.Client, pull: PullRequest) -> None:
    body = {"body": "here", "commit_id": pull.head_sha, "path": "model.py", "line": 20, "side": "RIGHT"}
    answer = client.post(f"{ROOT}/pulls/{pull.number}/comments", json=body)
    assert "must be part of the diff" in problem(answer)
    assert answer.json()["errors"][0]["resource"] == "ReviewComment"


def test_single_comments_may_be_answered_changed_and_deleted(client: httpx.Client, pull: PullRequest) -> None:
    body = {"body": "here", "commit_id": pull.head_sha, "path": "model.py", "line": 10, "side": "RIGHT"}
    made = client.post(f"{ROOT}/pulls/{pull.number}/comments", json=body).json()
    answer = client.post(f"{ROOT}/pulls/{pull.number}/comments/{made['id']}/replies", json={"body": "and there"}).json()
    assert answer["in_reply_to_id"] == made["id"]
    edited = client.patch(f"{ROOT}/pulls/comments/{made['id']}", json={"body": "changed"})
    assert edited.json()["body"] == "changed"
    for comment in (made, answer):
        assert client.delete(f"{ROOT}/pulls/comments/{comment['id']}").status_code == 204
    assert (pull.threads, pull.reviews) == ([], [])


def test_other_peoples_comments_are_not_ours_to_change(
    github: FakeGitHub, client: httpx.Client, pull: PullRequest
) -> None:
    theirs = github.person("eve").comment(pull, "model.py", "mine", 10)
    assert client.patch(f"{ROOT}/pulls/comments/{theirs.id}", json={"body": "ours"}).status_code == 403
    assert client.delete(f"{ROOT}/pulls/comments/{theirs.id}").status_code == 403


def test_comment_moves_with_its_line(github: FakeGitHub, client: httpx.Client, pull: PullRequest) -> None:
    review(client, pull, line(10))
    github.person("ada").push(pull, {"model.py": "first\n" + HEAD})
    shown = comments_of(client, pull)[0]
    assert (shown["line"], shown["original_line"], shown["commit_id"]) == (11, 10, pull.head_sha)


@pytest.mark.parametrize("content", [HEAD.replace("LINE 10\n", "changed\n"), BASE, None])
def test_comment_is_outdated_when_its_line_leaves_the_diff(
    github: FakeGitHub, client: httpx.Client, pull: PullRequest, content: str | None
) -> None:
    review(client, pull, line(10))
    before = pull.head_sha
    github.person("ada").push(pull, {"model.py": content})
    shown = comments_of(client, pull)[0]
    assert (shown["line"], shown["position"], shown["original_line"]) == (None, None, 10)
    assert shown["commit_id"] == before


def test_comment_is_outdated_when_its_file_is_renamed(
    github: FakeGitHub, client: httpx.Client, pull: PullRequest
) -> None:
    review(client, pull, line(10))
    github.person("ada").rename(pull, "model.py", "renamed.py")
    assert comments_of(client, pull)[0]["line"] is None


def test_force_push_makes_reviews_claim_the_new_head(
    github: FakeGitHub, client: httpx.Client, pull: PullRequest
) -> None:
    review(client, pull, line(10))
    old = pull.head_sha
    new = github.person("ada").force_push(pull, {"model.py": HEAD})
    assert client.get(f"{ROOT}/pulls/{pull.number}/reviews").json()[0]["commit_id"] == new
    assert review(client, pull, line(10), commit_id=old).status_code == 422
    assert comments_of(client, pull)[0]["line"] == 10


def test_pending_review_is_seen_by_its_author_alone(connect: Connect, client: httpx.Client, pull: PullRequest) -> None:
    body = {"commit_id": pull.head_sha, "comments": [line(10)]}
    made = client.post(f"{ROOT}/pulls/{pull.number}/reviews", json=body).json()
    assert (made["state"], "submitted_at" in made) == ("PENDING", False)
    other = connect("eve", {"pull_requests": "write"})
    assert (len(comments_of(client, pull)), len(comments_of(other, pull))) == (1, 0)
    assert "one pending review" in problem(client.post(f"{ROOT}/pulls/{pull.number}/reviews", json=body))
    client.post(f"{ROOT}/pulls/{pull.number}/reviews/{made['id']}/events", json={"event": "COMMENT", "body": "Done."})
    assert len(comments_of(other, pull)) == 1


def test_pending_review_can_be_dropped_with_its_comments(client: httpx.Client, pull: PullRequest) -> None:
    made = client.post(f"{ROOT}/pulls/{pull.number}/reviews", json={"comments": [line(10)]}).json()
    assert client.delete(f"{ROOT}/pulls/{pull.number}/reviews/{made['id']}").status_code == 200
    assert (pull.reviews, pull.threads) == ([], [])


def test_only_blocking_and_approving_reviews_can_be_dismissed(
    github: FakeGitHub, client: httpx.Client, pull: PullRequest
) -> None:
    blocking = github.person("eve").review(pull, "REQUEST_CHANGES")
    url = f"{ROOT}/pulls/{pull.number}/reviews"
    assert client.put(f"{url}/{blocking.id}/dismissals", json={"message": "fixed"}).json()["state"] == "DISMISSED"
    talk = review(client, pull).json()
    assert client.put(f"{url}/{talk['id']}/dismissals", json={"message": "fixed"}).status_code == 422


def test_thread_that_nobody_resolved_blocks_a_protected_branch(
    github: FakeGitHub, client: httpx.Client, pull: PullRequest
) -> None:
    pull.repo.needs_resolution.add("main")
    review(client, pull, line(10))
    github.person("ada").push(pull, {"model.py": BASE})  # outdated threads count too
    with pytest.raises(MergeBlockedError, match="1 conversations"):
        github.person("ada").merge(pull)
    github.person("ada").resolve(pull.threads[0])
    github.person("ada").merge(pull)


def test_conversation_comment_is_posted_edited_and_deleted(client: httpx.Client, pull: PullRequest) -> None:
    url = f"{ROOT}/issues/{pull.number}/comments"
    made = client.post(url, json={"body": "Summary"}).json()
    assert made["user"]["login"] == "github-actions[bot]"
    client.patch(f"{ROOT}/issues/comments/{made['id']}", json={"body": "Better summary"})
    assert [item["body"] for item in client.get(url).json()] == ["Better summary"]
    assert client.post(url, json={"body": "x" * 65537}).status_code == 422
    assert client.delete(f"{ROOT}/issues/comments/{made['id']}").status_code == 204


def test_reactions_are_counted_and_listed(github: FakeGitHub, client: httpx.Client, pull: PullRequest) -> None:
    review(client, pull, line(10))
    comment = pull.threads[0].comments[0]
    github.person("eve").react(comment, "-1")
    url = f"{ROOT}/pulls/comments/{comment.id}"
    assert client.get(url).json()["reactions"]["-1"] == 1
    assert client.get(f"{url}/reactions").json()[0]["user"]["login"] == "eve"
    assert client.post(f"{url}/reactions", json={"content": "eyes"}).status_code == 201
    assert client.post(f"{url}/reactions", json={"content": "eyes"}).status_code == 200
