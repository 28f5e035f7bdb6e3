"""Where this user's machine keeps what earlier runs found out."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

VARIABLE = "READINESS_CACHE_DIR"
RULES = "rules/*.rules"
STORE = "analysis.sqlite"


def cache_folder() -> Path:
    """The folder of all that is kept; it need not exist."""
    given = os.environ.get(VARIABLE)
    return Path(given) if given else platformdirs.user_cache_path("readiness-bot", appauthor=False)


def kept_files() -> list[Path]:
    """All that is kept, and nothing else that somebody may have put into the folder."""
    return [file for pattern in (RULES, f"{STORE}*") for file in sorted(cache_folder().glob(pattern))]


def is_ours(place: Path) -> bool:
    """Whether nobody but this user can have written a file, or put another one in its place."""
    if not hasattr(os, "getuid"):  # Windows keeps the folders of users apart
        return True
    states = [part.stat() for part in (place, place.parent)]
    return all(state.st_uid == os.getuid() and not state.st_mode & 0o022 for state in states)
