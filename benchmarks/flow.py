"""Measure the rules that follow data: how their work grows with one large function, and what they add to a check."""

from __future__ import annotations

import gc
import json
import math
import sys
import threading
import time
from collections.abc import Iterator, Sequence

from benchmarks import corpus
from benchmarks.commands import check
from benchmarks.measure import cpu, in_turn, ratio
from readiness.collect.files import collect
from readiness.collect.source_file import SourceFile
from readiness.engine.analyse import analyse
from readiness.facts.sorts import FileKind
from readiness.rulebook.book import Rulebook
from readiness.rulebook.loader import load_rulebook
from readiness.settings import Settings

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
LAST_CELL = "train, test = train_test_split(rows)\nmodel.fit(train)\nmodel.score(test)\n"
SHAPES = {
    "a straight line": ("    rows{n} = rows.assign(a=rows)\n",),
    "one name again and again": ("    rows = rows.assign(a=rows)\n",),
    "branches": ("    if rows.size > {n}:\n", "        rows = rows.dropna()\n"),
    "loops": ("    for column in rows:\n", "        rows = rows.drop(columns=[column])\n"),
    "calls of a function": ("    rows = same(rows)\n",),
}
"""What the function repeats, a statement a line."""
CELLS = {
    "all change one table": "rows = rows.dropna()\n",
    "all define one function": "def same(rows):\n    return rows\nrows = same(rows)\n",
}
"""What each cell of a notebook holds."""


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
    thread = threading.Thread(target=lambda: measured.extend((*_functions(), *_notebooks(), *_repositories())))
    thread.start()
    thread.join()
    sys.setrecursionlimit(before[0])
    threading.stack_size(before[1])
    yield from measured


def _functions() -> Iterator[tuple[str, str, str]]:
    """One function with thousands of statements, by every rule that there is."""
    every = load_rulebook()
    others = _without_flow(every)
    for name, shape in SHAPES.items():
        seconds = [_seconds(_file(program(shape, size)), every) for size in SIZES]
        at_goal = seconds[SIZES.index(GOAL)]
        without = _seconds(_file(program(shape, GOAL)), others)
        what = f"{GOAL:,} statements in one function: {name}"
        yield what, f"{at_goal:.2f} s, {at_goal / without:.2f} times the check without these rules", "under 2 s"
        yield "… grows with the size to the power of", f"{exponent(SIZES, seconds):.2f}", "never quadratic"


def _notebooks() -> Iterator[tuple[str, str, str]]:
    """One notebook with thousands of cells, by every rule that there is."""
    every = load_rulebook()
    for name, cell in CELLS.items():
        seconds = [_seconds(_notebook(cell, size), every) for size in SIZES]
        yield f"a notebook of {SIZES[-1]:,} cells: {name}", f"{seconds[-1]:.1f} s", ""
        yield "… grows with the cells to the power of", f"{exponent(SIZES, seconds):.2f}", "never quadratic"


def _repositories() -> Iterator[tuple[str, str, str]]:
    """Whole checks of repositories full of notebooks, by the rules that a run hears by default, and without these."""
    flows = ",".join(rule.id for rule in load_rulebook().rules if rule.kind == "flow")
    for folder in corpus.repositories():
        every, others = in_turn(check(folder), [*check(folder), "--ignore", flows], rounds=5)
        files = len(collect(Settings(root=folder, paths=(folder,))).files)
        what = f"what the rules that follow data add to the check of {folder.name}, {files} files, in processor time"
        yield what, f"{100 * (ratio(every, others, of=cpu) - 1):.0f} %", "at most 25 %"


def _without_flow(rulebook: Rulebook) -> Rulebook:
    """The other rules; both have run once, because what is compiled and read at first is no part of the work."""
    others = Rulebook(tuple(rule for rule in rulebook.rules if rule.kind != "flow"))
    for warmed in (rulebook, others):
        _seconds(_file(HEAD + TAIL), warmed)
    gc.freeze()  # the rules stay: to look through them after each file would take longer than the file
    return others


def _file(text: str) -> SourceFile:
    data = text.encode()
    return SourceFile("study.py", FileKind.PYTHON, size=len(data), data=data)


def _notebook(cell: str, cells: int) -> SourceFile:
    texts = (HEAD, "rows = StandardScaler().fit_transform(load())", *[cell] * cells, LAST_CELL)
    frame: dict[str, object] = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    written = [{**frame, "id": f"cell-{number}", "source": text} for number, text in enumerate(texts)]
    data = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": written}).encode()
    return SourceFile("study.ipynb", FileKind.NOTEBOOK, size=len(data), data=data)


def _seconds(file: SourceFile, rulebook: Rulebook) -> float:
    """Processor time of one analysis, the best of several; without the collector, as a worker does it."""
    best = math.inf
    gc.disable()
    for _ in range(ROUNDS):
        started = time.thread_time()
        analyse(file, rulebook)
        best = min(best, time.thread_time() - started)
        gc.collect()
    gc.enable()
    return best
