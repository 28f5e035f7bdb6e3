"""Kind `notebook`: a condition over the cells, outputs, names or execution order of one notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from readiness.engine.unit import Unit
from readiness.facts.model import FileKind, Hit, NotebookFact
from readiness.finding import Finding
from readiness.kinds.base import finding
from readiness.pattern.expressions import evaluate
from readiness.pattern.required import Clauses
from readiness.rulebook.schema import NotebookRule

Item = tuple[Hit, Mapping[str, object]]
"""Where an item stands, and the names that conditions and texts may use."""


def required(_rule: NotebookRule, kind: FileKind) -> Clauses | None:
    """Notebooks alone are looked at, whatever they hold."""
    return () if kind is FileKind.NOTEBOOK else None


def analyse(rule: NotebookRule, unit: Unit) -> list[Finding]:
    """The findings of a rule in one notebook."""
    notebook = unit.facts.notebook
    if notebook is None:
        return []
    found = []
    for hit, names in _ITEMS[rule.for_each](notebook):
        known = {**names, "$notebook": notebook}
        if rule.when is None or evaluate(rule.when, known):
            found.append(finding(rule, hit, known))
            if rule.report == "first":
                break
    return found


def _cells(notebook: NotebookFact) -> Iterator[Item]:
    for cell in notebook.cells:
        if cell.hit is not None:
            yield cell.hit, {"$cell": cell}


def _executed_pairs(notebook: NotebookFact) -> Iterator[Item]:
    executed = [cell for cell in notebook.cells if cell.execution_count is not None and cell.hit is not None]
    for first, second in pairwise(executed):
        if second.hit is not None:
            yield second.hit, {"$A": first, "$B": second}


def _outputs(notebook: NotebookFact) -> Iterator[Item]:
    for cell in notebook.cells:
        if cell.hit is not None:
            yield from ((cell.hit, {"$output": output, "$cell": cell}) for output in cell.outputs)


def _undefined_names(notebook: NotebookFact) -> Iterator[Item]:
    for name in notebook.undefined_names:
        yield name.hit, {"$name": name}


def _stale_uses(notebook: NotebookFact) -> Iterator[Item]:
    for use in notebook.stale_uses:
        yield use.hit, {"$stale": use}


def _whole(notebook: NotebookFact) -> Iterator[Item]:
    first = next((cell.hit for cell in notebook.cells if cell.hit is not None), None)
    if first is not None:
        yield first, {}


_ITEMS: dict[str, Callable[[NotebookFact], Iterator[Item]]] = {
    "cell": _cells,
    "executed_pair": _executed_pairs,
    "output": _outputs,
    "undefined_name": _undefined_names,
    "stale_use": _stale_uses,
    "notebook": _whole,
}
