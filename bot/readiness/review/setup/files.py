"""The files that `readiness init` writes; what is there already is never overwritten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from readiness import __version__

REPOSITORY = "readiness-bot/readiness-bot"
TAG = f"v{__version__}"
PRE_COMMIT = ".pre-commit-config.yaml"
_TEMPLATES = {
    "workflow.yml": ".github/workflows/readiness.yml",
    "forks.yml": ".github/workflows/readiness-forks.yml",
    "readiness.yaml": "readiness.yaml",
}
_ITEM = re.compile(r"^( *)- repo:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file with its whole new text; `added` is the part that is new."""

    path: Path
    text: str
    added: str


def wanted(root: Path, action: str) -> Iterator[NewFile]:
    """What is missing in a project."""
    for name, place in _TEMPLATES.items():
        path = root / place
        if not path.exists():
            text = files(__package__).joinpath(name).read_text(encoding="utf-8").replace("ACTION", action)
            yield NewFile(path, text, text)
    entry = _pre_commit(root / PRE_COMMIT)
    if entry:
        yield entry


def _pre_commit(path: Path) -> NewFile | None:
    """The entry for pre-commit, at the end of the list that is there, indented as its other entries."""
    before = path.read_text(encoding="utf-8") if path.exists() else "repos:\n"
    if REPOSITORY in before or "repos:" not in before:
        return None
    item = _ITEM.search(before)
    indent = item[1] if item else "  "
    lines = [f"- repo: https://github.com/{REPOSITORY}", f"  rev: {TAG}", "  hooks:", "    - id: readiness"]
    added = "".join(f"{indent}{line}\n" for line in lines)
    return NewFile(path, before.rstrip("\n") + "\n" + added, added)
