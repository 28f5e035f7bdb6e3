"""The tables of docs/rule-language.md name what the code knows."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from readiness.facts.cells import CellFact, NotebookFact, OutputFact, StaleUse, UndefinedName
from readiness.facts.features import ServedRow
from readiness.facts.project import ProjectView
from readiness.facts.statement import Statement
from readiness.facts.texts import DocumentFact, FieldFact, PlaceholderFact, SectionFact
from readiness.kinds.api import Change
from readiness.kinds.change import CardPlace, ChangedSetting, Evidence
from readiness.kinds.document import LinkItem, SlotItem
from readiness.kinds.repository import DependencyItem, FileItem, FunctionItem, ImportItem, ManifestItem
from readiness.kinds.suppression import Suppression
from readiness.modelcard.clock import Clock
from readiness.modelcard.contradictions import Contradiction
from readiness.pattern.functions import FUNCTIONS
from readiness.rulebook.flow_parts import PARTS
from readiness.rulebook.operators import OPERATORS, Condition
from readiness.rulebook.parts import Where
from readiness.rulebook.schema import KINDS, BaseRule, DocumentRule, FlowRule, NotebookRule, RepositoryRule

PAGE = (Path(__file__).parents[2] / "docs/rule-language.md").read_text(encoding="utf-8")
ITEMS: dict[str, type] = {
    "$cell": CellFact, "$A": CellFact, "$B": CellFact, "$output": OutputFact, "$name": UndefinedName,
    "$notebook": NotebookFact, "$slot": SlotItem, "$section": SectionFact, "$placeholder": PlaceholderFact,
    "$link": LinkItem, "$document": DocumentFact, "$function": FunctionItem, "$dependency": DependencyItem,
    "$manifest": ManifestItem, "$file": FileItem, "$project": ProjectView, "$suppression": Suppression,
    "$change": Change, "$import": ImportItem, "$stale": StaleUse, "$statement": Statement,
    "$setting": ChangedSetting, "$card": CardPlace, "$evidence": Evidence, "$contradiction": Contradiction, "$field": FieldFact,
    "$clock": Clock, "$row": ServedRow,
}  # fmt: skip


def rows(heading: str) -> list[tuple[list[str], list[str]]]:
    """The words in backticks of the first two columns of all tables under a heading."""
    section = re.split(rf"(?m)^#+ .*{re.escape(heading)}.*$", PAGE, maxsplit=1)[1]
    section = re.split(r"(?m)^#+ ", section, maxsplit=1)[0]
    cells = re.findall(r"(?m)^\| (.+?) \| (.+?) \|$", section)
    return [(re.findall(r"`([^`]+)`", first), re.findall(r"`([^`]+)`", second)) for first, second in cells]


def words(heading: str) -> set[str]:
    """The words in backticks of the first column, up to a colon."""
    return {word.partition(":")[0] for first, _ in rows(heading) for word in first}


def test_the_fields_of_every_item_exist() -> None:
    listed = {name: set(named) for names, named in rows("Expressions") for name in names}
    assert listed.keys() == ITEMS.keys()
    for name, named in listed.items():
        known = {field.name for field in fields(ITEMS[name])} | {
            key for key, value in vars(ITEMS[name]).items() if isinstance(value, property)
        }
        assert named <= known, name


@pytest.mark.parametrize(
    ("heading", "model"), [("`notebook`: cells", NotebookRule), ("`document`: model cards", DocumentRule)]
)
def test_every_item_that_a_kind_looks_at_is_listed_with_its_names(
    heading: str, model: type[NotebookRule | DocumentRule]
) -> None:
    listed = {
        first[0]: {f"${name}" for name in model.items[first[0]]}
        for first, _ in rows(heading)
        if "for_each" not in first
    }
    named = {
        first[0]: {word for word in second if word.startswith("$")}
        for first, second in rows(heading)
        if "for_each" not in first
    }
    assert listed.keys() == model.items.keys()
    assert named == listed


def test_every_item_of_a_repository_rule_is_listed() -> None:
    section = PAGE.split("### `repository`")[1].split("### ")[0]
    assert [name for name in RepositoryRule.items if f"`{name}`" not in section] == []


def test_every_operator_condition_kind_and_key_is_listed() -> None:
    assert words("Several patterns together") == {*OPERATORS, "Operator"} - {"Operator"}
    assert words("Conditions on metavariables") == {
        field.alias or name for name, field in Condition.model_fields.items()
    }
    assert words("Which files a rule looks at") - {"where"} == {
        field.alias or name for name, field in Where.model_fields.items()
    }
    assert set(re.findall(r"(?m)^### `(\w+)`:", PAGE)) == set(KINDS)
    keys = words("What every rule says") | {"where", "fix"}
    assert {
        name for name, field in BaseRule.model_fields.items() if name not in ("id", "pillar", "source", "formulas")
    } <= keys


def test_every_function_of_an_expression_is_listed() -> None:
    line = PAGE.split("- The functions `")[1].split("`")[0]
    assert set(line.split()) == FUNCTIONS.keys() - {"strptime"}


def test_every_key_of_a_part_of_a_flow_is_listed_with_the_parts_that_have_it() -> None:
    section = PAGE.split("### `flow`:")[1].split("### ")[0]
    table = re.findall(r"(?m)^\| (.+?) \| (.+?) \| .+ \|$", section)
    listed = {key: set(re.findall(r"`(\w+)`", parts)) for keys, parts in table for key in re.findall(r"`(\w+)`", keys)}
    known: dict[str, set[str]] = {}
    for part, model in PARTS.items():
        for name, field in model.model_fields.items():
            known.setdefault(field.alias or name, set()).add(part)
    assert {key: parts or set(PARTS) for key, parts in listed.items()} == known


def test_every_key_of_a_flow_rule_is_told() -> None:
    section = re.split(r"(?m)^### ", PAGE.split("### `flow`:")[1])[0]
    own = FlowRule.model_fields.keys() - BaseRule.model_fields.keys() - {"kind", "fix", "with_", "reading"}
    assert {key for key in own if f"`{key}`" not in section and f"`{key}:" not in section} == set()
