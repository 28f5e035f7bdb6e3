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
    return next((above for above in (folder, *folder.parents) if os.access(above / ".git", os.F_OK)), None)
