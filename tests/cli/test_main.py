"""The command itself: its version and help, what it loads, and how its errors look."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from readiness import __version__
from readiness.__main__ import BROKEN_PIPE, INTERRUPTED, run
from readiness.cli._main import command
from readiness.errors import ExitCode, RuleError

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_the_version_is_printed(readiness: Run) -> None:
    done = readiness("--version")
    assert (done.returncode, done.stdout) == (0, f"readiness {__version__}\n")


def test_the_version_loads_nothing_heavy() -> None:
    code = (
        "import sys; from readiness.__main__ import run; run(['--version']); "
        "print(sorted({'libcst', 'rich', 'pydantic', 'yaml', 'nbformat', 'pathspec', 'github', 'httpx'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_help_lists_every_command(readiness: Run) -> None:
    done = readiness("--help")
    assert done.returncode == 0
    assert {"check", "explain", "rules"} <= {line.split()[0] for line in done.stdout.splitlines() if line.strip()}


def test_an_unknown_command_is_wrong_use(readiness: Run) -> None:
    done = readiness("chek")
    assert done.returncode == ExitCode.USAGE
    assert "No such command 'chek'" in done.stderr


def test_an_unknown_option_is_wrong_use(readiness: Run) -> None:
    done = readiness("check", "--selct", "x")
    assert done.returncode == ExitCode.USAGE
    assert "--select" in done.stderr


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_get_a_script_that_completes(readiness: Run, shell: str) -> None:
    done = readiness(_READINESS_COMPLETE=f"{shell}_source")
    assert "_READINESS_COMPLETE" in done.stdout


def test_completion_knows_the_options_of_a_command(readiness: Run) -> None:
    done = readiness(_READINESS_COMPLETE="bash_complete", COMP_WORDS="readiness check --sel", COMP_CWORD="2")
    assert done.stdout == "plain,--select\n"


def raising(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def main(*_arguments: object, **_options: object) -> int:
        raise error

    monkeypatch.setattr(command, "main", main)


def test_an_error_says_what_where_and_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    second = RuleError("a hidden \x1b[31m mistake", where="rules/b.yaml:2:1")
    raising(
        monkeypatch, RuleError("no such key", where=f"{tmp_path}/a.yaml:1:2", advice="Did you mean?", others=(second,))
    )
    assert run([]) == ExitCode.USAGE
    assert capsys.readouterr().err == (
        "error: no such key\n  at a.yaml:1:2\n  Did you mean?\n"
        "error: a hidden \\x1b[31m mistake\n  at rules/b.yaml:2:1\n"
    )


def test_ctrl_c_ends_quietly(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    raising(monkeypatch, KeyboardInterrupt())
    assert run([]) == INTERRUPTED
    assert capsys.readouterr().err == "interrupted\n"


def test_a_fault_of_our_own_never_looks_like_findings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    raising(monkeypatch, ZeroDivisionError("a fault"))
    assert run([]) == ExitCode.INCOMPLETE
    assert "ZeroDivisionError: a fault" in capsys.readouterr().err


def test_a_reader_that_leaves_early_is_no_error() -> None:
    program = "import sys; from readiness.__main__ import main; sys.argv = ['readiness', '--help']; main()"
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.wait(timeout=60) == BROKEN_PIPE
        assert process.stderr.read() == b""
