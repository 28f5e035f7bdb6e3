"""Measure checks of what an earlier check has seen: all of it unchanged, or but for a few files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.commands import check_again, ruff
from benchmarks.corpus import Corpus
from benchmarks.measure import in_turn, ratio, run, wall

CHANGED = 10
"""Files that change between two checks: what somebody does in an hour."""


def rows(code: Corpus, rounds: int) -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, and the goal."""
    again, linted = in_turn(check_again(code.folder), ruff(code.folder), rounds=rounds)
    yield "… the same check again, nothing changed", f"{wall(again):.2f} s", "at most 0.25 s for 300 files"
    yield "… against `ruff check --no-cache`", f"{ratio(again, linted):.1f} times", "at most 2"
    files = sorted(code.folder.rglob("*.py"))[:: max(1, code.files // CHANGED)][:CHANGED]
    yield f"… the same check again, {len(files)} files changed", f"{_changing(code.folder, files, rounds):.2f} s", ""


def _changing(folder: Path, files: list[Path], rounds: int) -> float:
    """Seconds of a check after each of these files got another comment."""
    texts = {file: file.read_text(encoding="utf-8") for file in files}
    seconds = []
    for number in range(rounds):
        for file, text in texts.items():
            file.write_text(f"{text}# {number}\n", encoding="utf-8")
        seconds.append(run(check_again(folder)).wall)
    for file, text in texts.items():
        file.write_text(text, encoding="utf-8")
    return median(seconds)
