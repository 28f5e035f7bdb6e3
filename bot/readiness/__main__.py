"""`readiness` and `python -m readiness`: run a command, and turn every way in which it can end into an exit code."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from readiness.cli._main import command
from readiness.errors import ExitCode, ReadinessError, RuleError

INTERRUPTED = 130
BROKEN_PIPE = 141


def main() -> None:
    """Run the command line and leave with its exit code."""
    gc.disable()  # a command lives for seconds and leaves few cycles; to look for them costs a tenth of its start
    _be_stopped_like_a_terminal_stops()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a terminal that is not UTF-8
    code = run(sys.argv[1:])
    gc.freeze()  # or the interpreter would look for cycles once more, in all that is about to go
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """The exit code of a command line; every error was told on standard error."""
    try:
        code = command.main(arguments, prog_name="readiness", standalone_mode=False)
        sys.stdout.flush()
        return int(code or 0)
    except ReadinessError as error:
        _tell(error)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or the interpreter complains at its end
        return BROKEN_PIPE
    except SystemExit as leaving:  # by click: a completion was printed, or the reader left early and the code is 1
        return BROKEN_PIPE if leaving.code == 1 else int(leaving.code or 0)
    except Exception:  # noqa: BLE001 - a fault of our own must not end with Python's exit code 1, which means "findings"
        sys.excepthook(*sys.exc_info())
        click.echo(
            "error: this is a fault of the readiness bot, not of the code under review; please report it", err=True
        )
        return ExitCode.INCOMPLETE


def _be_stopped_like_a_terminal_stops() -> None:
    """What a CI sends to end a job counts as Ctrl-C, so that files are removed and workers ended."""
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    if hasattr(os, "register_at_fork"):  # workers must die when their pool ends them
        os.register_at_fork(after_in_child=lambda: signal.signal(signal.SIGTERM, signal.SIG_DFL))


def _tell(error: ReadinessError) -> None:
    from readiness.report._text import visible

    here = f"{Path.cwd()}{os.sep}"
    for each in _all(error):
        click.echo(click.style("error: ", fg="red", bold=True) + visible(each.what), err=True)
        for line in filter(None, [each.where and f"at {each.where.removeprefix(here)}", *each.advice.splitlines()]):
            click.echo(f"  {visible(line)}", err=True)


def _all(error: ReadinessError) -> Iterator[ReadinessError]:
    yield error
    if isinstance(error, RuleError):
        for other in error.others:
            yield from _all(other)


if __name__ == "__main__":
    main()
