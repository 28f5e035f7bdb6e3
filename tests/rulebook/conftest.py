"""A small rule that is right, and ways to load it with a change."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from readiness.rulebook.files import RuleFile
from readiness.rulebook.loader import read_rules
from readiness.rulebook.schema import Rule

TEXT = """\
title: Read without types
kind: code
severity: warning
confidence: high
stage: candidate
lesson: types
match: pandas.read_csv($PATH, ...)
message: "Name the types of `$PATH`."
why: Types change with the rows.
next_step: Pass `dtype`.
learn: [https://pandas.pydata.org/docs/]
examples:
  - bad: |
      import pandas as pd
      pd.read_csv("a.csv")
  - good: pass
"""


@pytest.fixture
def rule_text() -> str:
    """The text of a rule that is right."""
    return TEXT


@pytest.fixture
def read() -> Callable[[str], Rule]:
    """Load the text of a rule as `rules/validation/read-types.yaml`."""

    def read_one(text: str) -> Rule:
        (rule,) = read_rules(RuleFile("read-types.yaml", "read-types", "validation", text))
        return rule

    return read_one
