"""PyGithub, the client that the bot uses, against the fake."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from github.PullRequest import ReviewComment

from fakegithub import READ_ONLY, FakeGitHub, Fault, PullRequest
from github import Auth, Github, GithubException, GithubRetry
from samples import HEAD

Open = Callable[..., Github]


@pytest.fixture
def open_github(github: FakeGitHub) -> Iterator[Open]:
    opened: list[Github] = []

    def connect(permissions: dict[str, str] | None = None, retry: GithubRetry | None = None) -> Github:
        auth = Auth.Token(github.token(permissions=permissions))
        opened.append(
            Github(
                auth=auth,
                base_url=github.api_url,
                retry=retry,
                seconds_between_requests=0,
                seconds_between_writes=0,
                per_page=100,
            )
        )
        return opened[-1]

    yield connect
    for connection in opened:
        connection.close()


def test_review_is_created_read_and_dismissed(open_github: Open, github: FakeGitHub, pull: PullRequest) -> None:
    found = open_github().get_repo("lab/model").get_pull(pull.number)
    assert {file.filename: file.patch is None for file in found.get_files()} == {
        "model.py": False,
        "new.py": False,
        "new/place.py": True,
        "old.py": False,
        "picture.png": True,
    }
    commit = found.base.repo.get_commit(pull.head_sha)
    place = ReviewComment(path="model.py", body="why?", line=11, side="RIGHT", start_line=10, start_side="RIGHT")
    review = found.create_review(commit=commit, body="Look.", event="COMMENT", comments=[place])
    assert [item.body for item in found.get_reviews()] == ["Look."]
    [said] = found.get_review_comments()
    assert (said.path, said.line, said.original_line, said.pull_request_review_id) == ("model.py", 11, 11, review.id)
    blocking = github.person("eve").review(pull, "REQUEST_CHANGES")
    found.get_review(blocking.id).dismiss("fixed")
    assert blocking.state == "DISMISSED"


def test_outdated_comment_has_no_line(open_github: Open, github: FakeGitHub, pull: PullRequest) -> None:
    found = open_github().get_repo("lab/model").get_pull(pull.number)
    commit = found.base.repo.get_commit(pull.head_sha)
    found.create_review_comment("why?", commit, "model.py", line=10, side="RIGHT")
    github.person("ada").push(pull, {"model.py": HEAD.replace("LINE 10\n", "")})
    [said] = found.get_review_comments()
    assert not said.line
    assert said.original_line == 10


def test_file_comment_reply_edit_and_delete(open_github: Open, pull: PullRequest) -> None:
    found = open_github().get_repo("lab/model").get_pull(pull.number)
    commit = found.base.repo.get_commit(pull.head_sha)
    made = found.create_review_comment("whole", commit, "picture.png", subject_type="file")
    assert made.subject_type == "file"
    found.create_review_comment_reply(made.id, "indeed")
    made.edit("changed")
    made.delete()
    assert [comment.body for comment in pull.threads[0].comments] == ["indeed"]


def test_summary_is_written_and_edited(open_github: Open, pull: PullRequest) -> None:
    found = open_github().get_repo("lab/model").get_pull(pull.number)
    found.create_issue_comment("Summary").edit("Better summary")
    assert [comment.body for comment in found.get_issue_comments()] == ["Better summary"]


def test_trees_blobs_and_comparison(open_github: Open, pull: PullRequest) -> None:
    repository = open_github().get_repo("lab/model")
    tree = repository.get_git_tree(pull.head_sha, recursive=True)
    [entry] = [item for item in tree.tree if item.path == "new.py"]
    assert repository.get_git_blob(entry.sha).content.strip() == "cHJpbnQoMSkK"
    assert repository.compare(pull.base_sha, pull.head_sha).ahead_by == 1
    assert repository.get_collaborator_permission("ada") == "read"


def test_missing_permission_is_an_exception_with_githubs_words(open_github: Open, pull: PullRequest) -> None:
    found = open_github(READ_ONLY).get_repo("lab/model").get_pull(pull.number)
    with pytest.raises(GithubException, match="Resource not accessible by integration") as caught:
        found.create_issue_comment("Summary")
    assert caught.value.status == 403


def test_blind_retry_of_a_lost_answer_posts_twice(open_github: Open, github: FakeGitHub, pull: PullRequest) -> None:
    blind = GithubRetry(total=1, backoff_factor=0, status_forcelist=[502])
    found = open_github(retry=blind).get_repo("lab/model").get_pull(pull.number)
    github.faults.append(Fault("POST", r"/comments$", status=502, performed=True))
    found.create_issue_comment("Summary")
    assert len(pull.conversation) == 2


def test_graphql_goes_to_the_right_address(open_github: Open, pull: PullRequest) -> None:
    _, told = open_github().requester.graphql_query("query { viewer { login } }", {})
    assert told["data"]["viewer"]["login"] == "github-actions[bot]"
