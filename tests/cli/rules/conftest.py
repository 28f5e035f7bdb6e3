"""Run `readiness` in this process, with files of the test around it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from readiness.__main__ import run


class Answer(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


Call = Callable[..., Answer]

RULE = """\
title: Read without types
kind: code
severity: warning
confidence: high
stage: candidate
lesson: types
match:
  all:
    - pandas.read_csv($PATH, ...)
    - not: pandas.read_csv(..., dtype=$TYPES, ...)
fix: {add_argument: dtype=TYPES}
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
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Run `readiness` with arguments in a folder with a rule and some code."""
    monkeypatch.chdir(tmp_path)
    Path("read-types.yaml").write_text(RULE)
    Path("code.py").write_text("import pandas as pd\nä = 'ä'\npd.read_csv(ä)\npd.read_csv(ä, dtype=t)\n")

    def answer(*arguments: str) -> Answer:
        code = run(list(arguments))
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return answer
