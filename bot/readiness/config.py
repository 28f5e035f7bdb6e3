"""What a project may set, in `readiness.yaml` or in the table `[tool.readiness]` of its `pyproject.toml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, ClassVar

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
