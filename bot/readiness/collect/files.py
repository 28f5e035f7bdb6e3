"""Walk the paths that the user gave, in a stable order, and say which files there are and which were left out."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from readiness.collect.classify import STUB_SUFFIX, bytes_that_tell, kind_of, role_of
from readiness.collect.ignore import IgnoreRules, is_pruned
from readiness.collect.source_file import SourceFile
from readiness.errors import UsageError
from readiness.facts.sorts import FileKind
from readiness.finding import Skipped
from readiness.settings import Settings

MAX_BYTES = 64 * 1024 * 1024
"""No source text is larger; reading it would only exhaust the worker."""


@dataclass(frozen=True, slots=True)
class Collection:
    """The files to analyse and those that cannot be; a file that git ignores is in neither.

    `context` names the files outside the paths that the user gave: they are evidence for rules about the whole project
    (a model card, a test), but nothing is reported about them.
    """

    files: tuple[SourceFile, ...]
    skipped: tuple[Skipped, ...] = ()
    context: frozenset[str] = frozenset()


def collect(settings: Settings) -> Collection:
    """Find the files at or below the paths of the settings; a file that is named is taken even if git ignores it."""
    given = _Walk(settings)
    for path in settings.paths:
        given.start(path)
    around = _Walk(settings)
    if settings.project is not None and settings.project not in {path.resolve() for path in settings.paths}:
        around.start(settings.project)
    files = {**around.files, **given.files}
    context = frozenset(around.files.keys() - given.files.keys())
    return Collection(tuple(files[path] for path in sorted(files)), tuple(sorted(given.skipped)), context)


class _Walk:
    """One walk: no real folder is entered twice, no link is followed."""

    def __init__(self, settings: Settings) -> None:
        self._root = settings.root
        self._project = settings.project or settings.root
        self._ignored = IgnoreRules(settings.root, settings.config.exclude, folder=settings.config_folder)
        self._entered: set[Path] = set()
        self.files: dict[str, SourceFile] = {}
        self.skipped: set[Skipped] = set()

    def start(self, path: Path) -> None:
        """Take what the user named: a file, or all below a folder."""
        if not path.exists():
            raise UsageError(f"there is no file or folder {path}", advice="Check the spelling and the current folder.")
        real = path.resolve()
        if not real.is_dir():
            self._file(real, real.parent)
            return
        named_although_ignored = real != self._root and self._ignored.ignores(real, folder=True)
        self._folder(real, IgnoreRules(real) if named_although_ignored else self._ignored)

    def _folder(self, start: Path, ignored: IgnoreRules) -> None:
        waiting = [start]
        while waiting:
            folder = waiting.pop()
            if folder not in self._entered:
                self._entered.add(folder)
                waiting += [entry for entry in self._entries(folder) if self._enters(entry, start, ignored)]

    def _entries(self, folder: Path) -> list[Path]:
        try:
            return list(folder.iterdir())
        except OSError as error:
            self._skip(folder, f"the folder cannot be read: {error.strerror or error}")
            return []

    def _enters(self, entry: Path, start: Path, ignored: IgnoreRules) -> bool:
        """Take a file at once; say whether a folder is to be entered."""
        is_folder = entry.is_dir() and not entry.is_symlink()
        if (is_folder and is_pruned(entry)) or ignored.ignores(entry, folder=is_folder):
            return False
        if entry.is_symlink():
            self._link(entry)
        elif not is_folder:
            self._file(entry, start)
        return is_folder

    def _link(self, link: Path) -> None:
        """Never follow a link: what it names is met at its own place if it lies in the project."""
        inside = Path(os.path.realpath(link)).is_relative_to(self._root)
        if not inside and kind_of(link.name, 0) is not FileKind.OTHER:
            self._skip(link, "links to a file outside the project", expected=True)

    def _file(self, file: Path, start: Path) -> None:
        path = self._relative(file)
        try:
            status = file.stat()
            kind = kind_of(path, status.st_size)
            reason = _refusal(file, status, kind)
            data = _beginning(file, path) if kind is FileKind.PYTHON and not reason else b""
        except OSError as error:
            self._skip(file, f"cannot be read: {error.strerror or error}")
            return
        if reason:
            self._skip(file, reason, expected=file.suffix == STUB_SUFFIX)
            return
        role = role_of(self._in_project(file), file.relative_to(start).as_posix(), data)
        self.files[path] = SourceFile(path, kind, role, status.st_size, location=file)

    def _in_project(self, file: Path) -> str:
        base = self._project if file.is_relative_to(self._project) else self._root
        return file.relative_to(base).as_posix()

    def _relative(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()

    def _skip(self, path: Path, reason: str, *, expected: bool = False) -> None:
        self.skipped.add(Skipped(self._relative(path), reason, expected=expected))


def _refusal(file: Path, status: os.stat_result, kind: FileKind) -> str:
    """Why a file is not analysed, or nothing."""
    if file.suffix == STUB_SUFFIX:
        return "a stub file holds types only"
    if kind is FileKind.OTHER:
        return ""
    if not stat.S_ISREG(status.st_mode):
        return "not a regular file"
    return f"larger than {MAX_BYTES // 1024 // 1024} MiB" if status.st_size > MAX_BYTES else ""


def _beginning(file: Path, path: str) -> bytes:
    """What of a Python file says whether it was generated, or is a test."""
    with file.open("rb") as stream:
        return stream.read(bytes_that_tell(path))
