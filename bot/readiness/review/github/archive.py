"""The files of a commit, streamed as one archive: nothing is checked out, linked files are not followed, sizes are capped."""

from __future__ import annotations

import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import IO

from readiness.collect.classify import kind_of, stored_file
from readiness.collect.files import MAX_BYTES
from readiness.collect.ignore import is_reviewed
from readiness.collect.source_file import SourceFile
from readiness.collect.tree import MAX_UNPACKED, Tree, too_large
from readiness.facts.sorts import FileKind
from readiness.finding import Skipped
from readiness.review.github.connection import Connection
from readiness.review.github.failures import PlatformError, told_apart

MAX_DOWNLOAD = 500 * 1024 * 1024
MAX_FILES = 100_000
IN_MEMORY = 32 * 1024 * 1024


def read_tree(connection: Connection, repository: str, commit: str, wanted: Callable[[str], bool]) -> Tree:
    """Download a commit and keep the files that are `wanted` by their path."""
    url = f"{connection.api_url}/repos/{repository}/tarball/{commit}"
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        with told_apart(), connection.http.stream("GET", url, headers=_AS_IT_IS) as answer:
            answer.raise_for_status()
            size = 0
            for chunk in answer.iter_raw():
                size += len(chunk)
                if size > MAX_DOWNLOAD:
                    raise PlatformError(f"the repository is larger than {MAX_DOWNLOAD // 1024**2} MiB", advice=_ADVICE)
                file.write(chunk)
        file.seek(0)
        return unpack(file, wanted)


_AS_IT_IS = {"Accept-Encoding": "identity"}
_ADVICE = "Run `readiness check --diff` in a clone instead."


def unpack(file: IO[bytes], wanted: Callable[[str], bool]) -> Tree:
    """Read the archive; the contents stay in memory, and only those that a rule can read."""
    files: dict[str, SourceFile] = {}
    skipped: list[Skipped] = []
    others: set[str] = set()
    try:
        with tarfile.open(fileobj=file, mode="r:gz") as archive:
            for path, member in _members(archive):
                if not member.isreg():
                    others.add(path)
                elif wanted(path) and is_reviewed(PurePosixPath(path)):
                    _take(path, member, archive, files, skipped)
    except (tarfile.TarError, zlib.error, EOFError, OSError) as error:
        raise PlatformError(f"the archive of the commit is damaged: {error}", advice="Run it again.") from error
    return Tree(files, tuple(skipped), frozenset(others))


def _take(
    path: str, member: tarfile.TarInfo, archive: tarfile.TarFile, files: dict[str, SourceFile], skipped: list[Skipped]
) -> None:
    readable = kind_of(path, member.size) is not FileKind.OTHER
    if readable and member.size > MAX_BYTES:
        skipped.append(too_large(path))
        return
    data = archive.extractfile(member) if readable else None
    files[path] = stored_file(path, data.read() if data else b"", member.size)


def _members(archive: tarfile.TarFile) -> Iterator[tuple[str, tarfile.TarInfo]]:
    """The entries by their path in the repository, as long as they are not too many or too large."""
    size = 0
    for count, member in enumerate(archive):
        size += member.size
        if count > MAX_FILES or size > MAX_UNPACKED:
            raise PlatformError("the repository has too many or too large files to be reviewed here", advice=_ADVICE)
        yield member.name.partition("/")[2], member
