"""Find the configuration of a project, in the folder that is asked about or above it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from readiness.cache.packed import packed, unpacked
from readiness.cache.program import program_state
from readiness.cache.store import Store, key_of
from readiness.config import TOML_NAME, TOML_TABLE, YAML_NAME, Config
from readiness.errors import ConfigError


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
    from readiness.config_file import read_config  # which brings pydantic

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
