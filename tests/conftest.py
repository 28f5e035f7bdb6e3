"""What all tests share: how long Hypothesis searches, and saved outputs that one option writes anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("default", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", deadline=None, max_examples=2000)
settings.register_profile("ci", settings.get_profile("default"), derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if "CI" in os.environ else "default"))

_RENAMING = """
title: Named thing
kind: code
severity: error
confidence: high
stage: exploration
lesson: naming
match: old_name($...X)
message: "Rename this."
why: Names matter.
fix: {fix}
next_step: Rename it.
learn: [https://learn.example/naming]
examples:
  - bad: old_name(1)
  - good: new_name(1)
"""


os.environ["READINESS_NO_CACHE"] = "1"
"""What is tested is this program, not what an earlier run of it has found; tests of the cache say otherwise."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--save", action="store_true", help="write saved outputs anew instead of comparing with them")


@pytest.fixture
def same_as_saved(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with a file beside the tests; `--save` writes the file."""

    def compare(file: Path, text: str) -> None:
        if request.config.getoption("--save"):
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8"), f"{file} differs; look at it, then run pytest --save"

    return compare


@pytest.fixture
def renaming(tmp_path: Path) -> Callable[[str], Path]:
    """Write a rule about calls of `old_name` with a fix as YAML has it."""

    def write(fix: str) -> Path:
        file = tmp_path / "rules/named-thing.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(_RENAMING.replace("{fix}", fix))
        return file

    return write
