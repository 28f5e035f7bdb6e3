"""Say what is wrong with a text that does not parse, where, and what to do."""

from __future__ import annotations

import ast
import re
import warnings

from readiness.errors import UnreadableSource
from readiness.source.lines import LineTable

_PYTHON_2 = re.compile(
    r"\bprint\s+[^\s(=.,)\]:]|\bprint\s*>>|\bexec\s+['\"\w]|<>|`|\braise\s+\w+\s*,|\bexcept\s+[^:(]+,\s*\w+\s*:"
    r"|\b0\d+\b|\b[uU][rR]['\"]|\b\d+[lL]\b"
)
_STRING = re.compile(r"'[^'\\]*(?:\\.[^'\\]*)*'|\"[^\"\\]*(?:\\.[^\"\\]*)*\"")
_LIBCST_PLACE = re.compile(r"error at (\d+):(\d+)")
_PYTHON_2_ADVICE = (
    "Port it to Python 3 (for instance with 2to3 or python-modernize), or leave it out with an ignore pattern."
)
_ADVICE = "Mend the syntax, or leave the file out with an ignore pattern."
_TOO_DEEP = "Split the deepest expression, or leave the file out with an ignore pattern."


def unreadable(path: str, text: str, error: Exception) -> UnreadableSource:
    """The error to raise for a text that libcst refused with `error`."""
    if isinstance(error, RecursionError):
        return UnreadableSource("the code is nested too deeply", where=path, advice=_TOO_DEEP)
    message, line, column = _explain(text, error)
    lines = LineTable(text)
    wrong = lines.line_text(min(line, len(lines)))
    where = f"{path}:{line}:{column}"
    old = _PYTHON_2.search(_STRING.sub("''", wrong))
    if old is not None:
        construct = "print statement" if old.group().startswith("print") else f"`{old.group().strip()}`"
        return UnreadableSource(f"{construct}: this is Python 2", where=where, advice=_PYTHON_2_ADVICE)
    return UnreadableSource(f"not valid Python: {message}", where=where, advice=_ADVICE)


def _explain(text: str, error: Exception) -> tuple[str, int, int]:
    """Message, line and column. Python's own parser words errors best; it reads the text and runs nothing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError as refused:
        return refused.msg, refused.lineno or 1, refused.offset or 1
    except (ValueError, RecursionError, MemoryError) as refused:
        return str(refused), 1, 1
    place = _LIBCST_PLACE.search(str(error))
    line, column = (int(place[1]), int(place[2])) if place else (1, 1)
    return "the parser (libcst) does not know this syntax", line, column
