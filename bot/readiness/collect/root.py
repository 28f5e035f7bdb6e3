"""Where a project begins: the folder that reported paths count from."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path


def common_folder(paths: Sequence[Path]) -> Path:
    """The deepest folder that holds all paths."""
    folders = [real if real.is_dir() else real.parent for real in (path.resolve() for path in paths)]
    return Path(os.path.commonpath(folders))


def git_top(folder: Path) -> Path | None:
    """The top of the work tree that holds a folder; git itself is not asked, so nothing is run."""
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), None)


def reported_from(folder: Path, current: Path) -> Path:
    """The root of all reported paths: the git work tree, or else the current folder if it holds `folder`."""
    top = git_top(folder)
    if top is not None:
        return top
    return current if folder.is_relative_to(current) else folder
