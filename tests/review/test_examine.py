"""A review analyses what it has not seen: on either side of a change, a version of a file is looked at once."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from readiness.cache.folder import STORE, VARIABLE
from readiness.collect.git import ChangedFile, Changes
from readiness.collect.source_file import SourceFile
from readiness.facts.sorts import FileKind
from readiness.review.examine import Change, examine
from readiness.settings import Settings

SPLIT = "from sklearn.model_selection import train_test_split\n"
VERSIONS = [SPLIT + "a, b = train_test_split(rows)\n" * count for count in (1, 2, 3)]


def version(text: str) -> SourceFile:
    return SourceFile("train.py", FileKind.PYTHON, size=len(text), data=text.encode())


def change(folder: Path, old: str, new: str) -> Change:
    last = new.count("\n")
    changed = ChangedFile("train.py", "train.py", lines=(range(last, last + 1),))
    settings = Settings(folder, (folder,), cache=True)
    return Change(settings, (version(new),), (version(old),), Changes("base", {"train.py": changed}))


def kept(folder: Path) -> int:
    with sqlite3.connect(folder / STORE) as store:
        return int(store.execute("SELECT count(*) FROM kept").fetchone()[0])


def test_what_was_the_head_of_a_review_is_known_as_the_base_of_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    first, second, third = VERSIONS
    examine(change(tmp_path, first, second))
    assert kept(tmp_path / "cache") == 2
    analysis = examine(change(tmp_path, second, third))
    assert kept(tmp_path / "cache") == 3
    assert [finding.location.line for finding in analysis.report.findings if finding.rule == "unseeded-split"] == [4]
