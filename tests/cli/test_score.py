"""`readiness score`: four bars, the place of each evidence, and an exit code that gates nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from readiness.__main__ import run

FILES = {
    "train.py": "import sklearn\nfrom sklearn.model_selection import GridSearchCV\nsearch = GridSearchCV(model, grid)\n"
    "search.fit(x, y)\n",
    "features.py": "import pandas as pd\n\n\ndef clean_stays(rows):\n    return rows.dropna()\n",
    "tests/test_features.py": "from features import clean_stays\n\n\ndef test_rows():\n    assert clean_stays(ROWS)\n",
    ".github/workflows/ci.yml": "jobs:\n  test:\n    steps:\n      - run: pytest tests\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


def score(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the command prints; its exit code is never that of a gate."""
    assert run(["score", *arguments, "--jobs", "1"]) == 0
    return capsys.readouterr().out


def test_the_bars_say_which_section_decides(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = score(capsys, str(project), "--no-color")
    assert out.startswith("ML Test Score: 0 of 7\n")
    decides = next(line for line in out.splitlines() if line.endswith("the weakest section decides"))
    assert decides.split()[0] == "Infrastructure"
    assert "Next, in the section that decides (Infrastructure)" in out


def test_each_point_shows_the_line_that_earned_it(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = score(capsys, str(project), "--no-color").splitlines()
    tuned = lines.index("  M3   1  Hyperparameters are tuned")
    assert lines[tuned + 1].split() == [
        "train.py:3:10", "Hyperparameters", "are", "searched", "search", "=", "GridSearchCV(model,", "grid)",
    ]  # fmt: skip
    assert "  M5   0  A simpler model is not better  no evidence seen" in lines


def test_json_holds_the_sections_and_all_tests(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = json.loads(score(capsys, str(project), "--format", "json"))
    assert record["score"] == 0
    assert record["sections"] == {"data": 1, "model": 1, "infrastructure": 0, "monitoring": 0}
    assert len(record["tests"]) == 28
    tested = next(test for test in record["tests"] if test["id"] == "D7")
    assert [(proof["path"], proof["line"]) for proof in tested["evidence"]] == [("features.py", 4)]
    assert tested["evidence"][0]["beside"][0]["path"] == ".github/workflows/ci.yml"


def test_places_count_from_the_project_wherever_the_command_runs(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = json.loads(score(capsys, str(project), "--format", "json"))
    monkeypatch.chdir(project)
    assert json.loads(score(capsys, "--format", "json")) == elsewhere


def test_markdown_makes_hostile_names_harmless(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "a|`<img>.py").write_text(FILES["train.py"])
    (project / "train.py").unlink()
    out = score(capsys, str(project), "--format", "markdown")
    assert "## ML Test Score: 0 of 7" in out
    row = next(line for line in out.splitlines() if line.startswith("| M3 "))
    assert r"``a\|`<img>.py:3:10``" in row


def test_a_project_without_a_model_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tool.py").write_text("print(1)\n")
    assert "No code that trains a model was seen" in score(capsys, str(tmp_path))


def test_what_could_not_be_read_is_told_and_gates_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "broken.py").write_text("def (:\n")
    assert "Not analysed: 1 file or cell." in score(capsys, str(project), "--no-color")
    assert "Not analysed: 1 file or cell." in score(capsys, str(project), "--format", "markdown")


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["score", str(tmp_path / "nowhere")]) == 2
    assert "there is no file or folder" in capsys.readouterr().err
