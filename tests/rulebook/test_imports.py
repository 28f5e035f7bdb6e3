"""What makes up the rule book imports in one direction, also what is imported late."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import readiness

FOLDER = Path(readiness.__file__).parent / "rulebook"


def imported(file: Path) -> set[str]:
    """The modules beside a module that it imports, wherever it does."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "readiness.rulebook":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("readiness.rulebook."):
            found.add(str(node.module).rpartition(".")[2])
    return found


def test_no_modules_of_the_rule_book_import_each_other_in_a_circle() -> None:
    graph = {file.stem: imported(file) for file in FOLDER.glob("*.py")}
    assert "loader" in list(TopologicalSorter(graph).static_order())  # which raises an error that names a circle
