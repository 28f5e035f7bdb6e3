"""The settings of a project: `readiness.yaml`, or the table `[tool.readiness]` of its `pyproject.toml`."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from readiness.errors import ConfigError, RuleError
from readiness.finding import Severity, Stage
from readiness.review.settings import ReviewConfig
from readiness.rulebook.marks import Mark, MarkedYaml, load
from readiness.rulebook.mistakes import explain
from readiness.rulebook.operators import Strict
from readiness.rulebook.parts import Choice

YAML_NAME = "readiness.yaml"
TOML_NAME = "pyproject.toml"
TOML_TABLE = "tool.readiness"

SeverityName = Annotated[Severity, Choice(Severity)]
StageName = Annotated[Stage, Choice(Stage)]


class PathConfig(Strict):
    """What is different for the files that a glob matches."""

    ignore: tuple[str, ...] = ()
    stage: StageName | None = None
    severity: dict[str, SeverityName] = Field(default={})


class Config(Strict):
    """What a project may set; the command line has the last word."""

    stage: StageName = Stage.CANDIDATE
    fail_on: SeverityName = Severity.ERROR
    select: tuple[str, ...] = Field(default=(), description="Only these rules: ids, globs of ids, or pillars.")
    ignore: tuple[str, ...] = Field(default=(), description="Not these rules.")
    rules: tuple[str, ...] = Field(default=(), description="Files or folders with rules of your own.")
    exclude: tuple[str, ...] = Field(default=(), description="Globs of files to leave out, as in .gitignore.")
    per_path: dict[str, PathConfig] = Field(default={})
    severity: dict[str, SeverityName] = Field(default={}, description="Another severity for a rule.")
    all: bool = Field(default=False, description="Run rules of low confidence too.")
    jobs: int | None = Field(default=None, ge=1, description="How many worker processes.")
    format: str = "terminal"
    coverage: str = Field(default="", description="The coverage.xml, coverage.json or lcov.info of the test run.")
    review: ReviewConfig = Field(default=ReviewConfig(), description="How pull requests are reviewed.")


@dataclass(frozen=True, slots=True)
class Configured:
    """Settings, and the folder that their paths and globs count from; None if there is no configuration."""

    config: Config
    folder: Path | None = None


def find_config(start: Path, stop: Path | None) -> Configured:
    """The configuration nearest to `start`, looking upwards as far as `stop`."""
    for folder in (start, *start.parents):
        found = [yaml for yaml in (_read_yaml(folder / YAML_NAME), _read_toml(folder / TOML_NAME)) if yaml]
        if len(found) > 1:
            advice = f"Keep the settings in {YAML_NAME} and delete the table, or the other way round."
            raise ConfigError(
                f"both {YAML_NAME} and [{TOML_TABLE}] configure this project", where=str(folder), advice=advice
            )
        if found:
            return Configured(_validated(found[0]), folder)
        if folder == stop:
            break
    return Configured(Config())


def _read_yaml(file: Path) -> MarkedYaml | None:
    if not os.access(file, os.F_OK):
        return None
    text = _text(file)
    if all(line.lstrip()[:1] in ("", "#") for line in text.splitlines()):
        return MarkedYaml(str(file), text, {}, {}, {(): Mark(1, 1)})
    try:
        return load(text, str(file))
    except RuleError as error:
        raise ConfigError(error.what, where=error.where, advice=error.advice) from error


def _read_toml(file: Path) -> MarkedYaml | None:
    text = _text(file) if os.access(file, os.F_OK) else ""
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


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise ConfigError(f"the configuration cannot be read: {reason}", where=str(file)) from error


def _validated(yaml: MarkedYaml) -> Config:
    if not isinstance(yaml.value, dict):
        raise ConfigError("the configuration must be a mapping of keys to values", where=yaml.where(()))
    try:
        return Config.model_validate(yaml.value)
    except ValidationError as error:
        first = explain(error, yaml, Config)[0]
        raise ConfigError(first.what, where=first.where, advice=first.advice) from error
