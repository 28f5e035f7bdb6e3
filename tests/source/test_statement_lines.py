"""Spans learnt line by line are those of the whole program, and statements begin where their lines begin."""

from __future__ import annotations

import argparse
import dataclasses
import json.decoder
import typing
from pathlib import Path
from types import ModuleType

import libcst
import pytest

from readiness.source.python import PythonSource
from readiness.source.statement_lines import StatementLines, logical_lines

TRICKY = '''\
"""A docstring that says
def not_a_statement(): pass
"""
import os; import sys  # two on a line

@decorator(
    1)  # a comment

# another
@other
async def f(a, *, b=(1,
                     2)) -> int:
    if a: return 1
    elif b: x = [
        3]
    else: x = {"k": "]"}
    try:
        pass
    except (A,
            B) as error:
        print('\\\\', "#", f"{a}")
    finally:
        y = a \\
            + b
    match a:
        case [1, *rest] if rest: z = 1
        case _:
            z = 2
\treturn_ = 1
'''.replace("\treturn_ = 1\n", "")


@pytest.mark.parametrize("module", [argparse, dataclasses, json.decoder, typing], ids=lambda module: module.__name__)
def test_a_span_learnt_from_its_line_is_the_span_in_the_whole_program(module: ModuleType) -> None:
    expect_same_spans(Path(str(module.__file__)).read_text(encoding="utf-8"))


@pytest.mark.parametrize("text", [TRICKY, TRICKY.replace("\n", "\r\n"), TRICKY.replace("    ", "\t")])
def test_layout_does_not_matter(text: str) -> None:
    expect_same_spans(text)


def test_a_string_that_the_line_counter_misreads_costs_time_and_no_position() -> None:
    expect_same_spans('x = f"{a["(\'"]}"\ny = (1)\nz = 3\n')


def test_every_statement_and_clause_has_a_line() -> None:
    lines = StatementLines(libcst.parse_module(TRICKY), TRICKY)
    assert list(lines.starts.values()) == logical_lines(TRICKY)
    firsts = [TRICKY[start:].split(maxsplit=1)[0] for start in lines.starts.values()]
    assert firsts[:8] == ['"""A', "import", "@decorator(", "@other", "async", "if", "elif", "else:"]


def expect_same_spans(text: str) -> None:
    """Ask one source for everything at once and the other line by line."""
    whole, by_line = PythonSource.parse("a.py", text), PythonSource.parse("a.py", text)
    whole.span(whole.nodes[1])
    for statement in whole.by_kind.get("FunctionDef", []) + whole.by_kind.get("If", []):
        whole.span(statement)
    compound = {
        "Module",
        "FunctionDef",
        "ClassDef",
        "For",
        "While",
        "If",
        "With",
        "Match",
        "MatchCase",
        "Try",
        "ExceptHandler",
    }
    for node, other in zip(by_line.nodes, whole.nodes, strict=True):
        if node.kind not in compound:
            assert by_line.span(node) == whole.span(other), node.kind
        assert by_line.header_span(node) == whole.header_span(other), node.kind
