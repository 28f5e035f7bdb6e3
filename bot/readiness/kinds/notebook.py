"""Kind `notebook`: a condition over the cells, outputs, names or execution order of one notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

from readiness.engine.unit import Unit
from readiness.facts.cells import NotebookFact
from readiness.facts.hit import Hit
from readiness.facts.project import ProjectFacts
from readiness.facts.sorts import FileKind
from readiness.finding import Finding
from readiness.kinds.base import finding, looks_at
from readiness.pattern.expressions import evaluate
from readiness.pattern.required import Clauses
from readiness.rulebook.schema import NotebookRule

Item = tuple[Hit, Mapping[str, object]]
"""Where an item stands, and the names that conditions and texts may use."""


def required(rule: NotebookRule, kind: FileKind) -> Clauses | None:
    """Notebooks alone are looked at, whatever they hold; not yet if the project has to be known."""
    return () if kind is FileKind.NOTEBOOK and rule.silent_if is None else None


def analyse(rule: NotebookRule, unit: Unit) -> list[Finding]:
    """The findings of a rule in one notebook."""
    if rule.silent_if is not None or unit.facts.notebook is None:
        return []
    return [finding(rule, hit, names) for hit, names in _found(rule, unit.facts.notebook, {})]


def conclude(rule: NotebookRule, project: ProjectFacts) -> list[Finding]:
    """The findings of a rule that asks about the project around each notebook."""
    found: list[Finding] = []
    if rule.silent_if is None:
        return found
    for facts in project.files:
        if facts.notebook is None or not looks_at(rule, facts):
            continue
        known = {"$project": project.view(facts.path)}
        if not evaluate(rule.silent_if, known):
            found.extend(finding(rule, hit, names) for hit, names in _found(rule, facts.notebook, known))
    return found


def _found(rule: NotebookRule, notebook: NotebookFact, known: Mapping[str, object]) -> Iterator[Item]:
    """The items that the rule reports, with all names that its texts may use."""
    for hit, item in _ITEMS[rule.for_each](notebook):
        names = {**known, **item, "$notebook": notebook}
        if rule.when is None or evaluate(rule.when, names):
            yield hit, names
            if rule.report == "first":
                return


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
