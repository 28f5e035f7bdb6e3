"""The settings of a project: `readiness.yaml`, or the table `[tool.readiness]` of its `pyproject.toml`."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, ClassVar

from readiness.cache.packed import packed, unpacked
from readiness.cache.program import program_state
from readiness.cache.store import Store, key_of
from readiness.errors import ConfigError
from readiness.finding import Severity, Stage
from readiness.review.settings import ReviewConfig
from readiness.rulebook.choice import Choice, Within

YAML_NAME = "readiness.yaml"
TOML_NAME = "pyproject.toml"
TOML_TABLE = "tool.readiness"

SeverityName = Annotated[Severity, Choice(Severity)]
StageName = Annotated[Stage, Choice(Stage)]


@dataclass(frozen=True, slots=True)
class PathConfig:
    """What is different for the files that a glob matches."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    ignore: tuple[str, ...] = ()
    stage: StageName | None = None
    severity: dict[str, SeverityName] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Config:
    """What a project may set; the command line has the last word."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}
    stage: StageName = Stage.CANDIDATE
    fail_on: SeverityName = Severity.ERROR
    select: tuple[str, ...] = ()
    """Only these rules: ids, globs of ids, or pillars."""
    ignore: tuple[str, ...] = ()
    """Not these rules."""
    rules: tuple[str, ...] = ()
    """Files or folders with rules of the team."""
    exclude: tuple[str, ...] = ()
    """Globs of files to leave out, as in .gitignore."""
    per_path: dict[str, PathConfig] = field(default_factory=dict)
    severity: dict[str, SeverityName] = field(default_factory=dict)
    """Another severity for a rule."""
    all: bool = False
    """Run rules of low confidence too."""
    jobs: Annotated[int, Within(1)] | None = None
    """How many worker processes."""
    format: str = "terminal"
    coverage: str = ""
    """The coverage.xml, coverage.json or lcov.info of the test run."""
    review: ReviewConfig = field(default_factory=ReviewConfig)
    """How pull requests are reviewed."""


@dataclass(frozen=True, slots=True)
class Configured:
    """Settings, and the folder that their paths and globs count from; None if there is no configuration."""

    config: Config
    folder: Path | None = None


def find_config(start: Path, stop: Path | None, store: Store | None = None) -> Configured:
    """The configuration nearest to `start`, looking upwards as far as `stop`; what was read before is in the store."""
    for folder in (start, *start.parents):
        config = _config_of(folder, store or Store(None))
        if config is not None:
            return Configured(config, folder)
        if folder == stop:
            break
    return Configured(Config())


def _config_of(folder: Path, store: Store) -> Config | None:
    """What the files of a folder say.

    To check it takes libraries that cost more time than all else that a run with nothing new has to do.
    """
    texts = {name: _text(folder / name) for name in (YAML_NAME, TOML_NAME) if os.access(folder / name, os.F_OK)}
    if YAML_NAME not in texts and TOML_TABLE not in texts.get(TOML_NAME, ""):
        return None
    key = key_of("configuration", program_state(), texts)
    kept = unpacked(store.read([key]).get(key), Config)
    if kept is not None:
        return kept
    from readiness.config_file import read_config

    config = read_config(folder, texts)
    if config is not None and (value := packed(config)) is not None:
        store.write({key: value})
    return config


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise ConfigError(f"the configuration cannot be read: {reason}", where=str(file)) from error
