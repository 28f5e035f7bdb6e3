"""The command line over the configuration: where a project begins and which word is the last."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from readiness.cli._options import Options
from readiness.cli._settings import settings_of
from readiness.errors import ConfigError, UsageError
from readiness.finding import Severity, Stage
from readiness.settings import Settings

NOTHING: dict[str, Any] = {
    "paths": (),
    "format": None,
    "output": (),
    "select": (),
    "ignore": (),
    "rules": (),
    "stage": None,
    "fail_on": None,
    "jobs": None,
    "all": False,
    "diff": None,
    "coverage": None,
    "no_color": False,
    "quiet": False,
    "fix": False,
    "unsafe_fixes": False,
    "diff_only": False,
}


def settings(current: Path, *paths: Path, **given: Any) -> Settings:
    return settings_of(Options(**(NOTHING | given | {"paths": paths})), current)


def test_paths_count_from_the_top_of_the_work_tree(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "src/deep").mkdir(parents=True)
    found = settings(tmp_path / "src", tmp_path / "src/deep")
    assert (found.root, found.project, found.config_folder) == (tmp_path, tmp_path, None)
    assert found.shown_from == "src"


def test_a_folder_with_its_own_configuration_is_a_project_of_its_own(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    project = tmp_path / "examples/one"
    project.mkdir(parents=True)
    (project / "readiness.yaml").write_text("stage: production\n")
    found = settings(tmp_path, project)
    assert (found.root, found.project, found.config_folder) == (tmp_path, project, project)
    assert found.config.stage is Stage.PRODUCTION


def test_without_git_and_configuration_paths_count_from_the_current_folder(tmp_path: Path) -> None:
    (tmp_path / "here/src").mkdir(parents=True)
    (tmp_path / "there").mkdir()
    assert settings(tmp_path / "here", tmp_path / "here/src").root == tmp_path / "here"
    assert settings(tmp_path / "here", tmp_path / "there").root == tmp_path / "there"
    assert settings(tmp_path / "here").paths == (tmp_path / "here",)


def test_the_command_line_has_the_last_word(tmp_path: Path) -> None:
    (tmp_path / "readiness.yaml").write_text("stage: production\nselect: [a]\nignore: [b]\njobs: 3\nfail_on: note\n")
    config = settings(tmp_path, select=("c",), ignore=("d",), stage="exploration", all=True).config
    assert (config.select, config.ignore, config.stage, config.all) == (("c",), ("b", "d"), Stage.EXPLORATION, True)
    assert (config.jobs, config.fail_on) == (3, Severity.NOTE)


def test_paths_in_the_configuration_count_from_its_folder(tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    (tmp_path / "coverage.xml").write_text("")
    (tmp_path / "readiness.yaml").write_text("rules: [ours]\ncoverage: coverage.xml\n")
    found = settings(tmp_path / "src", rules=(Path("mine.yaml"),))
    assert found.rule_paths == (tmp_path / "ours", Path("mine.yaml"))
    assert found.coverage == tmp_path / "coverage.xml"


def test_a_path_that_does_not_exist_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no file or folder"):
        settings(tmp_path, tmp_path / "missing")
    with pytest.raises(UsageError, match="there is no coverage file"):
        settings(tmp_path, coverage=tmp_path / "coverage.xml")


def test_an_unknown_format_in_the_configuration_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "readiness.yaml").write_text("format: jsonn\n")
    with pytest.raises(ConfigError, match="`jsonn` is not known") as caught:
        settings(tmp_path)
    assert "Did you mean `json" in caught.value.advice
