"""A bare git repository: the commits, trees, merges and archives under a fake GitHub repository."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_SYSTEM": "/dev/null",
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "uploadpack.allowAnySHA1InWant",
    "GIT_CONFIG_VALUE_0": "true",
    "GIT_LITERAL_PATHSPECS": "1",
    "LC_ALL": "C.UTF-8",
}


@dataclass(frozen=True)
class Special:
    """A tree entry that is not a plain file; `content` of a submodule is its commit."""

    mode: str
    content: str | bytes


def executable(content: str | bytes) -> Special:
    """A file that may be executed."""
    return Special("100755", content)


def symlink(target: str) -> Special:
    """A symbolic link."""
    return Special("120000", target)


def submodule(commit: str = "1" * 40) -> Special:
    """A submodule at a commit."""
    return Special("160000", commit)


Files = Mapping[str, str | bytes | Special]
# The new content of some files; None takes a file away.
Changes = Mapping[str, str | bytes | Special | None]


@dataclass(frozen=True)
class Entry:
    """One entry of a tree; `size` is None for trees and submodules."""

    mode: str
    type: str
    sha: str
    size: int | None
    path: str


@dataclass(frozen=True)
class Commit:
    """A commit's own data."""

    sha: str
    tree: str
    parents: tuple[str, ...]
    author: str
    email: str
    date: str
    message: str


class GitError(RuntimeError):
    """Git refused."""


