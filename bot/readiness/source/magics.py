"""IPython's own syntax to plain Python, line by line, so that every line and column of the rest stays where it is."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass

# Cell magics whose body is Python that runs in the notebook's own namespace.
_PYTHON_CELLS = frozenset(
    "capture debug heat lprun memit memray_flamegraph mprun prun px pyinstrument scalene snakeviz time timeit".split()
)
# Line magics that run the statement that follows them.
_PYTHON_LINES = frozenset({"time", "timeit", "prun", "memit", "px"})
# Databricks writes a whole cell of another language under a single sign.
_DATABRICKS_CELLS = frozenset({"fs", "md", "md-sandbox", "r", "scala", "sh", "sql"})

_MAX_STATEMENT = 2_000
_MAGIC = re.compile(r"(?P<indent>\s*)(?P<sign>%%|%[ ]*+)(?P<name>[A-Za-z_][\w.-]*)(?P<args>.*)", re.DOTALL)
_SHELL = re.compile(r"(?P<indent>\s*)!{1,2}(?P<args>.*)", re.DOTALL)
_HELP = re.compile(r"(?P<indent>\s*)(?:\?{1,2}\s*[%\w.*]+|%{0,2}[\w.*\[\]()'\"]+\s*+\?{1,2})\s*+;?\s*$")
_ASSIGNED = re.compile(r"(?P<head>[^=#'\"!%?()]+=\s*)(?:!(?!=)|%(?=[A-Za-z_]))(?P<args>.*)", re.DOTALL)
_AUTO_CALL = re.compile(r"(?P<indent>\s*)[,;/][A-Za-z_]")
_AUTOMAGIC = re.compile(
    r"(?P<indent>\s*)(?:(?P<tool>pip|conda|mamba)\s+(?:install|uninstall|list|show|freeze|update|upgrade)\b"
    r"|(?:cd|ls|mkdir|cat|cp|mv|rm)\s+(?:[~./$]|-[a-zA-Z]|\w[\w-]*(?:[/.]|\s*$)))"
)
_COMMAND = re.compile(
    r"\$\s+\w|(?:sudo\s+)?(?:apt|apt-get|aws|az|bash|brew|curl|docker|docker-compose|dvc|echo|export|gcloud|git|gsutil|jupyter|kaggle"
    r"|kubectl|make|mlflow|node|npm|npx|pip3?|poetry|prefect|python3?|sh|source|tar|unzip|uv|wget)\s+[-\w./~\"'$]"
)
_OPTIONS = re.compile(r"\s*+(?:-[a-zA-Z]\s*+(?:\d++\s++)?|--[a-z-]+\s++)*")
_LEXEME = re.compile(r"'''|\"\"\"|'(?:[^'\\\n]|\\.)*'?|\"(?:[^\"\\\n]|\\.)*\"?|#.*|[()\[\]{}]|\\$")
MASK = "pass;"
"""Stands for a line of IPython's. Nobody writes it so: a rule's `regex` tells it from a `pass` of the program."""


@dataclass(frozen=True, slots=True)
class Magic:
    """One use of IPython's syntax: `line` is 0-based in its cell; `name` is "!" for a shell line and "?" for help."""

    line: int
    name: str
    args: str
    whole_cell: bool = False


@dataclass(frozen=True, slots=True)
class Masked:
    """A cell as plain Python; a `foreign` cell is written in another language and was masked entirely."""

    text: str
    magics: tuple[Magic, ...] = ()
    foreign: bool = False


def mask(cell: str) -> Masked:
    """The cell with the same number of lines, in which no line holds IPython's own syntax any more."""
    lines = cell.split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip() and not line.lstrip().startswith("#")), None)
    magic = _MAGIC.match(lines[first]) if first is not None else None
    if first is not None and magic and _is_cell_magic(magic, lines[first + 1 :]):
        found = Magic(first, magic["name"], magic["args"].strip(), whole_cell=True)
        if magic["name"] not in _PYTHON_CELLS:
            return Masked("\n" * (len(lines) - 1), (found,), foreign=True)
        rest = _Masker(lines[first + 1 :], first + 1)
        return Masked("\n".join([*lines[:first], magic["indent"] + MASK, *rest.lines]), (found, *rest.magics))
    masker = _Masker(lines, 0)
    return Masked("\n".join(masker.lines), tuple(masker.magics))


