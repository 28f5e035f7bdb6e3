"""Where the configuration is found, what it may say, and how its mistakes are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from readiness.config import Config, PathConfig
from readiness.config_search import find_config
from readiness.errors import ConfigError
from readiness.finding import Severity, Stage

YAML = """\
stage: production
fail_on: warning
ignore: [seed]
severity: {seed: note}
per_path:
  "research/":
    stage: exploration
    ignore: [secret]
"""
TOML = """\
[project]
name = "x"

[tool.readiness]
stage = "production"
fail_on = "warning"
ignore = ["seed"]
severity = { seed = "note" }

[tool.readiness.per_path."research/"]
stage = "exploration"
ignore = ["secret"]
"""
CONFIG = Config(
    stage=Stage.PRODUCTION,
    fail_on=Severity.WARNING,
    ignore=("seed",),
    severity={"seed": Severity.NOTE},
    per_path={"research/": PathConfig(stage=Stage.EXPLORATION, ignore=("secret",))},
)


@pytest.mark.parametrize(("name", "text"), [("readiness.yaml", YAML), ("pyproject.toml", TOML)])
def test_both_files_say_the_same(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    found = find_config(tmp_path, tmp_path)
    assert (found.config, found.folder) == (CONFIG, tmp_path)


def test_without_a_file_everything_is_as_the_defaults_say(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.other]\n")
    found = find_config(tmp_path, tmp_path)
    assert (found.config, found.folder) == (Config(), None)


def test_an_empty_file_marks_a_project(tmp_path: Path) -> None:
    (tmp_path / "readiness.yaml").write_text("# nothing yet\n")
    assert find_config(tmp_path, tmp_path).folder == tmp_path


def test_the_nearest_file_above_counts_and_none_beyond_the_work_tree(tmp_path: Path) -> None:
    inner = tmp_path / "a/b"
    inner.mkdir(parents=True)
    (tmp_path / "readiness.yaml").write_text("jobs: 1\n")
    assert find_config(inner, tmp_path).folder == tmp_path
    assert find_config(inner, tmp_path / "a").folder is None
    (tmp_path / "a/readiness.yaml").write_text("jobs: 2\n")
    assert find_config(inner, tmp_path).config.jobs == 2


def test_two_configurations_of_one_folder_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "readiness.yaml").write_text(YAML)
    (tmp_path / "pyproject.toml").write_text(TOML)
    with pytest.raises(ConfigError, match=r"both readiness\.yaml and "):
        find_config(tmp_path, tmp_path)


@pytest.mark.parametrize(
    ("name", "text", "place", "what", "advice"),
    [
        ("readiness.yaml", "jobs: 1\nstge: production\n", "2:1", "unknown key `stge`", "Did you mean `stage`?"),
        ("readiness.yaml", "stage: prod\n", "1:8", "`stage`: `prod` is not known", "Known: exploration, candidate,"),
        ("readiness.yaml", "per_path:\n  a:\n    ignor: []\n", "3:5", "unknown key `ignor`", "Did you mean `ignore`?"),
        ("readiness.yaml", "select: seed\n", "1:9", "`select`: must be a list", ""),
        ("readiness.yaml", "jobs: 0\n", "1:7", "`jobs`: ", ""),
        ("readiness.yaml", "- stage\n", "1:1", "must be a mapping", ""),
        ("readiness.yaml", "stage: [\n", "2:1", "not valid YAML", ""),
        ("readiness.yaml", "jobs: 1\njobs: 2\n", "2:1", "the key `jobs` is written twice", ""),
        (
            "pyproject.toml",
            "[tool.readiness]\njobs = 1\nstge = 'x'\n",
            "3:1",
            "unknown key `stge`",
            "Did you mean `stage`?",
        ),
        ("pyproject.toml", "[a]\nstge = 1\n[tool.readiness.stge]\n", "3:17", "unknown key `stge`", "Did you mean"),
        ("pyproject.toml", "[tool.readiness]\nstage = \n", "2:9", "not valid TOML", ""),
    ],
)
def test_a_mistake_is_told_with_its_place(
    tmp_path: Path, name: str, text: str, place: str, what: str, advice: str
) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(ConfigError) as caught:
        find_config(tmp_path, tmp_path)
    assert what in caught.value.what
    assert caught.value.where == f"{tmp_path / name}:{place}"
    assert advice in caught.value.advice


def test_a_file_that_is_not_utf8_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "readiness.yaml").write_bytes(b"stage: \xff\n")
    with pytest.raises(ConfigError, match="not UTF-8"):
        find_config(tmp_path, tmp_path)


def test_the_toml_of_another_tool_may_be_broken(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[broken\n")
    assert find_config(tmp_path, tmp_path).folder is None
