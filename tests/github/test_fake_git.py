"""Trees, blobs, contents, comparisons and archives, as a client sees them, and git itself underneath."""

from __future__ import annotations

import base64
import io
import tarfile
from pathlib import Path

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fakegithub import FakeGitHub, PullRequest, Repo, executable, submodule, symlink
from fakegithub.gitstore import Files, GitStore
from fakegithub.patches import diff, follow
from fakegithub.state import Clock
from samples import BASE, HEAD, ROOT

LINES = st.lists(st.sampled_from(["a", "b", "c", "-", "+", "@@ -1 +1 @@", "diff --git a/x b/x", ""]), max_size=12)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> GitStore:
    return GitStore(tmp_path_factory.mktemp("git") / "store.git")


def commit(store: GitStore, text: str, name: str = "f") -> str:
    return store.commit({name: text}, [], "x", Clock().tick())


@settings(max_examples=40, deadline=None)
@given(old=LINES, new=LINES)
def test_patch_shows_every_line_with_its_numbers_on_both_sides(store: GitStore, old: list[str], new: list[str]) -> None:
    before, after = ("".join(f"{line}\n" for line in lines) for lines in (old, new))
    files = diff(store, commit(store, before), commit(store, after))
    assert len(files) == (before != after)
    for row in [row for file in files for row in file.lines]:
        assert row.old is None or old[row.old - 1] == row.text
        assert row.new is None or new[row.new - 1] == row.text
    assert sum(file.additions - file.deletions for file in files) == len(new) - len(old)


@settings(max_examples=40, deadline=None)
@given(old=LINES, new=LINES)
def test_line_that_is_followed_has_kept_its_text(store: GitStore, old: list[str], new: list[str]) -> None:
    before, after = (commit(store, "".join(f"{line}\n" for line in lines)) for lines in (old, new))
    found = [follow(store, "f", before, after, number) for number in range(1, len(old) + 1)]
    kept = [number for number in found if number is not None]
    assert kept == sorted(set(kept))
    assert all(number is None or new[number - 1] == line for line, number in zip(old, found, strict=True))


def test_tree_lists_modes_sizes_and_types(github: FakeGitHub, client: httpx.Client) -> None:
    files: Files = {
        "a.py": "x = 1\n",
        "run.sh": executable("true\n"),
        "link": symlink("a.py"),
        "vendor": submodule("2" * 40),
    }
    repo = github.create_repo("lab/modes", {**files, "pkg/b.py": "y = 2\n"})
    tree = client.get(f"/repos/lab/modes/git/trees/{repo.branches['main']}", params={"recursive": "1"}).json()
    assert tree["truncated"] is False
    assert {entry["path"]: (entry["mode"], entry["type"], entry.get("size")) for entry in tree["tree"]} == {
        "a.py": ("100644", "blob", 6),
        "link": ("120000", "blob", 4),
        "pkg": ("040000", "tree", None),
        "pkg/b.py": ("100644", "blob", 6),
        "run.sh": ("100755", "blob", 5),
        "vendor": ("160000", "commit", None),
    }


def test_large_tree_is_cut_and_says_so(github: FakeGitHub, client: httpx.Client, repo: Repo) -> None:
    github.max_tree = 2
    tree = client.get(f"{ROOT}/git/trees/main", params={"recursive": "1"}).json()
    assert (len(tree["tree"]), tree["truncated"]) == (2, True)


def test_blob_comes_encoded_or_raw(client: httpx.Client, repo: Repo) -> None:
    entry = repo.store.entry(repo.branches["main"], "model.py")
    assert entry is not None
    url = f"{ROOT}/git/blobs/{entry.sha}"
    assert base64.b64decode(client.get(url).json()["content"]).decode() == BASE
    assert client.get(url, headers={"Accept": "application/vnd.github.raw+json"}).text == BASE
    assert client.get(f"{ROOT}/git/blobs/{'0' * 40}").status_code == 404


def test_contents_show_files_folders_and_links(github: FakeGitHub, client: httpx.Client) -> None:
    github.create_repo("lab/kinds", {"pkg/a.py": "x = 1\n", "pkg/link": symlink("/etc/passwd"), "vendor": submodule()})
    listed = client.get("/repos/lab/kinds/contents/pkg").json()
    assert [(item["path"], item["type"]) for item in listed] == [("pkg/a.py", "file"), ("pkg/link", "symlink")]
    file = client.get("/repos/lab/kinds/contents/pkg/a.py").json()
    assert base64.b64decode(file["content"]) == b"x = 1\n"
    assert client.get("/repos/lab/kinds/contents/pkg/link").json()["target"] == "/etc/passwd"
    assert client.get("/repos/lab/kinds/contents/vendor").json()["type"] == "submodule"
    assert client.get("/repos/lab/kinds/contents/absent.py").status_code == 404


