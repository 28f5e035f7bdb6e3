"""Read and check the text of a configuration; every mistake is told with its place."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from readiness.config import TOML_NAME, TOML_TABLE, YAML_NAME, Config
from readiness.errors import ConfigError, RuleError
from readiness.rulebook.marks import Mark, MarkedYaml, load
from readiness.rulebook.mistakes import explain


def read_config(folder: Path, texts: Mapping[str, str]) -> Config | None:
    """What the files of a folder say, by their names; None if none of them configures this tool."""
    readers = {YAML_NAME: _read_yaml, TOML_NAME: _read_toml}
    found = [yaml for name, text in texts.items() if (yaml := readers[name](folder / name, text)) is not None]
    if len(found) > 1:
        advice = f"Keep the settings in {YAML_NAME} and delete the table, or the other way round."
        raise ConfigError(
            f"both {YAML_NAME} and [{TOML_TABLE}] configure this project", where=str(folder), advice=advice
        )
    return _validated(found[0]) if found else None


def _read_yaml(file: Path, text: str) -> MarkedYaml:
    if all(line.lstrip()[:1] in ("", "#") for line in text.splitlines()):
        return MarkedYaml(str(file), text, {}, {}, {(): Mark(1, 1)})
    try:
        return load(text, str(file))
    except RuleError as error:
        raise ConfigError(error.what, where=error.where, advice=error.advice) from error


def _read_toml(file: Path, text: str) -> MarkedYaml | None:
    if TOML_TABLE not in text:
        return None
    try:
        table = tomllib.loads(text).get("tool", {}).get("readiness")
    except tomllib.TOMLDecodeError as error:
        what, _, place = str(error).partition(" (at line ")
        line = re.match(r"(\d+), column (\d+)", place)
        where = ":".join([str(file), *(line.groups() if line else ())])
        raise ConfigError(f"not valid TOML: {what}", where=where) from error
    return None if table is None else MarkedYaml(str(file), text, table, *_toml_marks(text, table))


def _toml_marks(text: str, table: dict[str, Any]) -> tuple[dict[tuple[str | int, ...], Mark], ...]:
    """Where the table and its keys are written; `tomllib` does not tell."""
    lines = text.splitlines()
    header = _line_of(rf"\s*\[{re.escape(TOML_TABLE)}[\].]", lines, 0)
    places: dict[tuple[str | int, ...], Mark] = {(): Mark(header, 1)}
    for key in table:
        word = rf"[\"']?{re.escape(key)}[\"']?"
        line = _line_of(rf"\s*(?:\[{re.escape(TOML_TABLE)}\.)?{word}\s*[=\].]", lines, header - 1)
        places[(key,)] = Mark(line, lines[line - 1].find(key) + 1)
    return places, places


def _line_of(pattern: str, lines: Sequence[str], start: int) -> int:
    return next((number for number, line in enumerate(lines[start:], start + 1) if re.match(pattern, line)), start + 1)


def _validated(yaml: MarkedYaml) -> Config:
    if not isinstance(yaml.value, dict):
        raise ConfigError("the configuration must be a mapping of keys to values", where=yaml.where(()))
    try:
        return TypeAdapter(Config).validate_python(yaml.value)
    except ValidationError as error:
        first = explain(error, yaml, Config)[0]
        raise ConfigError(first.what, where=first.where, advice=first.advice) from error
