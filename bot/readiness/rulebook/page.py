"""A rule as a page of documentation: the same parts in the same order on the terminal and in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from readiness.kinds.base import OPTIONAL
from readiness.rulebook.parts import BadExample, CellExample, CellsExample, FilesExample, FixSpec, GoodExample
from readiness.rulebook.schema import Rule

_REFERENCE = re.compile(r"\$(?:\.\.\.)?([A-Za-z_][A-Za-z_0-9]*(?:\.[a-z_]+)*)")


@dataclass(frozen=True, slots=True)
class Code:
    """An example: where it stands (a file, a cell, or nothing) and its text."""

    title: str
    text: str
    language: str = "python"


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader learns about a rule."""

    rule: Rule
    facts: tuple[tuple[str, str], ...]
    says: str
    bad: tuple[Code, ...]
    fixed: str | None
    good: tuple[Code, ...]
    fix: str


def page_of(rule: Rule) -> Page:
    """The page of a rule, with its first example of each sort."""
    bad = next(example for example in rule.examples if isinstance(example, BadExample))
    good = next(example for example in rule.examples if isinstance(example, GoodExample))
    facts = (
        ("Pillar", rule.pillar),
        ("Severity", rule.severity.label),
        ("Confidence", rule.confidence.label),
        ("From stage", rule.stage.label),
        ("Kind", rule.kind),
        ("Lesson", rule.lesson),
    )
    return Page(
        rule,
        facts,
        plain(rule.message, rule),
        tuple(_code(bad.program)),
        bad.fixed,
        tuple(_code(good.program)),
        _fix(rule),
    )


def plain(text: str, rule: Rule) -> str:
    """A text of a rule for a reader without a finding: `$X` and the fields of items are called by their names."""

    def name(reference: re.Match[str]) -> str:
        first, _, rest = reference[1].partition(".")
        if first in rule.names():
            return reference[1].rsplit(".", 1)[-1].replace("_", " ")
        return first.lower().replace("_", " ") + (f".{rest}" if rest else "")

    return _REFERENCE.sub(name, OPTIONAL.sub("", text))


def _fix(rule: Rule) -> str:
    fix = getattr(rule, "fix", None)
    if fix is None:
        return ""
    if isinstance(fix, FixSpec):
        title = fix.title or "A change is offered"
        return f"{title} ({'safe' if fix.safety == 'safe' else 'look before accepting'})."
    return "A change is offered (look before accepting)."


def _code(program: str | FilesExample | CellsExample) -> Iterator[Code]:
    if isinstance(program, str):
        yield Code("", program.rstrip())
    elif isinstance(program, FilesExample):
        yield from (Code(path, text.rstrip(), _language(path)) for path, text in program.files.items())
    else:
        yield from (_cell(number, cell) for number, cell in enumerate(program.cells, 1))


def _cell(number: int, cell: CellExample) -> Code:
    if cell.code is None:
        return Code(f"cell {number}, Markdown", (cell.markdown or "").rstrip(), "markdown")
    ran = f", run as [{cell.n}]" if cell.n is not None else ""
    shows = "".join(f", shows {_shown(output)}" for output in cell.outputs)
    return Code(f"cell {number}{ran}{shows}", cell.code.rstrip())


def _shown(output: object) -> str:
    if isinstance(output, dict):
        return str(output.get("ename") or output.get("output_type"))
    return f"“{output}”"


def _language(path: str) -> str:
    suffixes = {".py": "python", ".md": "markdown", ".toml": "toml", ".yaml": "yaml", ".yml": "yaml"}
    return next((language for suffix, language in suffixes.items() if path.endswith(suffix)), "text")
