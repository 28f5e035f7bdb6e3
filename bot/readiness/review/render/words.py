"""The pieces that all texts of a review share. What comes from the reviewed code never acts: it links, pings and formats nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from readiness.finding import Finding, Location, Severity
from readiness.report._text import visible
from readiness.report.markdown import code, text
from readiness.review.model import Pull

MAX_BODY = 60_000
"""GitHub refuses 65,536 characters; it may count some of them as more than one."""
SHORT_SHA = 7
LABELS = {Severity.ERROR: "Blocker", Severity.WARNING: "Should fix", Severity.NOTE: "Consider"}
_NO_COMMENT = re.compile("<!--|-->")


def label(finding: Finding) -> str:
    """How much it matters, in words; a finding that does not stop the merge is never called a blocker."""
    return LABELS[finding.severity]


def place(finding: Finding) -> str:
    """Where a person looks; a finding about a whole file has no line."""
    return place_at(finding.location) if has_line(finding) else code(visible(finding.location.path))


def place_at(at: Location) -> str:
    """Path and line, or the cell as it is counted in the notebook."""
    cell = "" if at.cell is None else f" cell {at.cell + 1},"
    return f"{code(visible(at.path))}{cell} line {at.line}"


def has_line(finding: Finding) -> bool:
    """Whether the finding is about a line; one about a whole file is said to stand on the first."""
    return bool(finding.source_lines) or finding.location.line > 1


def linked_place(finding: Finding, pull: Pull) -> str:
    """The place as a link to the file at the reviewed commit."""
    return linked(place(finding), finding.location, pull, to_line=has_line(finding))


def linked(shown: str, at: Location, pull: Pull, *, to_line: bool = True) -> str:
    """What is shown of a place as a link to it; a platform numbers no lines of a notebook."""
    line = f"#L{at.file_line}" if to_line and at.cell is None else ""
    return f"[{shown}]({blob(pull, at.path)}{line})" if pull.url else shown


def blob(pull: Pull, path: str) -> str:
    """The page of a file at the reviewed commit."""
    return f"{pull.url}/blob/{pull.head}/{quote(path, errors='surrogateescape')}"


def fence(lines: Iterable[str], language: str = "") -> str:
    """A code block that its content cannot end."""
    shown = list(lines)
    longest = max((len(run) for line in shown for run in re.findall("`+", line)), default=0)
    ticks = "`" * max(3, longest + 1)
    return "\n".join([ticks + language, *shown, ticks])


def shown_code(lines: Iterable[str], path: str = "") -> str:
    """Reviewed code in a block, with whatever is invisible in it made visible; coloured as Python unless its file is no program."""
    language = "python" if not path or path.endswith((".py", ".ipynb")) else ""
    return fence((visible(line.rstrip("\n")) for line in lines), language)


def details(title: str, body: str) -> str:
    """A section that is folded until somebody opens it."""
    return f"<details><summary>{title}</summary>\n\n{body}\n\n</details>"


def said(words: str) -> str:
    """Prose of a rule with what it quotes from the code."""
    return text(words)


def name(login: str) -> str:
    """A person, without pinging them."""
    return code(visible(login)) if login else "somebody"


def sha(commit: str) -> str:
    """A commit as people quote it; the platform makes it a link."""
    return commit[:SHORT_SHA]


def clipped(body: str, marker: str, note: str) -> str:
    """The body with its marker as the last line, shortened at a paragraph if it is too long."""
    body = _NO_COMMENT.sub("", body)
    room = MAX_BODY - len(marker) - len(note) - 8
    if len(body) > room:
        body = f"{_balanced(body[:room].rpartition(chr(10) * 2)[0])}\n\n{note}"
    return f"{body}\n\n{marker}"


def _balanced(body: str) -> str:
    """Close what the cut left open: a section, or a code block."""
    fences = sum(line.startswith("```") for line in body.split("\n"))
    body += "\n```" if fences % 2 else ""
    return body + "\n\n</details>" * (body.count("<details>") - body.count("</details>"))
