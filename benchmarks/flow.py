"""Measure the rules that follow data: what they add to a check, and how their work grows with one large function."""

from __future__ import annotations

import gc
import math
import sys
import threading
import time
from collections.abc import Iterator, Sequence

from readiness.collect.source_file import SourceFile
from readiness.engine.analyse import analyse
from readiness.facts.model import FileKind
from readiness.rulebook.book import Rulebook
from readiness.rulebook.loader import load_rulebook

SIZES = (1_250, 2_500, 5_000, 10_000)
"""Statements of one function; the goal is named for the third."""
GOAL = 5_000
ROUNDS = 2
_STACK = 512 * 1024 * 1024
_RECURSION = 20_000
HEAD = """import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

def same(rows):
    return rows

def study(rows):
    rows = StandardScaler().fit_transform(rows)
"""
TAIL = "    train, test = train_test_split(rows)\n    model.fit(train)\n    return model.score(test)\n"
SHAPES = {
    "a straight line": ("    rows{n} = rows.assign(a=rows)\n",),
    "one name again and again": ("    rows = rows.assign(a=rows)\n",),
    "branches": ("    if rows.size > {n}:\n", "        rows = rows.dropna()\n"),
    "loops": ("    for column in rows:\n", "        rows = rows.drop(columns=[column])\n"),
    "calls of a function": ("    rows = same(rows)\n",),
}
"""What the function repeats, a statement a line."""


def program(shape: Sequence[str], statements: int) -> str:
    """A program with about this many statements in one function, through which a table flows."""
    times = statements // len(shape)
    return HEAD + "".join("".join(shape).format(n=n) for n in range(times)) + TAIL


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The power of the size that the time grows with: 1 is linear, 2 quadratic; the slope of the logarithms."""
    x, y = [math.log(size) for size in sizes], [math.log(second) for second in seconds]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    covered = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y, strict=True))
    return covered / sum((a - mean_x) ** 2 for a in x)


def rows() -> Iterator[tuple[str, str, str]]:
    """What was measured, the figure, and the goal."""
    measured: list[tuple[str, str, str]] = []
    before = sys.getrecursionlimit(), threading.stack_size(_STACK)
    sys.setrecursionlimit(_RECURSION)
    thread = threading.Thread(target=lambda: measured.extend(_rows()))
    thread.start()
    thread.join()
    sys.setrecursionlimit(before[0])
    threading.stack_size(before[1])
    yield from measured


def _rows() -> Iterator[tuple[str, str, str]]:
    every = load_rulebook()
    others = Rulebook(tuple(rule for rule in every.rules if rule.kind != "flow"))
    for rulebook in (every, others):
        _seconds(HEAD + TAIL, rulebook)  # what is compiled and read once is no part of the work
    for name, shape in SHAPES.items():
        seconds = [_seconds(program(shape, size), every) for size in SIZES]
        at_goal = seconds[SIZES.index(GOAL)]
        without = _seconds(program(shape, GOAL), others)
        what = f"{GOAL:,} statements in one function: {name}"
        yield what, f"{at_goal:.2f} s, {at_goal / without:.2f} times the check without these rules", "under 2 s"
        yield "… grows with the size to the power of", f"{exponent(SIZES, seconds):.2f}", "never quadratic"


def _seconds(text: str, rulebook: Rulebook) -> float:
    """Processor time of one analysis, the best of several; without the collector, as a worker does it."""
    data = text.encode()
    file = SourceFile("study.py", FileKind.PYTHON, size=len(data), data=data)
    best = math.inf
    gc.disable()
    for _ in range(ROUNDS):
        started = time.thread_time()
        analyse(file, rulebook)
        best = min(best, time.thread_time() - started)
        gc.collect()
    gc.enable()
    return best