def is_shell(cell: str) -> bool:
    """Whether a cell that is no Python reads as a command to be typed elsewhere."""
    lines = (line.strip() for line in cell.split("\n"))
    first = next((line for line in lines if line and not line.startswith("#")), "")
    return _COMMAND.match(first) is not None


def _is_cell_magic(magic: re.Match[str], rest: list[str]) -> bool:
    if magic["sign"] == "%%":
        return True
    return magic["name"].lower() in _DATABRICKS_CELLS and not magic["args"].strip() and any(map(str.strip, rest))


class _Masker:
    """Walks the lines of a cell; only where a statement can begin may a line be IPython's."""

    def __init__(self, lines: list[str], first: int) -> None:
        self.magics: list[Magic] = []
        self.lines: list[str] = []
        self._first = first
        self._depth = 0
        self._quote = ""
        self._continued = False
        self._in_magic = False
        for line in lines:
            self.lines.append(self._next(line))

    def _next(self, line: str) -> str:
        if self._in_magic:
            self._in_magic = line.rstrip().endswith("\\")
            return ""
        if self._depth <= 0 and not self._quote and not self._continued:
            masked = self._masked(line)
            if masked is not None:
                return masked
        self._follow(line)
        return line

    def _masked(self, line: str) -> str | None:
        """The line without its magic, or None if it is plain Python."""
        if not line.strip() or line.lstrip().startswith(("#", "'", '"')):
            return None
        if help_line := _HELP.match(line):
            return self._note("?", line, help_line["indent"] + MASK)
        if magic := _MAGIC.match(line):
            masked = _with_statement(magic) if magic["name"] in _PYTHON_LINES else None
            return self._note(magic["name"], magic["args"], masked or magic["indent"] + MASK)
        if shell := _SHELL.match(line):
            return self._note("!", shell["args"], shell["indent"] + MASK)
        if assigned := _ASSIGNED.match(line):
            return self._note("!", assigned["args"], assigned["head"] + "_")
        if automagic := _AUTOMAGIC.match(line):
            return self._note(automagic["tool"] or "!", line, automagic["indent"] + MASK)
        if auto_call := _AUTO_CALL.match(line):
            return self._note(",", line, auto_call["indent"] + MASK)
        return None

    def _note(self, name: str, args: str, masked: str) -> str:
        self.magics.append(Magic(self._first + len(self.lines), name, args.strip()))
        self._in_magic = args.rstrip().endswith("\\")
        return masked

    def _follow(self, line: str) -> None:
        """Carry open brackets, strings and continuations over to the next line."""
        self._continued = False
        at = 0
        while at < len(line):
            if self._quote:
                end = _closing(line, self._quote, at)
                if end < 0:
                    return
                self._quote, at = "", end
                continue
            lexeme = _LEXEME.search(line, at)
            if lexeme is None:
                return
            at = lexeme.end()
            self._take(lexeme.group())

    def _take(self, lexeme: str) -> None:
        if lexeme in {"'''", '"""'}:
            self._quote = lexeme
        elif lexeme in "([{":
            self._depth += 1
        elif lexeme in ")]}":
            self._depth -= 1
        elif lexeme == "\\":
            self._continued = True


def _closing(line: str, quote: str, at: int) -> int:
    """The offset behind the next `quote` that no backslash escapes, or -1."""
    while True:
        found = line.find(quote, at)
        escape = line.find("\\", at, found if found >= 0 else len(line))
        if escape < 0:
            return found + len(quote) if found >= 0 else -1
        at = escape + 2


def _with_statement(magic: re.Match[str]) -> str | None:
    """`%time x = f()` as `pass;  x = f()`: the statement keeps its column; None if there is none, or a block."""
    options = _OPTIONS.match(magic["args"])
    start = options.end() if options else 0
    statement = magic["args"][start:]
    if not statement.strip() or not _is_statement(statement):
        return None
    sign = len(magic["sign"]) + len(magic["name"]) + start
    return magic["indent"] + "0;".ljust(sign) + statement


def _is_statement(text: str) -> bool:
    """Whether the text can follow a semicolon; the option of a magic that we do not know cannot."""
    if len(text) > _MAX_STATEMENT:
        return False
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return len(ast.parse(f"0; {text}").body) >= 2
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
