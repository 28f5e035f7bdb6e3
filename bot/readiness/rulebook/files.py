"""The files that rules are written in: our own, and those of a team."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from readiness.errors import RuleError
from readiness.rulebook import knowledge
from readiness.rulebook.builtin import builtin_rules
from readiness.rulebook.mistakes import did_you_mean
from readiness.rulebook.schema import PILLARS

SUFFIXES = (".yaml", ".yml")
LESSONS = "lessons"


@dataclass(frozen=True, slots=True)
class RuleFile:
    """The text of a rule file and what its place says: the id is the file's name, the pillar its folder."""

    name: str
    rule_id: str
    folder: str
    text: str


def files_of(paths: Iterable[Path], *, builtin: bool) -> list[RuleFile]:
    """Our own rule files, if they are wanted, and those of the given files and folders."""
    return [*(builtin_files() if builtin else ()), *(file for path in paths for file in rule_files(path))]


def rule_files(path: Path) -> Iterator[RuleFile]:
    """The rule files of a team: one file, or all of a folder."""
    if not path.exists():
        raise RuleError(
            "no such rule file or folder", where=str(path), advice="`readiness rules new ID` writes a rule."
        )
    files = sorted(p for p in path.rglob("*") if p.suffix in SUFFIXES and p.is_file()) if path.is_dir() else [path]
    if not files:
        raise RuleError("the folder holds no rule files (*.yaml)", where=str(path))
    for file in files:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise RuleError(f"cannot be read: {error}", where=str(file)) from error
        yield RuleFile(str(file), file.stem, file.resolve().parent.name, text)


def builtin_files() -> Iterator[RuleFile]:
    """The rule files that come with the tool."""
    for folder in sorted(builtin_rules().iterdir(), key=lambda item: item.name):
        if not folder.is_dir() or folder.name in (knowledge.FOLDER, LESSONS):
            continue
        for file in sorted(folder.iterdir(), key=lambda item: item.name):
            if file.name.endswith(SUFFIXES):
                name = f"rules/{folder.name}/{file.name}"
                if folder.name not in PILLARS:
                    advice = did_you_mean(folder.name, PILLARS)
                    raise RuleError(f"the folder `{folder.name}` is no pillar", where=name, advice=advice)
                yield RuleFile(name, file.name.rsplit(".", 1)[0], folder.name, file.read_text(encoding="utf-8"))
