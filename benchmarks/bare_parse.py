"""The floor that a check is compared with: parse the same files on as many workers, and do nothing else."""

from __future__ import annotations

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from pathlib import Path

import libcst


def parse(path: Path) -> None:
    """Parse one file and drop the tree; a file that is not Python of today costs what it costs."""
    with suppress(libcst.ParserSyntaxError):
        libcst.parse_module(path.read_bytes())


def main() -> None:
    """Parse every file of a folder with a number of workers: `bare_parse FOLDER WORKERS`."""
    folder, workers = Path(sys.argv[1]), int(sys.argv[2])
    with ProcessPoolExecutor(workers, multiprocessing.get_context("fork")) as executor:
        for _ in executor.map(parse, sorted(folder.rglob("*.py")), chunksize=8):
            pass


if __name__ == "__main__":
    main()
