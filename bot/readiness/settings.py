"""All that decides a run: the paths, the project around them, and the configuration with the command line's last word."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.config import Config

if TYPE_CHECKING:
    from readiness.engine.workers import MakeWorkers


@dataclass(frozen=True, slots=True)
class Settings:
    """What to check and how; `root` is where every reported path counts from."""

    root: Path
    paths: tuple[Path, ...]
    config: Config = field(default_factory=Config)
    project: Path | None = None
    """The folder whose other files are evidence for rules about the whole project, if one is known."""
    config_folder: Path | None = None
    """Where the globs of the configuration count from; the root if there is no configuration."""
    rule_paths: tuple[Path, ...] = ()
    coverage: Path | None = None
    shown_from: str = ""
    """The folder, seen from the root, that paths count from where a person reads them: the current one."""
    profile: bool = False
    """Count the time that each rule takes."""
    cache: bool = False
    """Use what earlier runs found in the same files, and keep what this one finds."""
    workers: MakeWorkers | None = None
    """Where files are analysed, if not in processes on this machine."""
    base: str | None = None
    """Report only what the work tree introduces since this revision."""
