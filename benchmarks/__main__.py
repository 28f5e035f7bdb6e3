"""Print the table of speed and memory: `python -m benchmarks [--repository DIR] [--semgrep BIN --semgrep-rules DIR] [--dslinter PYLINT]`.

Other tools are measured only if they are named, because they are no dependencies of this project.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import again, cluster, corpus, flow, growth, page, prefilter, review
from benchmarks.commands import READINESS, WORKERS, bare_parse, check
from benchmarks.measure import cpu, in_turn, ratio, wall

BASE_LINES = 50_000
SMALL_LINES = 10_000
"""Enough for a fair ratio with tools that take minutes for more."""


def rows(arguments: argparse.Namespace) -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, and the goal."""
    yield from _scale()
    for folder in arguments.repository:
        yield from _project(corpus.of_repository(folder), "below 1.0 where little is about data", rounds=3)
    yield from prefilter.rows(arguments.repository)
    yield from growth.rows()
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
    for lines, rounds in ((BASE_LINES, 5), (8 * BASE_LINES, 2)):
        yield from _project(corpus.of_size(lines), "at most 1.25", rounds)


def _project(code: corpus.Corpus, goal: str, rounds: int) -> Iterator[tuple[str, str, str]]:
    ours, parse = in_turn(check(code.folder), bare_parse(code.folder), rounds=rounds)
    yield f"check of {code.lines:,} lines of {code.name} in {code.files} files", f"{wall(ours):.1f} s", ""
    yield "… against parsing the same files and nothing else", f"{ratio(ours, parse):.2f} times", goal
    yield "… the same in processor time, all processes together", f"{ratio(ours, parse, of=cpu):.2f} times", goal
    yield from again.rows(code, rounds)


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
    parser.add_argument("--repository", type=Path, action="append", default=[], help="a project to check; repeatable")
    parser.add_argument("--semgrep", help="the semgrep command to compare with")
    parser.add_argument("--semgrep-rules", help="the folder of rules that Semgrep runs")
    parser.add_argument("--dslinter", help="the pylint command of an environment that has dslinter")
    # An installation has its bytecode, and so has ours after the warm-up.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    print(f"Python {platform.python_version()}, {WORKERS} workers, {corpus.LIBRARY} as the code under review.\n")
    print("| What | Measured | Goal |\n|---|---|---|")
    for row in rows(parser.parse_args()):
        print("| " + " | ".join(row) + " |", flush=True)


if __name__ == "__main__":
    main()
