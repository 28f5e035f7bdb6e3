"""What changed since a base revision, from git itself: files, lines, and the files as they were.

The repository is not trusted: no hook, filter, text conversion, external diff or file monitor is run, nothing is
fetched, and old contents are asked for by object id, so that no path is ever read as an option or a revision.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from readiness.collect.classify import stored_file
from readiness.collect.ignore import is_reviewed
from readiness.collect.source_file import SourceFile
from readiness.errors import GitError

_SETTINGS = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.quotePath": "true",
}
_FILTER_KEYS = {"clean": "", "smudge": "", "process": "", "required": "false"}
_ENVIRONMENT = {"GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
_DIFF = (
    "diff", "--no-ext-diff", "--no-textconv", "--no-color", "--no-relative", "--no-abbrev", "--ignore-submodules=all",
    "--find-renames", "--diff-filter=AMRD", f"-O{os.devnull}",
)  # fmt: skip
_LINES = ("--patch", "--text", "--unified=0", "--inter-hunk-context=0")
_HUNK = re.compile(rb"@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")
_REGULAR_FILE = "100"
_FETCH_ADVICE = "If the clone is shallow, fetch the history first: `git fetch --unshallow`, or `fetch-depth: 0` for actions/checkout."


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file that differs from the base; `old_path` and `old_blob` are empty if the base does not have it.

    `path` is empty if only the base has it.
    """

    path: str
    old_path: str = ""
    old_blob: str = ""
    lines: tuple[range, ...] = ()

    def touches(self, first: int, last: int) -> bool:
        """Whether one of the lines was added or rewritten; all lines of a new file were."""
        return not self.old_path or any(part.start <= last and first < part.stop for part in self.lines)


@dataclass(frozen=True, slots=True)
class Changes:
    """What the work tree changes: `base` is the commit that it is compared with."""

    base: str
    files: dict[str, ChangedFile]
    deleted: tuple[ChangedFile, ...] = ()


@dataclass(frozen=True)
class Repository:
    """A git work tree; `root` is its top folder."""

    root: Path

    def changes(self, base: str) -> Changes:
        """Compare the work tree, with files not yet added, with the point where it left `base`."""
        commit = self._fork_point(base)
        tracked = list(self._tracked(commit))
        files = [*(file for file in tracked if file.path), *self._untracked()]
        deleted = (file for file in tracked if not file.path)
        return Changes(commit, {file.path: file for file in files}, tuple(deleted))

    def at_base(self, changes: Changes, files: Iterable[SourceFile]) -> list[SourceFile]:
        """The changed ones of `files` as they were, and those that were deleted.

        The changed ones keep their new path, so that findings can be compared.
        """
        old = [(file, changes.files[file.path].old_blob) for file in files if file.path in changes.files]
        wanted = [(file, blob) for file, blob in old if blob]
        gone = [file for file in changes.deleted if is_reviewed(PurePosixPath(file.old_path))]
        contents = self._blobs([*(blob for _, blob in wanted), *(file.old_blob for file in gone)])
        changed = [
            replace(file, data=data, size=len(data), location=None)
            for (file, _), data in zip(wanted, contents, strict=False)
        ]
        deleted = zip(gone, contents[len(wanted) :], strict=True)
        return [*changed, *(stored_file(file.old_path, data, len(data)) for file, data in deleted)]

    def _fork_point(self, base: str) -> str:
        advice = f"Name a branch, tag or commit, such as `origin/main`. {_FETCH_ADVICE}"
        if not base or base.startswith("-"):
            raise GitError(f"`{base}` is not a revision", where="--diff", advice=advice)
        commit = self._one_line("rev-parse", "--verify", "--quiet", f"{base}^{{commit}}")
        if not commit:
            raise GitError(f"there is no revision `{base}` in {self.root}", where="--diff", advice=advice)
        fork = self._one_line("merge-base", commit, "HEAD")
        if not fork:
            raise GitError(f"`{base}` and HEAD have no commit in common", where="--diff", advice=_FETCH_ADVICE)
        return fork

    def _tracked(self, commit: str) -> Iterator[ChangedFile]:
        entries = list(_raw_entries(self._run(*_DIFF, "--raw", "-z", commit)))
        hunks = _hunks(self._run(*_DIFF, *_LINES, commit))
        try:
            yield from (replace(file, lines=lines) for file, lines in zip(entries, hunks, strict=True) if file)
        except ValueError as error:
            raise GitError("the files changed while they were compared", advice="Run the command again.") from error

    def _untracked(self) -> Iterator[ChangedFile]:
        names = self._run("ls-files", "--others", "--exclude-standard", "-z").split(b"\0")
        return (ChangedFile(os.fsdecode(name)) for name in names if name)

    def _blobs(self, ids: list[str]) -> list[bytes]:
        """File contents by object id, in order, from one `git cat-file`."""
        answer = memoryview(self._run("cat-file", "--batch", stdin="".join(f"{name}\n" for name in ids).encode()))
        contents, position = [], 0
        for name in ids:
            end = bytes(answer[position : position + 200]).index(b"\n") + position
            header = bytes(answer[position:end]).split()
            if len(header) != 3:
                raise GitError(f"the object {name} is not in this clone", where="--diff", advice=_FETCH_ADVICE)
            position = end + 1 + int(header[2])
            contents.append(bytes(answer[end + 1 : position]))
            position += 1
        return contents

    def _one_line(self, *arguments: str) -> str:
        """The answer of a command that says "no" by its exit code 1, and then nothing."""
        return self._run(*arguments, no=(1,)).decode().strip()

    def _run(self, *arguments: str, stdin: bytes = b"", no: tuple[int, ...] = ()) -> bytes:
        done = _git(self.root, arguments, self._environment, stdin)
        if done.returncode in no:
            return b""
        if done.returncode:
            raise GitError(f"git {arguments[0]} failed: {_first_line(done.stderr)}", where=str(self.root))
        return done.stdout

    @cached_property
    def _environment(self) -> dict[str, str]:
        """Settings that make git read only: they override the repository's own, the names of its filters included."""
        listed = _git(
            self.root, ("config", "--null", "--name-only", "--get-regexp", r"^filter\."), git_environment(_SETTINGS)
        )
        drivers = {os.fsdecode(name).rpartition(".")[0] for name in listed.stdout.split(b"\0") if name}
        filters = {f"{driver}.{key}": value for driver in sorted(drivers) for key, value in _FILTER_KEYS.items()}
        return git_environment(_SETTINGS | filters)


