"""Bad input: the real command says what is wrong, where and what to do, and leaves with the right exit code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.errors import ExitCode

Run = Callable[..., subprocess.CompletedProcess[str]]
NOTEBOOK = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"language_info": {"name": "python"}}, "cells": []}
ROOT_WITHOUT_PRIVILEGES = ("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all")
"""Root may read every file; this takes that away for one command."""


def not_analysed(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """Path -> reason, of a run in the format `json`."""
    return {item["path"]: item["reason"] for item in json.loads(done.stdout)["files"]["skipped"]}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"x = '\xff'\n", "UTF-8"),
        (b"# coding: no-such-codec\nx = 1\n", "no-such-codec"),
        (b"x = 1\n\x00\n", "NUL"),
        (b"print 'hello'\n", "Python 2"),
        (b"x = (1,\n", "was never closed"),
        (b"x = " + b"[" * 3000 + b"]" * 3000 + b"\n", "nest"),
        (b"x = " + b"1 + " * 20_000 + b"1\n", "operators"),
    ],
    ids=["encoding", "codec", "nul", "python-2", "syntax", "brackets", "operators"],
)
def test_python_that_cannot_be_read_is_named_with_the_reason(
    readiness: Run, tmp_path: Path, content: bytes, reason: str
) -> None:
    (tmp_path / "bad.py").write_bytes(content)
    (tmp_path / "good.py").write_text("x = 1\n")
    done = readiness("check", "--format", "json")
    assert done.returncode == ExitCode.INCOMPLETE, done.stderr
    assert list(not_analysed(done)) == ["bad.py"]
    assert reason.lower() in not_analysed(done)["bad.py"].lower()
    assert json.loads(done.stdout)["files"]["analysed"] == 1


@pytest.mark.parametrize(
    "content",
    [b"\xef\xbb\xbfx = 1\n", b"# coding: latin-1\nx = '\xff'\n", b"", b"x = 1", b"x = 1\r\ny = 2\rz = 3\n"],
    ids=["bom", "latin-1", "empty", "no-newline", "line-ends"],
)
def test_unusual_python_is_read(readiness: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.py").write_bytes(content)
    done = readiness("check", "--format", "json")
    assert (done.returncode, not_analysed(done)) == (ExitCode.CLEAN, {})


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "JSON"),
        (b"{", "JSON"),
        (b"[]", "notebook"),
        (b'{"cells": 3, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}', "notebook"),
        (b'{"nbformat": 4, "nbformat": 4, "cells": []}', "twice"),
        (b'{"cells": ' + b"[" * 5000 + b"]" * 5000 + b"}", "nest"),
        (b'{"nbformat": 99, "nbformat_minor": 0, "metadata": {}, "cells": []}', "nbformat"),
    ],
    ids=["empty", "cut", "list", "cells", "duplicate", "deep", "version"],
)
def test_a_notebook_that_cannot_be_read_is_named_with_the_reason(
    readiness: Run, tmp_path: Path, content: bytes, reason: str
) -> None:
    (tmp_path / "bad.ipynb").write_bytes(content)
    done = readiness("check", "--format", "json")
    assert done.returncode == ExitCode.INCOMPLETE, done.stderr
    assert reason.lower() in not_analysed(done)["bad.ipynb"].lower()


def test_a_notebook_without_cells_is_fine(readiness: Run, tmp_path: Path) -> None:
    (tmp_path / "a.ipynb").write_text(json.dumps(NOTEBOOK))
    assert readiness("check").returncode == ExitCode.CLEAN


def test_a_folder_without_files_is_fine_and_says_so(readiness: Run) -> None:
    done = readiness("check")
    assert done.returncode == ExitCode.CLEAN
    assert "Nothing found. 0 files checked" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("missing.py",), "error: there is no file or folder missing.py\n"),
        (("--rules", "missing"), "error: no such rule file or folder\n  at missing\n"),
        (("--coverage", "missing.xml"), "error: there is no coverage file missing.xml\n"),
        (("--select", "hardcoded-pth"), "error: no rule is called `hardcoded-pth`\n  Did you mean `hardcoded-path`?\n"),
        (("--output", "report"), "error: the format of report cannot be told from its name\n  at --output\n"),
        (("--output", "no/a.json"), "error: there is no folder no\n  at --output\n  Create it first.\n"),
        (("--diff", "main"), "error: git rev-parse failed: fatal: not a git repository"),
        (("--format", "xml"), "Invalid value for '--format': 'xml' is not one of"),
        (("--jobs", "0"), "Invalid value for '--jobs': 0 is not in the range x>=1."),
        (("--stage", "prod"), "Invalid value for '--stage': 'prod' is not one of"),
    ],
)
def test_wrong_use_is_told_on_standard_error(readiness: Run, arguments: tuple[str, ...], message: str) -> None:
    done = readiness("check", *arguments)
    assert (done.returncode, done.stdout) == (ExitCode.USAGE, "")
    assert message in done.stderr


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("stge: production\n", "error: unknown key `stge`\n  at readiness.yaml:1:1\n  Did you mean `stage`?\n"),
        ("stage: prod\n", "error: `stage`: `prod` is not known\n  at readiness.yaml:1:8\n"),
        ("format: xml\n", "error: `format`: `xml` is not known\n"),
        ("ignore: [hardcoded-pth]\n", "error: no rule is called `hardcoded-pth`\n"),
        ("stage: [\n", "error: not valid YAML"),
    ],
)
def test_a_mistake_in_the_configuration_is_told_with_its_place(
    readiness: Run, tmp_path: Path, text: str, message: str
) -> None:
    (tmp_path / "readiness.yaml").write_text(text)
    done = readiness("check")
    assert (done.returncode, done.stdout) == (ExitCode.USAGE, "")
    assert message in done.stderr


def test_a_base_that_does_not_exist_is_told_with_advice(readiness: Run, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    done = readiness("check", "--diff", "origin/main")
    assert done.returncode == ExitCode.USAGE
    assert done.stderr.startswith(f"error: there is no revision `origin/main` in {tmp_path}\n  at --diff\n")
    assert "fetch-depth: 0" in done.stderr


def test_a_loop_of_links_ends(readiness: Run, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/a.py").write_text("x = 1\n")
    (tmp_path / "a/loop").symlink_to(tmp_path, target_is_directory=True)
    done = readiness("check", "--format", "json")
    assert done.returncode == ExitCode.CLEAN
    assert json.loads(done.stdout)["files"] == {"analysed": 1, "skipped": []}


def test_a_file_and_a_folder_that_may_not_be_read_are_named(readiness: Run, tmp_path: Path) -> None:
    wrapper = ROOT_WITHOUT_PRIVILEGES if os.geteuid() == 0 else ()
    if wrapper and not shutil.which(wrapper[0]):
        pytest.skip("root reads everything, and setpriv is not here to stop it")
    (tmp_path / "closed").mkdir(mode=0)
    (tmp_path / "a.py").write_text("x = 1\n")
    (tmp_path / "a.py").chmod(0)
    done = readiness("check", "--format", "json", wrapper=wrapper)
    (tmp_path / "closed").chmod(0o700)
    assert done.returncode == ExitCode.INCOMPLETE, done.stderr
    assert not_analysed(done) == {
        "a.py": "cannot be read: Permission denied",
        "closed": "the folder cannot be read: Permission denied",
    }


def test_hostile_names_and_texts_do_not_reach_the_terminal(readiness: Run, tmp_path: Path) -> None:
    name = "\x1b[31mred\n::error::.py"
    (tmp_path / name).write_text("print 'x'\n")
    for format_name in ("terminal", "markdown", "github"):
        done = readiness("check", "--format", format_name)
        assert done.returncode == ExitCode.INCOMPLETE
        assert not {"\x1b", "\r"} & set(done.stdout)
        assert "\n::error::" not in done.stdout


def test_a_file_name_that_is_not_utf8_is_read_and_shown(readiness: Run, tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.py")).write_text("print 'x'\n")
    assert r"caf\xe9.py" in readiness("check").stdout
    assert list(not_analysed(readiness("check", "--format", "json"))) == [os.fsdecode(b"caf\xe9.py")]


def test_modules_that_import_each_other_and_functions_that_call_each_other_come_to_an_end(
    readiness: Run, tmp_path: Path
) -> None:
    (tmp_path / "b.py").write_text("from a import f\n\ndef g(x, n):\n    return f(x, n - 1) if n else x\n")
    (tmp_path / "a.py").write_text(
        "from b import g\nfrom sklearn.model_selection import train_test_split\n"
        "from sklearn.preprocessing import StandardScaler\n\ndef f(x, n):\n    return g(x, n - 1)\n\n"
        "X = StandardScaler().fit_transform(f(load(), 3))\na, b = train_test_split(X)\n"
    )
    done = readiness("check", "--format", "json", "--select", "leak-preprocess-before-split")
    assert not_analysed(done) == {}
    assert [(finding["path"], finding["line"]) for finding in json.loads(done.stdout)["findings"]] == [("a.py", 8)]
