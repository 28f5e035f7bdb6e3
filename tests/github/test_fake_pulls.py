"""Pull requests, their files and commits, as a client sees them."""

from __future__ import annotations

import httpx
import pytest

from fakegithub import DiffLimits, FakeGitHub, MergeBlockedError, PullRequest, Repo, executable, submodule, symlink
from samples import BASE, ROOT, Connect


def files_of(client: httpx.Client, pull: PullRequest) -> dict[str, dict[str, object]]:
    listed = client.get(f"{ROOT}/pulls/{pull.number}/files", params={"per_page": 100}).json()
    return {entry["filename"]: entry for entry in listed}


def test_pull_request_tells_its_commits_and_counts(client: httpx.Client, pull: PullRequest) -> None:
    told = client.get(f"{ROOT}/pulls/{pull.number}").json()
    assert told["head"]["sha"] == pull.head_sha
    assert told["base"]["sha"] == pull.base_sha
    assert (told["state"], told["draft"], told["merged"], told["mergeable"]) == ("open", False, False, True)
    assert (told["commits"], told["changed_files"]) == (1, 5)


def test_files_have_status_patch_and_previous_name(client: httpx.Client, pull: PullRequest) -> None:
    files = files_of(client, pull)
    assert {path: file["status"] for path, file in files.items()} == {
        "model.py": "modified",
        "new.py": "added",
        "new/place.py": "renamed",
        "old.py": "removed",
        "picture.png": "added",
    }
    assert files["new/place.py"]["previous_filename"] == "moved.py"
    assert files["new.py"]["patch"] == "@@ -0,0 +1 @@\n+print(1)"
    assert str(files["model.py"]["patch"]).startswith(
        "@@ -7,7 +7,8 @@ line 6\n line 7\n line 8\n line 9\n-line 10\n+LINE 10\n"
    )


def test_binary_and_merely_renamed_files_have_no_patch(client: httpx.Client, pull: PullRequest) -> None:
    files = files_of(client, pull)
    assert "patch" not in files["picture.png"]
    assert "patch" not in files["new/place.py"]


def test_huge_file_has_counts_and_no_patch(github: FakeGitHub, client: httpx.Client, repo: Repo) -> None:
    github.diff_limits = DiffLimits(lines=10)
    pull = github.person("ada").open_pull(repo, {"big.py": "x = 1\n" * 11})
    file = files_of(client, pull)["big.py"]
    assert "patch" not in file
    assert file["additions"] == 11


def test_links_submodules_and_modes_are_shown(github: FakeGitHub, client: httpx.Client, repo: Repo) -> None:
    changes = {
        "link": symlink("/etc/passwd"),
        "vendor": submodule(),
        "model.py": executable(BASE),
        "old.py": symlink("x"),
    }
    files = files_of(client, github.person("ada").open_pull(repo, changes))
    assert {path: file["status"] for path, file in files.items()} == {
        "link": "added",
        "vendor": "added",
        "model.py": "modified",
        "old.py": "changed",
    }
    assert str(files["vendor"]["patch"]).startswith("@@ -0,0 +1 @@\n+Subproject commit")


def test_files_come_in_pages_that_link_to_each_other(github: FakeGitHub, client: httpx.Client, repo: Repo) -> None:
    pull = github.person("ada").open_pull(repo, {f"many/{n:03}.py": "x = 1\n" for n in range(65)})
    first = client.get(f"{ROOT}/pulls/{pull.number}/files")
    assert len(first.json()) == 30
    last = client.get(client.get(first.links["next"]["url"]).links["next"]["url"])
    assert len(last.json()) == 5
    assert "next" not in last.links
    assert last.links["first"]["url"].endswith("page=1")


def test_no_more_files_are_listed_than_github_lists(github: FakeGitHub, client: httpx.Client, repo: Repo) -> None:
    github.max_files = 3
    pull = github.person("ada").open_pull(repo, {f"many/{n}.py": "x = 1\n" for n in range(5)})
    assert len(files_of(client, pull)) == 3
    assert client.get(f"{ROOT}/pulls/{pull.number}").json()["changed_files"] == 5