def git_environment(settings: dict[str, str]) -> dict[str, str]:
    """The environment in which git runs with these settings, asks nobody anything and fetches nothing by itself."""
    pairs = {f"GIT_CONFIG_KEY_{number}": key for number, key in enumerate(settings)}
    pairs |= {f"GIT_CONFIG_VALUE_{number}": value for number, value in enumerate(settings.values())}
    return {**os.environ, **_ENVIRONMENT, "GIT_CONFIG_COUNT": str(len(settings)), **pairs}


def _git(
    root: Path, arguments: Iterable[str], environment: dict[str, str], stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["git", *arguments], cwd=root, env=environment, input=stdin, capture_output=True, check=False
        )
    except FileNotFoundError as error:
        raise GitError("git is not installed", where="--diff", advice="Install git, or leave --diff out.") from error


def _raw_entries(output: bytes) -> Iterator[ChangedFile | None]:
    """Entries of `git diff --raw -z`, one for each section of the patch; None for what is no regular file."""
    fields = iter(output.split(b"\0"))
    for header in fields:
        if not header:
            return
        old_mode, new_mode, old_blob, _, status = header[1:].decode().split()
        old_path = os.fsdecode(next(fields))
        path = os.fsdecode(next(fields)) if status[0] == "R" else old_path
        if status == "D":
            yield ChangedFile("", old_path, old_blob) if old_mode.startswith(_REGULAR_FILE) else None
        elif not new_mode.startswith(_REGULAR_FILE):
            yield None
        elif status == "A":
            yield ChangedFile(path)
        else:
            yield ChangedFile(path, old_path, old_blob)


def _hunks(patch: bytes) -> Iterator[tuple[range, ...]]:
    """The new lines of each section of a patch without context: file text in it always stands behind a `+` or `-`."""
    for section in re.split(rb"^diff --git ", patch, flags=re.MULTILINE)[1:]:
        yield tuple(
            range(int(start), int(start) + int(count or 1))
            for start, count in (match.groups() for match in map(_HUNK.match, section.split(b"\n")) if match)
            if count != b"0"
        )


def _first_line(text: bytes) -> str:
    return text.decode(errors="replace").strip().partition("\n")[0]
