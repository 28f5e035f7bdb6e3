"""A report is told again only where a new analysis would say the same: each thing that decides it is changed once."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from readiness.cache.folder import STORE, VARIABLE, cache_folder
from readiness.cache.store import user_store
from readiness.cli._options import Options
from readiness.cli._settings import settings_of
from readiness.collect.files import collect
from readiness.engine.rulebooks import rulebook_of
from readiness.judge.report import Report
from readiness.recheck import KeptReport, check
from readiness.report._formats import names, renderer
from readiness.settings import Settings
from readiness.watcher import Watcher

CODE = "import torch\n\nstate = torch.load('/home/ana/model.pt', weights_only=False)\n"
RULE = """\
title: Loaded state
kind: code
severity: note
confidence: high
stage: exploration
lesson: none
match: torch.load(...)
message: "A state is loaded."
why: A test needs a rule.
next_step: Nothing.
learn: [https://example.org]
examples: [{bad: "import torch\\ntorch.load('a')"}, {good: "a"}]
"""
LCOV = "SF:train.py\nDA:1,1\nend_of_record\n"
FILES = {
    "train.py": CODE,
    "evaluate.py": "rows = 1\n",
    "broken.py": "def f(:\n",
    "README.md": "# Model\n\nWhat it does.\n",
    "requirements.txt": "torch\n",
    "readiness.yaml": "stage: candidate\n",
    "lcov.info": LCOV,
    ".gitignore": "*.log\n",
    ".git/info/exclude": "",
    "photo.png": "PNG",
    "reports/table.csv": "a,b\n",
}


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our rules as they are kept, which takes longer to make than all of these tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(tmp_path_factory.mktemp("kept")))
        rulebook_of()
        return cache_folder()


@pytest.fixture
def project(tmp_path: Path, rules: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in a work tree, and a store for this test."""
    shutil.copytree(rules, tmp_path / "kept")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "kept"))
    folder = tmp_path / "project"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def settings(**given: Any) -> Settings:
    """The settings of a command line in the current folder."""
    return settings_of(Options(**given), Path.cwd())


def known(of: Settings) -> Report | None:
    with user_store(wanted=of.cache) as store:
        return KeptReport(of, collect(of), store).read()


def untimed(report: Report) -> Report:
    return replace(report, seconds=0.0)


def test_the_report_of_an_unchanged_project_is_told_again_in_every_format(project: Path) -> None:
    first = check(settings())
    assert "train.py" in {finding.location.path for finding in first.findings}
    assert first.incomplete
    assert known(settings())
    again = check(settings())
    assert untimed(again) == untimed(first) == untimed(check(settings(no_cache=True)))
    for name in names():
        assert renderer(name)(untimed(again)) == renderer(name)(untimed(first))


def written(name: str, text: str) -> Callable[[Path], object]:
    return lambda project: (project / name).write_text(text, encoding="utf-8")


def of_the_same_size_and_time(project: Path) -> None:
    place = project / "train.py"
    before = place.stat()
    place.write_text(CODE.replace("ana", "bob"), encoding="utf-8")
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(written("train.py", "rows = 2\n"), id="code"),
        pytest.param(of_the_same_size_and_time, id="code, of the same size and time"),
        pytest.param(written("README.md", "# Another model\n"), id="document"),
        pytest.param(written("requirements.txt", "torch==2.8.0\n"), id="requirements"),
        pytest.param(written(".gitattributes", "*.py text\n"), id="attributes"),
        pytest.param(written("more.py", CODE), id="new file"),
        pytest.param(written("table.xlsx", ""), id="new file that is not read"),
        pytest.param(written("photo.png", "PNG2"), id="size of a file that is not read"),
        pytest.param(lambda project: (project / "evaluate.py").unlink(), id="removed"),
        pytest.param(lambda project: (project / "evaluate.py").rename(project / "judge.py"), id="renamed"),
        pytest.param(written(".gitignore", "evaluate.py\n"), id="ignored"),
        pytest.param(written(".git/info/exclude", "evaluate.py\n"), id="ignored in this clone"),
        pytest.param(written("readiness.yaml", "stage: production\n"), id="settings"),
        pytest.param(written("readiness.yaml", "exclude: [evaluate.py]\n"), id="left out"),
    ],
)
def test_a_change_of_the_project_is_analysed(project: Path, change: Callable[[Path], object]) -> None:
    check(settings())
    assert known(settings())
    change(project)
    assert known(settings()) is None
    assert untimed(check(settings())) == untimed(check(settings(no_cache=True)))


