"""Replace files by their new content, each in one step or not at all."""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path

from readiness.check import Analysed
from readiness.fix.passes import Fixes
from readiness.fix.splice import FixRefused
from readiness.whole_file import replace_file


def write_all(analysed: Analysed, fixes: Fixes) -> dict[str, str]:
    """Write the mended files; of those that are left alone the reasons, and what the check says of them is as it was."""
    refused: dict[str, str] = {}
    for path, file in list(fixes.files.items()):
        try:
            replace_source(file.place, file.before, file.after)
        except FixRefused as refusal:
            refused[path] = str(refusal)
            analysed.outcomes[path] = fixes.files.pop(path).outcome
    if refused:
        fixes.report = analysed.report()
    return refused


def replace_source(path: Path, before: bytes, after: bytes) -> None:
    """Write a file anew if it still holds what was read; raises `FixRefused` with the reason if it was left alone."""

    def ready(new: Path) -> None:
        _make_alike(path, new)
        _must_be_ours(path, before)

    try:
        _must_be_ours(path, before)
        replace_file(path, after, before=ready)
    except OSError as error:
        raise FixRefused(f"it cannot be written: {error.strerror or error}") from error


def _must_be_ours(path: Path, before: bytes) -> None:
    if not stat.S_ISREG(path.lstat().st_mode):
        raise FixRefused("it is no longer a regular file")
    if not os.access(path, os.W_OK):
        raise FixRefused("it may not be written")
    if path.read_bytes() != before:
        raise FixRefused("it changed on disk while it was checked; run the command again")


def _make_alike(old: Path, new: Path) -> None:
    """Owner, group and permissions of the old file; whoever may not give a file away keeps it."""
    if hasattr(os, "chown"):
        state = old.stat()
        with suppress(PermissionError):
            os.chown(new, state.st_uid, state.st_gid)
    shutil.copymode(old, new)
