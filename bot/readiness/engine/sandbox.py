"""Inside a worker process: limits of time, memory and stack around the analysis of each file."""

from __future__ import annotations

import faulthandler
import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from multiprocessing import parent_process
from pathlib import Path
from typing import TextIO

from readiness.collect.source_file import SourceFile
from readiness.engine.analyse import analyse
from readiness.engine.outcome import FileOutcome, not_analysed
from readiness.rulebook.book import Rulebook

STACK_BYTES = 256 * 1024 * 1024
RECURSION_LIMIT = 20_000
"""With `STACK_BYTES` this leaves more than ten kilobytes for each Python call, several times what one takes."""
FILES_PER_COLLECTION = 100
_SIZE = Path("/proc/self/statm")
_STANDARD_ERROR = 2


@dataclass(frozen=True, slots=True)
class Limits:
    """What the analysis of one file may take."""

    seconds: float = 60.0
    memory_bytes: int = 2 * 1024**3
    """On top of what a worker has before its first file."""


@dataclass(slots=True)
class Sandbox:
    """Analyses files one after the other, each within the limits; `log` hears where a file was that took too long."""

    rulebook: Rulebook
    limits: Limits
    log: TextIO
    profiled: bool = False
    analysed: int = 0

    def run(self, file: SourceFile) -> FileOutcome:
        """Analyse one file in a thread with a big stack, under a watchdog that ends the process when the time is over.

        The parser holds the interpreter's lock while it works, so no Python code could stop it: the watchdog is a C thread.
        """
        try:
            faulthandler.dump_traceback_later(self.limits.seconds, exit=True, file=self.log)
            return _in_big_stack(lambda: analyse(file, self.rulebook, profiled=self.profiled))
        except MemoryError:
            return not_analysed(file, f"it needs more than {self.limits.memory_bytes // 1024**2} MiB of memory")
        except RecursionError:
            return not_analysed(file, "it is nested too deeply")
        except Exception as error:  # noqa: BLE001 - a fault of ours must cost one file, and be seen
            return not_analysed(file, f"the bot failed on it, please report this: {type(error).__name__}: {error}")
        finally:
            faulthandler.cancel_dump_traceback_later()
            self._collect_sometimes()

    def _collect_sometimes(self) -> None:
        self.analysed += 1
        if self.analysed % FILES_PER_COLLECTION == 0:
            gc.collect()


_sandbox: Sandbox | None = None


def enter_worker(rulebook: Rulebook, limits: Limits, profiled: bool = False) -> None:
    """Prepare this process: called once by the executor before the first file."""
    global _sandbox
    # The terminal sends Ctrl-C to the whole group; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _limit_memory(limits.memory_bytes)
    sys.setrecursionlimit(RECURSION_LIMIT)
    # Trees are closed after use and freed at once; looking for what is left in cycles is worth it only now and then.
    gc.disable()
    gc.freeze()
    silence = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - lives as long as the process
    # What a dying parser prints would stand between the lines of the report; the report names the file.
    os.dup2(silence.fileno(), _STANDARD_ERROR)
    _sandbox = Sandbox(rulebook, limits, silence, profiled)


def _end_with_parent() -> None:
    """Leave no worker behind when the parent is killed: a pool alone would wait for its next batch for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _limit_memory(limit: int) -> None:
    """Let this process take so much more than it has now; only Linux says how much that is, and heeds the limit."""
    if not _SIZE.exists():
        return
    import resource

    now = int(_SIZE.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = now + 4 * STACK_BYTES + limit  # the C library reserves as much again for the heap of each thread
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def run_batch(files: Sequence[SourceFile]) -> list[FileOutcome]:
    """Analyse files one after the other in this worker."""
    if _sandbox is None:
        raise RuntimeError("run_batch needs enter_worker first")
    return [_sandbox.run(file) for file in files]


def _in_big_stack(work: Callable[[], FileOutcome]) -> FileOutcome:
    """Run `work` in a new thread, which is the only way to get a bigger stack than the process was started with."""
    done: Future[FileOutcome] = Future()

    def target() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001 - carried over to the caller, which is the one to judge it
            done.set_exception(error)

    usual = threading.stack_size(STACK_BYTES)
    thread = threading.Thread(target=target)
    thread.start()
    threading.stack_size(usual)  # the watchdog is a thread as well, and needs no such stack
    thread.join()
    return done.result()