def test_diff_of_too_many_files_is_refused(github: FakeGitHub, client: httpx.Client, repo: Repo) -> None:
    accept = {"Accept": "application/vnd.github.v3.diff"}
    person = github.person("ada")
    small = person.open_pull(repo, {"new.py": "x = 1\n"})
    assert client.get(f"{ROOT}/pulls/{small.number}", headers=accept).text.startswith("diff --git a/new.py b/new.py")
    large = person.open_pull(repo, {f"many/{n}.py": "x = 1\n" for n in range(301)}, branch="large")
    assert client.get(f"{ROOT}/pulls/{large.number}", headers=accept).status_code == 406


def test_pull_request_of_a_fork_is_found_by_its_branch_alone(
    github: FakeGitHub, client: httpx.Client, repo: Repo
) -> None:
    pull = github.person("mallory").open_pull(repo, {"new.py": "x = 1\n"}, fork=True)
    told = client.get(f"{ROOT}/pulls/{pull.number}").json()
    assert told["head"]["repo"]["full_name"] == "mallory/model"
    assert client.get(f"{ROOT}/commits/{pull.head_sha}/pulls").json() == []
    found = client.get(f"{ROOT}/pulls", params={"head": "mallory:topic", "state": "open"}).json()
    assert [item["number"] for item in found] == [pull.number]


def test_own_branch_is_found_by_its_commit(client: httpx.Client, pull: PullRequest) -> None:
    found = client.get(f"{ROOT}/commits/{pull.head_sha}/pulls").json()
    assert [item["number"] for item in found] == [pull.number]


def test_rebase_moves_the_merge_base_and_keeps_the_diff(
    github: FakeGitHub, client: httpx.Client, pull: PullRequest
) -> None:
    before = github.files(pull)
    github.person("ada").push_to(pull.repo, {"data/table.csv": "a,b\n3,4\n"})
    github.person("ada").rebase(pull)
    assert github.merge_base(pull) == pull.repo.branches["main"]
    assert github.files(pull) == before


def test_conflict_leaves_no_merge_commit(github: FakeGitHub, client: httpx.Client, pull: PullRequest) -> None:
    github.person("ada").push_to(pull.repo, {"model.py": BASE.replace("line 10\n", "other\n")})
    told = client.get(f"{ROOT}/pulls/{pull.number}").json()
    assert (told["mergeable"], told["mergeable_state"], told["merge_commit_sha"]) == (False, "dirty", None)
    with pytest.raises(MergeBlockedError, match="conflicts"):
        github.person("ada").merge(pull)


def test_merge_commit_has_both_parents(github: FakeGitHub, client: httpx.Client, pull: PullRequest) -> None:
    sha = client.get(f"{ROOT}/pulls/{pull.number}").json()["merge_commit_sha"]
    parents = client.get(f"{ROOT}/git/commits/{sha}").json()["parents"]
    assert [parent["sha"] for parent in parents] == [pull.base_sha, pull.head_sha]


def test_merged_pull_request_is_closed(github: FakeGitHub, client: httpx.Client, pull: PullRequest) -> None:
    github.person("ada").merge(pull)
    told = client.get(f"{ROOT}/pulls/{pull.number}").json()
    assert (told["state"], told["merged"], told["merged_by"]["login"]) == ("closed", True, "ada")
    assert client.get(f"{ROOT}/pulls").json() == []
    assert len(client.get(f"{ROOT}/pulls", params={"state": "closed"}).json()) == 1


def test_retargeted_pull_request_is_compared_with_its_new_base(
    github: FakeGitHub, client: httpx.Client, pull: PullRequest
) -> None:
    ada = github.person("ada")
    ada.push_to(pull.repo, {"new.py": "print(1)\n"}, branch="next")
    ada.retarget(pull, "next")
    told = client.get(f"{ROOT}/pulls/{pull.number}").json()
    assert told["base"]["ref"] == "next"


def test_private_repository_does_not_exist_for_strangers(github: FakeGitHub, connect: Connect) -> None:
    github.create_repo("lab/secret", {"a.py": "x = 1\n"}, private=True)
    assert connect("eve", {"contents": "read"}).get("/repos/lab/secret").status_code == 404
    assert connect().get("/repos/lab/secret").status_code == 200