def test_link_inside_the_repository_shows_what_it_leads_to(github: FakeGitHub, client: httpx.Client) -> None:
    github.create_repo("lab/links", {"secret.txt": "x\n", "pkg/link": symlink("../secret.txt")})
    shown = client.get("/repos/lab/links/contents/pkg/link").json()
    assert (shown["type"], shown["path"], base64.b64decode(shown["content"])) == ("file", "secret.txt", b"x\n")


def test_paths_may_hold_any_character(github: FakeGitHub, client: httpx.Client) -> None:
    names = ['a "quoted" name.py', "back\\slash.py", "line\nbreak.py", "::error::.py", "ünïcode ☃.py"]
    repo = github.create_repo("lab/names", dict.fromkeys(names, "x = 1\n"))
    pull = github.person("ada").open_pull(repo, {names[0]: None, names[2]: "x = 2\n"})
    files = client.get(f"/repos/lab/names/pulls/{pull.number}/files").json()
    assert {file["filename"]: file["status"] for file in files} == {names[0]: "removed", names[2]: "modified"}
    assert {entry.path for entry in repo.store.tree(repo.branches["main"])} == set(names)


def test_nothing_absent_can_be_taken_away(github: FakeGitHub, repo: Repo) -> None:
    with pytest.raises(ValueError, match=r"absent\.py is not there"):
        github.person("ada").push_to(repo, {"absent.py": None})


def test_large_file_has_no_content_unless_asked_for_raw(github: FakeGitHub, client: httpx.Client) -> None:
    github.create_repo("lab/large", {"big.txt": "x" * 1_000_001})
    url = "/repos/lab/large/contents/big.txt"
    assert (client.get(url).json()["content"], client.get(url).json()["encoding"]) == ("", "none")
    assert len(client.get(url, headers={"Accept": "application/vnd.github.raw+json"}).content) == 1_000_001


def test_comparison_starts_at_the_merge_base(github: FakeGitHub, client: httpx.Client, pull: PullRequest) -> None:
    base = pull.base_sha
    github.person("ada").push_to(pull.repo, {"data/table.csv": "a,b\n3,4\n"})
    told = client.get(f"{ROOT}/compare/main...{pull.head_sha}").json()
    assert (told["status"], told["ahead_by"], told["behind_by"]) == ("diverged", 1, 1)
    assert told["merge_base_commit"]["sha"] == base
    assert "data/table.csv" not in {file["filename"] for file in told["files"]}


def test_comparison_lists_files_on_its_first_page_only(
    github: FakeGitHub, client: httpx.Client, pull: PullRequest
) -> None:
    github.max_compare_files = 2
    url = f"{ROOT}/compare/{pull.base_sha}...{pull.head_sha}"
    assert len(client.get(url).json()["files"]) == 2
    assert "files" not in client.get(url, params={"page": 2, "per_page": 1}).json()


def test_archive_is_on_another_host_and_complete(client: httpx.Client, pull: PullRequest) -> None:
    sent = client.get(f"{ROOT}/tarball/{pull.head_sha}")
    assert sent.status_code == 302
    assert sent.next_request is not None
    assert sent.next_request.url.host != client.base_url.host
    assert "authorization" not in sent.next_request.headers
    content = client.get(f"{ROOT}/tarball/{pull.head_sha}", follow_redirects=True).content
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        member = archive.extractfile(f"lab-model-{pull.head_sha[:7]}/model.py")
        assert member is not None
        assert member.read().decode() == HEAD


def test_branches_refs_and_commits_are_found(client: httpx.Client, pull: PullRequest) -> None:
    assert client.get(f"{ROOT}/branches/topic").json()["commit"]["sha"] == pull.head_sha
    assert client.get(f"{ROOT}/git/ref/heads/topic").json()["object"]["sha"] == pull.head_sha
    assert client.get(f"{ROOT}/commits/topic").json()["sha"] == pull.head_sha
    assert client.get(f"{ROOT}/commits", params={"sha": "topic"}).json()[1]["sha"] == pull.base_sha
    assert client.get(f"{ROOT}/git/ref/heads/absent").status_code == 404


def test_commit_lists_the_files_that_it_changed(client: httpx.Client, pull: PullRequest) -> None:
    files = client.get(f"{ROOT}/commits/{pull.head_sha}").json()["files"]
    assert "model.py" in {file["filename"] for file in files}


def test_repository_is_one_that_git_accepts(repo: Repo, tmp_path: Path) -> None:
    assert repo.store.git("fsck", "--strict") == b""
    with pytest.raises(RuntimeError, match="git cat-file"):
        repo.store.blob("0" * 40)
