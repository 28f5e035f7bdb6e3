"""One report that has a bit of everything: every format is tested on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from readiness.finding import Confidence, Edit, Finding, Fix, Location, Severity, Skipped, Stage, Step, StepRole
from readiness.judge.fingerprint import fingerprinted
from readiness.judge.report import Report, RuleInfo

RULES = (
    RuleInfo(
        "hardcoded-path",
        "Path of one computer",
        "reproducibility",
        Severity.ERROR,
        "It exists nowhere else.",
        "Read it from a setting.",
        ("https://docs.python.org/3/library/pathlib.html",),
    ),
    RuleInfo(
        "unseeded-split", "Split without a fixed seed", "reproducibility", Severity.WARNING, "It differs every time."
    ),
    RuleInfo("fit-before-split", "Fitted before the split", "validation", Severity.WARNING, "It knows the test rows."),
    RuleInfo("model-card-missing", "No model card", "documentation", Severity.NOTE, "Nobody knows what it is for."),
)
PATH = Finding(
    rule="hardcoded-path",
    pillar="reproducibility",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    stage=Stage.EXPLORATION,
    location=Location("src/train.py", 14, 22, 14, 42, file_line=14, file_end_line=14),
    message="`/home/ann/data.csv` exists on one computer only; the script stops everywhere else.",
    next_step="Take the path from a parameter: `read_csv(args.data)`.",
    symbol="load",
    bindings={"$PATH": '"/home/ann/data.csv"'},
    anchor='frame = pd.read_csv("/home/ann/data.csv")',
    scope_key="load",
    source_lines=('    df = pd.read_csv("/home/ann/data.csv")',),
)
SPLIT = replace(
    PATH,
    rule="unseeded-split",
    severity=Severity.WARNING,
    location=Location("notebooks/eda.ipynb", 2, 9, 5, 2, cell=3, file_line=41, file_end_line=44),
    message="`train_test_split` shuffles with a new seed on every run; this split cannot be repeated.",
    next_step="Pass `random_state=42`.",
    symbol="",
    bindings={},
    anchor="split = train_test_split(X, y)",
    scope_key="a1b2",
    source_lines=("split = train_test_split(", "    X,", "    y,", ")"),
    fix=Fix((Edit(120, 120, ", random_state=42"),), title="Fix the seed"),
)
CARD = replace(
    PATH,
    rule="model-card-missing",
    pillar="documentation",
    severity=Severity.NOTE,
    confidence=Confidence.MEDIUM,
    location=Location("src/train.py"),
    message="A model is trained and saved here, but no model card says what it is for.",
    next_step="",
    symbol="",
    bindings={},
    anchor="",
    scope_key="",
    source_lines=(),
    project=True,
)
HOSTILE = replace(
    PATH,
    location=Location("src/@team [x](y),::error::\x1b[31m.py", 1, 5, 1, 12, file_line=1, file_end_line=1),
    message="`a\u202eb` 100% @everyone <img src=x> **bold** #12 https://example.org ::warning::\x1b]0;title\x07",
    next_step="",
    anchor="x",
    source_lines=("x = '```\u202e```@team\t界'",),
)
LEAK = replace(
    SPLIT,
    rule="fit-before-split",
    location=Location("notebooks/eda.ipynb", 4, 1, 4, 30, cell=2, file_line=33, file_end_line=33),
    message="`scaler` is fitted on all rows; they are split at cell 4, line 2 only.",
    next_step="Split first.",
    anchor="X = scaler.fit_transform(df)",
    source_lines=("X = scaler.fit_transform(df)",),
    fix=None,
    steps=(
        Step(StepRole.SOURCE, Location("notebooks/eda.ipynb", 4, 5, 4, 30, 2, 33, 33), "X = scaler.fit_transform(df)"),
        Step(StepRole.STEP, Location("notebooks/eda.ipynb", 1, 1, 1, 9, 3, 40, 40), "X = X[`a`]"),
        Step(
            StepRole.SINK,
            Location("notebooks/eda.ipynb", 2, 9, 5, 2, 3, 41, 44),
            "split = train_test_split(" + "X, " * 30,
        ),
    ),
)


@pytest.fixture
def report() -> Report:
    return Report(
        findings=tuple(fingerprinted([PATH, LEAK, SPLIT, CARD, HOSTILE])),
        skipped=(
            Skipped("data/broken.ipynb", "not valid JSON: a comma is missing", line=7),
            Skipped("notebooks/eda.ipynb", "the cell is not valid Python", cell=5, line=2),
            Skipped("src/types.pyi", "a stub file holds types only", expected=True),
        ),
        analysed=12,
        rules=RULES,
        silenced=2,
        seconds=0.8349,
    )