class GitStore:
    """Objects are content-addressed and never change, so what was read of them once is kept."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for name in ("objects", "refs"):  # all that makes a bare repository, ten times as fast as asking git for it
            (path / name).mkdir(parents=True)
        (path / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
        self.tree = cache(self._tree)
        self.index = cache(self._index)
        self.blob = cache(self._blob)
        self.info = cache(self._info)
        self.merge_base = cache(self._merge_base)
        self.between = cache(self._between)
        self.hunks = cache(self._hunks)
        self._kinds: dict[str, str] = {}

    def git(self, *arguments: str, data: bytes | None = None, allowed: Sequence[int] = (0,)) -> bytes:
        """The output of a git command."""
        command = ["git", "-C", str(self.path), *arguments]
        done = subprocess.run(command, input=data, capture_output=True, env=ENVIRONMENT, check=False)
        if done.returncode not in allowed:
            raise GitError(f"git {' '.join(arguments)}: {done.stderr.decode(errors='replace')}")
        return done.stdout

    def commit(
        self, changes: Changes, parents: Sequence[str], message: str, when: datetime, author: str = "octocat"
    ) -> str:
        """Write a commit: the first parent's files, changed; its name."""
        who = f"{author} <{author}@users.noreply.example> {int(when.timestamp())} +0000".encode()
        text = message.encode()
        lines = [b"commit refs/import", b"mark :1", b"author " + who, b"committer " + who, b"data %d" % len(text), text]
        lines += [b"from " + sha.encode() for sha in parents[:1]] + [b"merge " + sha.encode() for sha in parents[1:]]
        for path, content in changes.items():
            lines += _file_commands(path, content)
        stream = b"reset refs/import\n" + b"\n".join([*lines, b"", b"get-mark :1", b""])
        return self.git("fast-import", "--quiet", "--force", data=stream).decode().strip()

    def commit_tree(self, tree: str, parents: Sequence[str], message: str, when: datetime) -> str:
        """Write a commit of a tree that exists already."""
        who = f"author GitHub <noreply@github.example> {int(when.timestamp())} +0000"
        lines = [f"tree {tree}", *(f"parent {sha}" for sha in parents), who, who.replace("author", "committer", 1)]
        body = "\n".join([*lines, "", message, ""])
        return self.git("hash-object", "-t", "commit", "-w", "--stdin", data=body.encode()).decode().strip()

    def merge(self, base: str, head: str, message: str, when: datetime) -> str | None:
        """The merge of head into base, or None when they conflict."""
        output = self.git("merge-tree", "--write-tree", "--allow-unrelated-histories", base, head, allowed=(0, 1))
        tree, _, rest = output.decode(errors="replace").partition("\n")
        if rest:
            return None
        return self.commit_tree(tree, [base, head], message, when)

    def content(self, entry: Entry) -> str | bytes | Special:
        """What an entry holds, ready to be committed under another name."""
        if entry.type == "commit":
            return Special(entry.mode, entry.sha)
        raw = self.blob(entry.sha)
        return raw if entry.mode == "100644" else Special(entry.mode, raw)

    def changes(self, old: str, new: str) -> Changes:
        """What has to be done to the files of one commit to get those of another."""
        before, after = self.index(old), self.index(new)
        written = {p: self.content(e) for p, e in after.items() if e.type != "tree" and before.get(p) != e}
        gone = {p: None for p, e in before.items() if e.type != "tree" and p not in after}
        return written | gone

    def _tree(self, treeish: str, *, recursive: bool = False) -> tuple[Entry, ...]:
        flags = ["-r", "-t"] if recursive else []
        output = self.git("ls-tree", "-z", "-l", *flags, treeish).decode(errors="surrogateescape")
        return tuple(_entry(line) for line in output.split("\0") if line)

    def _index(self, commit: str) -> dict[str, Entry]:
        return {entry.path: entry for entry in self.tree(commit, recursive=True)}

    def entry(self, commit: str, path: str) -> Entry | None:
        """The entry at a path, if there is one."""
        return self.index(commit).get(path)

    def _hunks(self, old: str, new: str, path: str) -> tuple[str, ...]:
        """The headers of the hunks, without context, between two versions of a file."""
        output = self.git("diff", "--no-ext-diff", "--no-textconv", "-U0", old, new, "--", path)
        return tuple(row for row in output.decode(errors="replace").split("\n") if row.startswith("@@"))

    def _blob(self, sha: str) -> bytes:
        return self.git("cat-file", "blob", sha)

    def kind(self, sha: str) -> str | None:
        """`commit`, `tree` or `blob`; None for an object that does not exist."""
        if sha not in self._kinds:
            kind = self.git("cat-file", "-t", sha, allowed=(0, 128)).decode().strip()
            if not kind:
                return None
            self._kinds[sha] = kind
        return self._kinds[sha]

    def _info(self, commit: str) -> Commit:
        output = self.git("show", "--no-patch", "--format=%H%x00%T%x00%P%x00%an%x00%ae%x00%aI%x00%B", commit).decode()
        sha, tree, parents, author, email, date, message = output.split("\0")
        date = datetime.fromisoformat(date).strftime("%Y-%m-%dT%H:%M:%SZ")
        return Commit(sha, tree, tuple(parents.split()), author, email, date, message.rstrip("\n"))

    def _merge_base(self, one: str, other: str) -> str | None:
        return self.git("merge-base", one, other, allowed=(0, 1)).decode().strip() or None

    def _between(self, old: str, new: str) -> tuple[str, ...]:
        """The commits of `old..new`, oldest first."""
        return tuple(self.git("rev-list", "--reverse", "--topo-order", f"{old}..{new}").decode().split())

    def archive(self, commit: str, prefix: str) -> bytes:
        """A gzipped tarball of a commit."""
        return self.git("archive", "--format=tar.gz", f"--prefix={prefix}/", commit)


def _entry(line: str) -> Entry:
    head, _, path = line.partition("\t")
    mode, type_, sha, size = head.split()
    return Entry(mode, type_, sha, None if size == "-" else int(size), path)


def _file_commands(path: str, content: str | bytes | Special | None) -> list[bytes]:
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    quoted = f'"{escaped}"'.encode(errors="surrogateescape")
    if content is None:
        return [b"D " + quoted]
    mode = content.mode if isinstance(content, Special) else "100644"
    data = content.content if isinstance(content, Special) else content
    raw = data.encode() if isinstance(data, str) else data
    if mode == "160000":
        return [b"M 160000 %s %s" % (raw, quoted)]
    return [b"M %s inline %s" % (mode.encode(), quoted), b"data %d" % len(raw), raw]
