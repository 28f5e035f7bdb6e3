"""Print the table of speed and memory: `python -m benchmarks [--semgrep BIN --semgrep-rules DIR] [--dslinter PYLINT]`.

Other tools are measured only if they are named, because they are no dependencies of this project.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import cluster, corpus, flow, page, review
from benchmarks.measure import cpu, in_turn, memory, ratio, wall

WORKERS = str(min(os.cpu_count() or 1, 2))
READINESS = str(Path(sys.executable).with_name("readiness"))
RUFF = str(Path(sys.executable).with_name("ruff"))
BASE_LINES = 50_000
SMALL_LINES = 10_000
"""Enough for a fair ratio with tools that take minutes for more."""


def check(folder: Path) -> list[str]:
    """The command that users run, with every rule."""
    return [READINESS, "check", str(folder), "--jobs", WORKERS, "--quiet", "--no-cache"]


def check_again(folder: Path) -> list[str]:
    """The command as users run it day by day; after the first run nothing has changed."""
    kept = Path(tempfile.gettempdir()) / "readiness-bench-cache"
    command = [READINESS, "check", str(folder), "--jobs", WORKERS, "--quiet"]
    return ["env", "READINESS_NO_CACHE=0", f"READINESS_CACHE_DIR={kept}", *command]


def rows(arguments: argparse.Namespace) -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, and the goal."""
    yield from _scale()
    yield from review.rows(WORKERS)
    yield from flow.rows()
    yield from cluster.rows()
    yield from page.rows()
    yield from _others(arguments)
    yield from _loading()
    [runs] = in_turn([READINESS, "--version"], rounds=10)
    yield "`readiness --version`", f"{wall(runs) * 1000:.0f} ms", "under 100 ms"


def _scale() -> Iterator[tuple[str, str, str]]:
    """A small and a large project, each against parsing the same files and nothing else."""
    seconds_a_line = []
    for lines, rounds in ((BASE_LINES, 5), (8 * BASE_LINES, 2)):
        code = corpus.of_size(lines)
        bare = [sys.executable, "-m", "benchmarks.bare_parse", str(code.folder), WORKERS]
        ours, parse = in_turn(check(code.folder), bare, rounds=rounds)
        seconds_a_line.append(wall(ours) / code.lines)
        yield f"check of {code.lines:,} lines", f"{wall(ours):.1f} s", ""
        yield "… against parsing the same files and nothing else", f"{ratio(ours, parse):.2f} times", "at most 1.25"
        again, ruff = in_turn(check_again(code.folder), [RUFF, "check", "--no-cache", str(code.folder)], rounds=rounds)
        yield "… the same check again, nothing changed", f"{wall(again):.2f} s", ""
        yield "… against `ruff check --no-cache`", f"{ratio(again, ruff):.1f} times", "at most 2"
    yield (
        "… time a line, against the smaller one",
        f"{seconds_a_line[1] / seconds_a_line[0]:.2f} times",
        "linear: about 1",
    )
    yield "… memory of the largest process", f"{memory(ours):.0f} MiB", "under 300 MiB"


def _loading() -> Iterator[tuple[str, str, str]]:
    """All rules as an earlier run compiled and kept them, beside importing what every check imports."""
    imports = "import gc; gc.disable(); import readiness.engine.run, readiness.engine.rulebooks as kept"
    formulas = "import readiness.kinds.base as base; base.compile_all(kept.rulebook_of().rules)"
    commands = [
        [sys.executable, "-c", code] for code in (imports, f"{imports}; kept.rulebook_of()", f"{imports}; {formulas}")
    ]
    imported, loaded, ready = in_turn(*commands, rounds=15)
    yield "loading all rules, against starting without them", f"{ratio(loaded, imported):.2f} times", "at most 1.25"
    yield "… the difference, in processor time", f"{(cpu(loaded) - cpu(imported)) * 1000:.0f} ms", "under 60 ms"
    told = "… with their formulas, which wait for a file to analyse"
    yield told, f"{(cpu(ready) - cpu(imported)) * 1000:.0f} ms", ""


def _others(arguments: argparse.Namespace) -> Iterator[tuple[str, str, str]]:
    folder = corpus.of_size(SMALL_LINES).folder
    if arguments.semgrep:
        common = ["--metrics=off", "--disable-version-check", "--no-git-ignore", "--jobs", WORKERS]
        semgrep = [arguments.semgrep, "scan", *common, "--config", arguments.semgrep_rules, str(folder)]
        other, ours = in_turn(semgrep, check(folder), rounds=3)
        yield "faster than Semgrep with its Python rules", f"{ratio(other, ours):.1f} times", "at least 5"
    if arguments.dslinter:
        files = [str(path) for path in sorted(folder.rglob("*.py"))]  # older versions do not look into folders
        pylint = [arguments.dslinter, "--load-plugins=dslinter", "--jobs", WORKERS, *files]
        other, ours = in_turn(pylint, check(folder), rounds=1)
        yield "faster than pylint with dslinter", f"{ratio(other, ours):.1f} times", ""


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--semgrep", help="the semgrep command to compare with")
    parser.add_argument("--semgrep-rules", help="the folder of rules that Semgrep runs")
    parser.add_argument("--dslinter", help="the pylint command of an environment that has dslinter")
    print(f"Python {platform.python_version()}, {WORKERS} workers, {corpus.LIBRARY} as the code under review.\n")
    print("| What | Measured | Goal |\n|---|---|---|")
    for row in rows(parser.parse_args()):
        print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main()
