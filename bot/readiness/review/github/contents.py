"""Both sides of a pull request: the whole project at its head, the changed files as they were, the policy of its base."""

from __future__ import annotations

import hashlib
import os
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from github.Repository import Repository
from pathspec import GitIgnoreSpec

from readiness.collect.classify import stored_file
from readiness.collect.ignore import is_reviewed
from readiness.collect.source_file import SourceFile
from readiness.collect.tree import Tree
from readiness.config import TOML_NAME, YAML_NAME, Config
from readiness.config_search import Configured, find_config
from readiness.errors import ConfigError
from readiness.facts.sorts import FileKind
from readiness.finding import Skipped
from readiness.review.examine import Change
from readiness.review.github.failures import PlatformError, told_apart
from readiness.review.github.snapshot import Snapshot
from readiness.review.github.trees import Trees
from readiness.settings import Settings

MAX_FETCHED = 200
SHA1_LENGTH = 40
SHORT = 7


def read_change(trees: Trees, snapshot: Snapshot, folder: Path) -> Change:
    """Everything to analyse; `folder` is empty and takes the configuration of the base commit."""
    pull = snapshot.pull
    with told_apart():
        repo = trees.connection.rest.get_repo(pull.repository)
        settings = base_settings(repo, pull.base, folder)
    wanted = _wanted(settings.config)
    head = _corrected(trees.read(pull.head, wanted), snapshot, repo, wanted)
    changes = snapshot.diff.changes
    old_paths = {file.old_path for file in (*changes.files.values(), *changes.deleted) if file.old_path}
    before = trees.read(pull.merge_base, lambda path: path in old_paths) if old_paths else Tree({})
    return Change(
        settings=settings,
        files=tuple(head.files[path] for path in sorted(head.files)),
        old_files=tuple(_old_files(before, snapshot, head)),
        changes=changes,
        skipped=head.skipped,
        description=pull.description,
    )


def base_settings(repo: Repository, commit: str, folder: Path) -> Settings:
    """The settings of a commit of the base branch, with the rules of its own that it names."""
    top = _blobs(repo, commit, recursive=False)
    for name in (YAML_NAME, TOML_NAME):
        if name in top:
            (folder / name).write_bytes(_blob(repo, top[name]))
    configured = _configured(folder, commit)
    everything = _blobs(repo, commit, recursive=True) if configured.config.rules else {}
    for rules in configured.config.rules:
        _write_below(repo, everything, PurePosixPath(rules), folder)
    paths = tuple(folder / rules for rules in configured.config.rules)
    return Settings(folder, (folder,), configured.config, project=folder, config_folder=folder, rule_paths=paths)


def _configured(folder: Path, commit: str) -> Configured:
    try:
        return find_config(folder, stop=folder)
    except ConfigError as error:  # nobody knows the folder that it was copied to
        place = error.where.removeprefix(f"{folder}{os.sep}")
        raise ConfigError(error.what, where=f"{place} of {commit[:SHORT]}", advice=error.advice) from error


def _blobs(repo: Repository, commit: str, *, recursive: bool) -> dict[str, str]:
    entries = repo.get_git_tree(commit, recursive=recursive).tree
    return {entry.path: entry.sha for entry in entries if entry.type == "blob"}


def _write_below(repo: Repository, tree: dict[str, str], rules: PurePosixPath, folder: Path) -> None:
    for path, blob in tree.items():
        place = PurePosixPath(path)
        if place.is_relative_to(rules) and ".." not in place.parts:
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            (folder / place).write_bytes(_blob(repo, blob))


def _blob(repo: Repository, sha: str) -> bytes:
    blob = repo.get_git_blob(sha)
    return b64decode(blob.content) if blob.encoding == "base64" else blob.content.encode()


def _wanted(config: Config) -> Callable[[str], bool]:
    excluded = GitIgnoreSpec.from_lines(config.exclude)
    return lambda path: not excluded.match_file(path)


def _corrected(head: Tree, snapshot: Snapshot, repo: Repository, wanted: Callable[[str], bool]) -> Tree:
    """The tree with the true contents of changed files: attributes can keep a file out of an archive, or rewrite it."""
    files, skipped = dict(head.files), list(head.skipped)
    changed = [path for path in snapshot.diff.blobs if path not in head.others and _is_file(path, wanted)]
    missing = [path for path in changed if not _is_true(path, files, snapshot)]
    for number, path in enumerate(missing):
        try:
            if number >= MAX_FETCHED:
                raise PlatformError("too many files are missing in the archive of the commit")
            with told_apart():
                data = _blob(repo, snapshot.diff.blobs[path])
            files[path] = stored_file(path, data, len(data))
        except PlatformError as error:
            files.pop(path, None)
            skipped.append(Skipped(path, error.what))
    return Tree(files, tuple(skipped))


def _is_file(path: str, wanted: Callable[[str], bool]) -> bool:
    return is_reviewed(PurePosixPath(path)) and wanted(path)


def _is_true(path: str, files: dict[str, SourceFile], snapshot: Snapshot) -> bool:
    file = files.get(path)
    if file is None:
        return False
    blob = snapshot.diff.blobs[path]
    return file.kind is FileKind.OTHER or len(blob) != SHA1_LENGTH or git_id(file.data or b"") == blob


def git_id(data: bytes) -> str:
    """The name that git gives to contents."""
    return hashlib.sha1(b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest()


def _old_files(before: Tree, snapshot: Snapshot, head: Tree) -> list[SourceFile]:
    """The changed files as they were, under their new path and in their new role, and those that were deleted."""
    pairs = [(path, changed.old_path) for path, changed in snapshot.diff.changes.files.items()]
    changed = [
        replace(head.files[path], data=before.files[old].data, size=before.files[old].size)
        for path, old in pairs
        if old in before.files and path in head.files
    ]
    gone = (file.old_path for file in snapshot.diff.changes.deleted)
    return [*changed, *(before.files[path] for path in gone if path in before.files)]
