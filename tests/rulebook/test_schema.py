"""The JSON Schema describes the same rules as the loader accepts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from readiness.rulebook.marks import load
from readiness.rulebook.schema import KINDS, PLACED, Rule, json_schema

RULES = sorted((Path(__file__).parents[2] / "rules").glob("*/*.yaml"))
SCHEMA = json_schema()


@pytest.mark.parametrize(
    "path", [p for p in RULES if p.parent.name not in ("knowledge", "lessons")], ids=lambda path: path.stem
)
def test_every_built_in_rule_is_valid_by_the_json_schema(path: Path) -> None:
    jsonschema.validate(load(path.read_text(), path.name).value, SCHEMA)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("severity: warning", "severity: huge"),
        ("severity: warning", "severity: warning\nextra: 1"),
        ("kind: code", "kind: coda"),
        ("lesson: types\n", ""),
        ("match: pandas.read_csv($PATH, ...)", "match: {al: [a]}"),
        ("  - good: pass\n", "  - god: pass\n"),
    ],
)
def test_what_the_loader_refuses_is_invalid_by_the_json_schema(rule_text: str, old: str, new: str) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(load(rule_text.replace(old, new), "f").value, SCHEMA)


def test_no_key_that_the_loader_fills_is_offered() -> None:
    offered = {key for definition in SCHEMA["$defs"].values() for key in definition.get("properties", ())}
    assert offered.isdisjoint(PLACED)


def test_every_kind_has_a_module() -> None:
    modules = {path.stem for path in (Path(__file__).parents[2] / "bot/readiness/kinds").glob("*.py")}
    assert KINDS.keys() <= modules


def test_a_fix_may_be_a_template(read: Callable[[str], Rule], rule_text: str) -> None:
    rule = read(rule_text.replace("message:", "fix: read($PATH)\nmessage:"))
    assert getattr(rule, "fix", None) == "read($PATH)"


def test_focus_may_be_one_name(read: Callable[[str], Rule], rule_text: str) -> None:
    rule = read(rule_text.replace("message:", "focus: $PATH\nmessage:"))
    assert getattr(rule, "focus", None) == ("$PATH",)


def test_a_loaded_rule_never_changes(read: Callable[[str], Rule], rule_text: str) -> None:
    with pytest.raises(ValueError, match="frozen"):
        read(rule_text).title = "another"  # type: ignore[misc]