@pytest.mark.parametrize(
    "other",
    [
        {"select": ("security",)},
        {"ignore": ("loaded-state",)},
        {"stage": "production"},
        {"fail_on": "note"},
        {"all": True},
        {"paths": (Path("train.py"),)},
        {"coverage": Path("lcov.info")},
        {"rules": (Path("requirements.txt"),)},
        {"no_cache": True},
        {"profile": True},
    ],
    ids=lambda given: next(iter(given)),
)
def test_another_command_line_is_another_question(project: Path, other: dict[str, Any]) -> None:
    check(settings())
    assert known(settings())
    assert known(settings(**other)) is None


def test_the_number_of_workers_and_the_format_change_nothing(project: Path) -> None:
    check(settings(jobs=1, format="json"))
    assert known(settings(jobs=2, format="sarif", quiet=True))


def test_the_folder_that_a_person_is_in_decides_how_paths_are_shown(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(settings(paths=(project,)))
    monkeypatch.chdir(project / "reports")
    assert known(settings(paths=(project,))) is None


def test_rules_of_a_team_are_read_again(project: Path) -> None:
    own = project / "own"
    own.mkdir()
    (own / "loaded-state.yaml").write_text(RULE, encoding="utf-8")
    ruled = settings(rules=(own,))
    assert "loaded-state" in {finding.rule for finding in check(ruled).findings}
    assert known(ruled)
    (own / "loaded-state.yaml").write_text(RULE.replace("severity: note", "severity: error"), encoding="utf-8")
    assert known(ruled) is None
    (own / "loaded-state.yaml").write_text(RULE, encoding="utf-8")
    assert known(ruled)
    (own / "another.yaml").write_text(RULE, encoding="utf-8")
    assert known(ruled) is None


def test_what_was_measured_of_the_tests_is_read_again(project: Path) -> None:
    measured = settings(coverage=Path("lcov.info"))
    check(measured)
    assert known(measured)
    (project / "lcov.info").write_text(LCOV.replace("DA:1,1", "DA:1,0"), encoding="utf-8")
    assert known(measured) is None


def test_another_day_is_judged_anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check(settings())
    tomorrow = time.gmtime(time.time() + 86_400)
    monkeypatch.setattr(time, "gmtime", lambda: tomorrow)
    assert known(settings()) is None


def test_a_comparison_with_a_base_is_never_kept(project: Path) -> None:
    shutil.rmtree(project / ".git")
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "first"]):
        identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
        subprocess.run(["git", *identity, *command], cwd=project, check=True, capture_output=True)
    check(settings(diff="HEAD"))
    assert known(settings(diff="HEAD")) is None


def test_what_changed_during_the_run_is_not_kept(project: Path) -> None:
    with user_store(wanted=True) as store:
        kept = KeptReport(settings(), collect(settings()), store)
        read = dict.fromkeys(("train.py", *FILES), b"of other bytes")
        kept.keep(check(settings(no_cache=True)), read)
    assert known(settings()) is None


def test_a_damaged_report_is_made_again(project: Path) -> None:
    first = check(settings())
    with user_store(wanted=True) as store:
        kept = KeptReport(settings(), collect(settings()), store)
        for damage in (b"", b"not packed", store.read([kept._key])[kept._key][:-10]):
            store.write({kept._key: damage})
            assert kept.read() is None
    assert untimed(check(settings())) == untimed(first)


def test_a_store_that_cannot_be_used_is_told_once(project: Path) -> None:
    (cache_folder() / STORE).mkdir()
    told: list[str] = []
    assert check(settings(), Watcher(on_trouble=told.append)).findings
    assert len(told) == 1
    assert STORE in told[0]
