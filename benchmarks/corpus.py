"""Code to measure on: the sources of a public library, copied to any size, and the notebook repositories that are there."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

CACHE = Path(".cache/bench")
LIBRARY = "scikit-learn==1.7.2"
"""A fixed version, so that two runs measure the same code."""


NOTEBOOKS = CACHE / "notebooks"
"""Where repositories full of notebooks are looked for, each in a folder of its own.

Measured were rasbt/machine-learning-book, susanli2016/Machine-Learning-with-Python, ageron/handson-ml3 and oislen/Kaggle.
"""


@dataclass(frozen=True, slots=True)
class Corpus:
    """A folder of Python files, how many there are and how many lines they have."""

    folder: Path
    lines: int
    files: int
    name: str = LIBRARY


def library() -> list[Path]:
    """The Python files of the library, downloaded once."""
    folder = CACHE / "library"
    if not folder.exists():
        downloads = CACHE / "downloads"
        wanted = ["--no-deps", "--only-binary", ":all:", "--dest", str(downloads), LIBRARY]
        subprocess.run([sys.executable, "-m", "pip", "--quiet", "download", *wanted], check=True)
        with zipfile.ZipFile(next(downloads.glob("*.whl"))) as wheel:
            wheel.extractall(folder)
    return sorted(path for path in folder.rglob("*.py") if "tests" not in path.parts)


def of_size(lines: int) -> Corpus:
    """A folder with at least this many lines: whole files of the library, over and over."""
    return _filled(f"corpus-{lines}", cycle(library()), lines)


def repeated(times: int) -> Corpus:
    """A fixed share of the library, about 50,000 lines, so many times: the mix of code is the same at every size."""
    return _filled(f"repeated-{times}", library()[3::4] * times)


def _filled(name: str, sources: Iterable[Path], enough: int = sys.maxsize) -> Corpus:
    """A folder with copies of these files under names of their own, up to the one that brings enough lines."""
    folder = CACHE / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    # A configuration of its own makes it a project of its own: ours says how we review ourselves.
    (folder / "readiness.yaml").write_text("stage: candidate\n", encoding="utf-8")
    lines = files = 0
    for number, source in enumerate(sources):
        target = folder / f"package_{number // 50}" / f"{source.stem}_{number}.py"
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(source, target)
        lines, files = lines + source.read_bytes().count(b"\n"), number + 1
        if lines >= enough:
            break
    return Corpus(folder, lines, files)


def of_repository(given: Path) -> Corpus:
    """A copy of the Python files of a project, which may be changed, as a project of its own."""
    folder = CACHE / f"repository-{given.resolve().name}"
    shutil.rmtree(folder, ignore_errors=True)
    lines = 0
    files = [path for path in given.resolve().rglob("*.py") if path.is_file()]
    for path in files:
        target = folder / path.relative_to(given.resolve())
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        lines += path.read_bytes().count(b"\n")
    (folder / "readiness.yaml").write_text("stage: candidate\n", encoding="utf-8")
    return Corpus(folder, lines, len(files), given.resolve().name)


def repositories() -> list[Path]:
    """The repositories full of notebooks that somebody put there; nothing is downloaded for them."""
    return sorted(path.resolve() for path in NOTEBOOKS.glob("*") if path.is_dir())
