"""What git says about a change, and what a hostile repository cannot make it do."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from readiness.collect.git import ChangedFile, Changes, Repository
from readiness.collect.source_file import SourceFile
from readiness.errors import GitError
from readiness.facts.sorts import FileKind

IDENTITY = {
    "GIT_AUTHOR_NAME": "a",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "a",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
}


@dataclass(frozen=True)
class WorkTree:
    """A real repository to make history in."""

    root: Path

    def git(self, *arguments: str) -> None:
        subprocess.run(
            ["git", *arguments], cwd=self.root, env={**os.environ, **IDENTITY}, check=True, capture_output=True
        )

    def write(self, path: str, text: str | bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def commit(self, **files: str) -> None:
        for path, text in files.items():
            self.write(path.replace("_py", ".py"), text)
        self.git("add", "--all")
        self.git("commit", "--allow-empty", "-m", "a change")

    def changes(self, base: str = "base") -> Changes:
        return Repository(self.root).changes(base)


@pytest.fixture
def tree(tmp_path: Path) -> WorkTree:
    tree = WorkTree(tmp_path)
    tree.git("init", "--initial-branch=main")
    tree.commit(a_py="1\n2\n3\n4\n")
    tree.git("branch", "base")
    return tree


def test_added_and_rewritten_lines_are_known(tree: WorkTree) -> None:
    tree.commit(a_py="1\ntwo\n3\n4\n5\n6\n")
    file = tree.changes().files["a.py"]
    assert file.lines == (range(2, 3), range(5, 7))
    assert [line for line in range(1, 8) if file.touches(line, line)] == [2, 5, 6]


def test_removed_lines_touch_no_line_of_the_new_file(tree: WorkTree) -> None:
    tree.commit(a_py="1\n4\n")
    assert tree.changes().files["a.py"].lines == ()


def test_the_work_tree_counts_with_files_that_were_never_added(tree: WorkTree) -> None:
    tree.write("a.py", "1\n2\n3\n4\n5\n")
    tree.write("new.py", "1\n")
    tree.write(".gitignore", "ignored.py\n")
    tree.write("ignored.py", "1\n")
    changes = tree.changes()
    assert sorted(changes.files) == [".gitignore", "a.py", "new.py"]
    assert changes.files["new.py"].touches(1, 1)


def test_only_what_happened_since_the_branch_left_its_base_counts(tree: WorkTree) -> None:
    tree.commit(b_py="1\n")
    tree.git("checkout", "base")
    tree.commit(a_py="changed on the base only\n")
    tree.git("checkout", "main")
    assert list(tree.changes().files) == ["b.py"]


def test_a_renamed_file_keeps_its_past(tree: WorkTree) -> None:
    tree.git("mv", "a.py", "b.py")
    tree.commit(b_py="1\n2\n3\n4\n5\n")
    changes = tree.changes()
    assert [(file.old_path, file.lines) for file in changes.files.values()] == [("a.py", (range(5, 6),))]
    (old,) = Repository(tree.root).at_base(changes, [SourceFile("b.py", FileKind.PYTHON)])
    assert (old.path, old.read()) == ("b.py", b"1\n2\n3\n4\n")


def test_a_new_file_has_no_past(tree: WorkTree) -> None:
    tree.commit(b_py="1\n")
    assert Repository(tree.root).at_base(tree.changes(), [SourceFile("b.py", FileKind.PYTHON)]) == []


def test_a_deleted_file_has_a_past_and_no_place_in_the_change(tree: WorkTree) -> None:
    tree.git("rm", "a.py")
    changes = tree.changes()
    assert changes.files == {}
    (old,) = Repository(tree.root).at_base(changes, [])
    assert (old.path, old.kind, old.read()) == ("a.py", FileKind.PYTHON, b"1\n2\n3\n4\n")


def test_a_deleted_file_of_a_tool_is_not_looked_at(tree: WorkTree) -> None:
    tree.write("node_modules/a.py", "1\n")
    tree.commit()
    tree.git("branch", "--force", "base")
    tree.git("rm", "-r", "node_modules")
    assert Repository(tree.root).at_base(tree.changes(), []) == []


def test_contents_at_the_base_are_exact(tree: WorkTree) -> None:
    binary = bytes(range(256)) + b"\nblob 3\n\n"
    tree.write("b.py", binary)
    tree.write("c.py", "")
    tree.commit()
    tree.git("branch", "--force", "base")
    tree.commit(a_py="x\n", b_py="x\n", c_py="x\n")
    files = [SourceFile(path, FileKind.PYTHON) for path in ("c.py", "a.py", "b.py")]
    old = Repository(tree.root).at_base(tree.changes(), files)
    assert [file.read() for file in old] == [b"", b"1\n2\n3\n4\n", binary]


@pytest.mark.parametrize(
    "name",
    [
        "two words.py",
        'quote".py',
        "new\nline.py",
        "tab\t.py",
        "-option.py",
        "ünï.py",
        "\udcff.py",
        ":(top)x.py",
        "*.py",
    ],
)
def test_any_file_name_is_safe(tree: WorkTree, name: str) -> None:
    (tree.root / name).write_text("1\n")
    tree.commit()
    tree.git("branch", "--force", "base")
    (tree.root / name).write_text("1\n2\n")
    changes = tree.changes()
    assert changes.files[name].lines == (range(2, 3),)
    (old,) = Repository(tree.root).at_base(changes, [SourceFile(name, FileKind.PYTHON)])
    assert old.read() == b"1\n"


def test_file_text_that_looks_like_a_patch_is_only_text(tree: WorkTree) -> None:
    hostile = "diff --git a/x b/x\n@@ -1 +50,9 @@\n--- a/x\n+++ b/x\n"
    tree.write("b.py", hostile)
    tree.commit(a_py=hostile)
    assert tree.changes().files["a.py"].lines == (range(1, 5),)


def test_attributes_of_the_repository_hide_no_lines(tree: WorkTree) -> None:
    tree.write(".gitattributes", "*.py -diff binary\n")
    tree.commit(a_py="1\ntwo\n3\n4\n")
    assert tree.changes().files["a.py"].lines == (range(2, 3),)


def test_modes_links_and_submodules_do_not_confuse_the_lines(tree: WorkTree) -> None:
    (tree.root / "link").symlink_to("a.py")
    tree.commit(b_py="1\n", z_py="1\n")
    tree.git("branch", "--force", "base")
    (tree.root / "a.py").chmod(0o755)
    (tree.root / "link").unlink()
    (tree.root / "link").symlink_to("b.py")
    (tree.root / "b.py").unlink()
    (tree.root / "b.py").symlink_to("a.py")
    tree.write("z.py", "1\n2\n")
    tree.git("-c", "protocol.file.allow=always", "clone", ".", "module")
    tree.git("add", "--all")
    changes = tree.changes()
    assert changes.files["z.py"].lines == (range(2, 3),)
    assert sorted(changes.files) == ["a.py", "z.py"]


def test_nothing_that_the_repository_configures_is_run(
    tree: WorkTree, tmp_path_factory: pytest.TempPathFactory
) -> None:
    traces = tmp_path_factory.mktemp("traces")
    program = traces / "program"
    program.write_text(f"#!/bin/sh\ntouch '{traces}/run'\ncat\n")
    program.chmod(0o755)
    tree.write(".gitattributes", "*.py filter=a=b diff=d\n")
    tree.commit(a_py="1\ntwo\n")
    for key in (
        "core.fsmonitor",
        "diff.external",
        "diff.d.textconv",
        "diff.d.command",
        "filter.a=b.clean",
        "filter.a=b.process",
    ):
        tree.git("config", key, str(program))
    tree.git("config", "filter.a=b.required", "true")
    for hook in ("post-index-change", "post-checkout", "fsmonitor-watchman"):
        (tree.root / ".git/hooks" / hook).write_bytes(program.read_bytes())
        (tree.root / ".git/hooks" / hook).chmod(0o755)
    tree.write("a.py", "1\nthree\n")
    changes = tree.changes()
    Repository(tree.root).at_base(changes, [SourceFile("a.py", FileKind.PYTHON)])
    assert changes.files["a.py"].lines == (range(2, 3),)
    assert not (traces / "run").exists()


@pytest.mark.parametrize("base", ["no-such-branch", "", "--output=x", "HEAD~99", "main:a.py"])
def test_a_base_that_does_not_exist_is_an_error_with_advice(tree: WorkTree, base: str) -> None:
    with pytest.raises(GitError) as caught:
        tree.changes(base)
    assert "fetch-depth: 0" in caught.value.advice


def test_histories_without_a_common_commit_are_an_error_with_advice(tree: WorkTree) -> None:
    tree.git("checkout", "--orphan", "other")
    tree.commit(b_py="another beginning")
    with pytest.raises(GitError, match="no commit in common") as caught:
        tree.changes("main")
    assert "fetch" in caught.value.advice


def test_a_folder_without_git_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="git rev-parse failed: fatal: not a git repository"):
        Repository(tmp_path).changes("main")


def test_a_new_file_is_touched_everywhere() -> None:
    assert ChangedFile("a.py").touches(1, 1)
