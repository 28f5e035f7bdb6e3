"""What a command loads besides Python itself: the budget of its start, as packages and not as time.

Counted is what the workers load too. A package that is new here is paid for at every start: it belongs into a function.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from readiness.engine.rulebooks import rulebook_of

HOOK = """
import os, sys
log = os.open(os.environ["IMPORTS"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
sys.addaudithook(lambda event, given: event == "import" and os.write(log, f"{given[0]} ".encode()))
"""
CLEAN = 'WARDS = ("north", "south")\n'
COMMAND = {"click"}
RULES = COMMAND | {
    "annotated_types",
    "msgspec",
    "packaging",
    "pathspec",
    "platformdirs",
    "pydantic",
    "pydantic_core",
    "typing_extensions",
    "typing_inspection",
    "yaml",
}
KEPT = COMMAND | {"msgspec", "pathspec", "platformdirs", "typing_extensions"}
"""What recognises files, and tells a report that is known."""
MARKDOWN = {"markdown_it", "mdit_py_plugins", "mdurl"}


@pytest.fixture(scope="module", autouse=True)
def kept_rules() -> None:
    """To read rules anew takes a compiler, which is not what is measured."""
    rulebook_of()


def loaded(folder: Path, *arguments: str, **variables: str) -> set[str]:
    """The installed packages that a command imports."""
    hook = folder.with_name(f"{folder.name}-hook")  # what lies in the project is reviewed
    log = hook / "imports"
    hook.mkdir(exist_ok=True)
    (hook / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(hook), *sys.path]), "IMPORTS": str(log)} | variables
    command = [sys.executable, "-m", "readiness", *arguments]
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    names = {line.partition(".")[0] for line in log.read_text(encoding="utf-8").split()}
    log.unlink()
    assert "readiness" in names
    return {name for name in names if _is_installed(name)}


def _is_installed(name: str) -> bool:
    spec = importlib.util.find_spec(name) if name.isidentifier() and name != "readiness" else None
    return spec is not None and "site-packages" in (spec.origin or "") and not name.startswith("_")


def test_the_version_loads_the_command_line_alone(tmp_path: Path) -> None:
    assert loaded(tmp_path, "--version") == COMMAND


def test_a_check_of_clean_code_loads_what_reads_kept_rules(tmp_path: Path) -> None:
    (tmp_path / "wards.py").write_text(CLEAN, encoding="utf-8")
    assert loaded(tmp_path, "check", ".", "--quiet") == RULES


def test_only_a_document_loads_what_reads_documents(tmp_path: Path) -> None:
    (tmp_path / "wards.py").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "README.md").write_text("# Wards\n\nWhich wards there are.\n", encoding="utf-8")
    assert loaded(tmp_path, "check", ".", "--quiet") == RULES | MARKDOWN


def test_a_finding_in_simple_code_loads_no_second_parser(tmp_path: Path) -> None:
    (tmp_path / "wards.py").write_text("rows = open('/home/ana/wards.csv')\n", encoding="utf-8")
    assert loaded(tmp_path, "check", ".", "--quiet") == RULES


def test_only_a_notebook_loads_what_validates_notebooks(tmp_path: Path) -> None:
    notebook = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    (tmp_path / "wards.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    assert "nbformat" in loaded(tmp_path, "check", ".", "--quiet")


def test_only_a_report_for_people_loads_what_draws_it(tmp_path: Path) -> None:
    (tmp_path / "wards.py").write_text(CLEAN, encoding="utf-8")
    assert "rich" not in loaded(tmp_path, "check", ".", "--format", "json")
    assert "rich" in loaded(tmp_path, "check", ".")


@pytest.mark.parametrize("changes", [False, True])
def test_a_check_of_what_has_not_changed_loads_no_rules_and_nothing_that_reads_code(
    tmp_path: Path, changes: bool
) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "readiness.yaml").write_text("stage: production\n", encoding="utf-8")
    (project / "pyproject.toml").write_text("[project]\nname = 'wards'\n", encoding="utf-8")
    (project / "wards.py").write_text("import torch\n\nstate = torch.load('/home/ana/model.pt')\n", encoding="utf-8")
    (project / "README.md").write_text("# Wards\n", encoding="utf-8")
    notebook = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    (project / "wards.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    kept = {"READINESS_NO_CACHE": "0", "READINESS_CACHE_DIR": str(tmp_path / "kept")}
    first = loaded(project, "check", ".", "--format", "json", **kept)
    if changes:
        (project / "README.md").write_text("# Hospital wards\n", encoding="utf-8")
    again = loaded(project, "check", ".", "--format", "json", **kept)
    assert {"libcst", "nbformat"} <= first
    assert again == (RULES | MARKDOWN if changes else KEPT)


def test_only_the_page_loads_what_fills_templates(tmp_path: Path) -> None:
    (tmp_path / "wards.py").write_text(CLEAN, encoding="utf-8")
    assert loaded(tmp_path, "check", ".", "--format", "html") == RULES | {"jinja2", "markupsafe"}
