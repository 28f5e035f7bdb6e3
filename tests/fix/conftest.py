"""A rule whose fix is to be made, and files to make it in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from readiness.check import Analysed, analyse
from readiness.config import Config
from readiness.settings import Settings

SAFE = '{replace: "new_name($...X)", safety: safe}'
UNSAFE = '{replace: "new_name($...X)"}'
Analyse = Callable[..., Analysed]


def stored_notebook(*cells: str, **style: Any) -> str:
    """A notebook with these code cells, each with an output."""
    output = {"name": "stdout", "output_type": "stream", "text": ["old_name(1)\n", "é"]}
    whole = {
        "cells": [
            {
                "cell_type": "code",
                "execution_count": number,
                "id": f"cell-{number}",
                "metadata": {"tags": ["old_name(1)"]},
                "outputs": [output],
                "source": cell.splitlines(keepends=True),
            }
            for number, cell in enumerate(cells, 1)
        ],
        "metadata": {"language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(whole, **{"indent": 1, "ensure_ascii": False, **style})


@pytest.fixture
def analysed(tmp_path: Path, renaming: Callable[[str], Path]) -> Analyse:
    """Check files, given as bytes by name, with the one rule."""

    def check(fix: str = SAFE, **files: bytes) -> Analysed:
        project = tmp_path / "project"
        project.mkdir(exist_ok=True)
        for name, content in files.items():
            (project / name.replace("_", ".")).write_bytes(content)
        config = Config(jobs=1, select=("named-thing", "custom"))
        return analyse(Settings(project, (project,), config, rule_paths=(renaming(fix),)))

    return check
