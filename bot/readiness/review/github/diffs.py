"""The changed files of a pull request as GitHub lists them, and what has changed since the last review."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from github.Comparison import Comparison
from github.File import File

from readiness.collect.git import ChangedFile, Changes
from readiness.review.hunks import read_patch
from readiness.review.model import PullFile

MAX_FILES = 3_000
"""GitHub lists no more."""
MAX_COMPARED = 300
HASH_LENGTH = 16
_POSITION = re.compile(r"^@@ [^@]* @@", re.MULTILINE)
_EVERY_LINE = (range(1, 10**9),)
_AHEAD = ("ahead", "identical")


@dataclass(frozen=True, slots=True)
class Diff:
    """What the pull request changes: for comments, for the judge, and the ids of the new contents."""

    files: Mapping[str, PullFile]
    changes: Changes
    blobs: Mapping[str, str]
    digest: str
    complete: bool


def diff_of(listed: Sequence[File], merge_base: str, *, complete: bool) -> Diff:
    """The changed files that are still there; in one without a patch every line counts as changed."""
    kept = [file for file in listed if file.status != "removed"]
    return Diff(
        files={file.filename: _pull_file(file) for file in kept},
        changes=Changes(merge_base, {file.filename: _changed(file) for file in kept}, tuple(_deleted(listed))),
        blobs={file.filename: file.sha for file in kept if file.sha},
        digest=_digest(listed),
        complete=complete,
    )


def touched(comparison: Comparison) -> dict[str, tuple[range, ...]] | None:
    """The lines changed since the last review; None if the history was rewritten or the list is not complete."""
    files = list(comparison.files)
    if comparison.status not in _AHEAD or len(files) >= MAX_COMPARED:
        return None
    return {file.filename: read_patch(file.patch).added if file.patch else _EVERY_LINE for file in files}


def renamed(comparison: Comparison) -> dict[str, str]:
    """New path -> old path of the files that were renamed since the last review."""
    return {file.filename: file.previous_filename for file in comparison.files if file.status == "renamed"}


def _pull_file(file: File) -> PullFile:
    hunks = read_patch(file.patch).hunks if file.patch else None
    return PullFile(file.filename, file.status, _previous(file), hunks)


def _previous(file: File) -> str:
    return str(file.previous_filename or "") if file.status == "renamed" else ""


def _changed(file: File) -> ChangedFile:
    if file.status == "added":
        return ChangedFile(file.filename)
    lines = read_patch(file.patch).added if file.patch else _EVERY_LINE if file.changes else ()
    return ChangedFile(file.filename, _previous(file) or file.filename, lines=lines)


def _deleted(files: Iterable[File]) -> Iterator[ChangedFile]:
    return (ChangedFile("", file.filename) for file in files if file.status == "removed")


def _digest(files: Iterable[File]) -> str:
    """What the change is, wherever it lies: positions of hunks are left out, so a rebase alone gives the same."""
    parts = sorted(f"{file.status}\0{file.filename}\0{_previous(file)}\0{_content(file)}" for file in files)
    return hashlib.sha256("\0\0".join(parts).encode(errors="surrogatepass")).hexdigest()[:HASH_LENGTH]


def _content(file: File) -> str:
    return _POSITION.sub("@@", file.patch) if file.patch else str(file.sha)
