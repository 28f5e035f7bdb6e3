"""A rule as a page of documentation: the same parts in the same order on the terminal and in Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from readiness.rulebook.book import Rulebook
from readiness.rulebook.examples import first_finding
from readiness.rulebook.parts import (
    BadExample,
    CellExample,
    CellsExample,
    FilesExample,
    FixSpec,
    GoodExample,
    SizedFile,
)
from readiness.rulebook.schema import Rule


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
    next_step: str
    sketch: str
    bad: tuple[Code, ...]
    fixed: str | None
    good: tuple[Code, ...]
    fix: str


def page_of(rule: Rule, rulebook: Rulebook) -> Page:
    """The page of a rule, with its first example of each sort and what the rule really says of it.

    `rulebook` holds the rules that comments in the examples may name, and those that this one gives way to.
    """
    bad = next(example for example in rule.examples if isinstance(example, BadExample))
    good = next(example for example in rule.examples if isinstance(example, GoodExample))
    said = first_finding(rule, bad, rulebook)
    return Page(
        rule=rule,
        facts=(*_facts(rule), *_gives_way(rule, rulebook)),
        says=rule.message if said is None else said.message,
        next_step=(rule.next_step or _fix(rule)) if said is None else said.next_step,
        sketch=rule.sketch.rstrip() if said is None else said.sketch,
        bad=tuple(_code(bad.program)),
        fixed=bad.fixed,
        good=tuple(_code(good.program)),
        fix=_fix(rule),
    )


def _facts(rule: Rule) -> tuple[tuple[str, str], ...]:
    return (
        ("Pillar", rule.pillar),
        ("Severity", rule.severity.label),
        ("Confidence", rule.confidence.label),
        ("From stage", rule.stage.label),
        ("Kind", rule.kind),
        ("Lesson", rule.lesson),
    )


def _gives_way(rule: Rule, rulebook: Rulebook) -> Iterator[tuple[str, str]]:
    """The rules that say more about the same cause."""
    stronger = [
        one.id for one in rulebook.rules for weaker in one.supersedes if rulebook.by_id.get(weaker.rule) is rule
    ]
    if stronger:
        yield "Gives way to", ", ".join(stronger)


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
        before = program.before or {}
        yield from (_file(path, text, ", before") for path, text in before.items() if text is not None)
        yield from (_file(path, it, ", after" if path in before else "") for path, it in program.files.items())
    else:
        yield from (_cell(number, cell) for number, cell in enumerate(program.cells, 1))


def _file(path: str, content: str | SizedFile, when: str = "") -> Code:
    if isinstance(content, SizedFile):
        return Code(f"{path}, {content.size:,} bytes", "", "text")
    return Code(path + when, content.rstrip(), _language(path))


def _cell(number: int, cell: CellExample) -> Code:
    if cell.code is None:
        return Code(f"cell {number}, Markdown", (cell.markdown or "").rstrip(), "markdown")
    ran = f", {cell.times} times" if cell.times > 1 else ""
    ran += f", run as [{cell.n}]" if cell.n is not None else ""
    ran += "".join(f", tagged {tag}" for tag in cell.tags)
    shows = "".join(f", shows {_shown(output)}" for output in cell.outputs)
    return Code(f"cell {number}{ran}{shows}", cell.code.rstrip())


def _shown(output: object) -> str:
    if isinstance(output, dict) and "size" in output:
        return f"{output['size']:,} characters"
    if isinstance(output, dict):
        return str(output.get("ename") or output.get("output_type"))
    return f"“{output}”"


def _language(path: str) -> str:
    suffixes = {".py": "python", ".md": "markdown", ".toml": "toml", ".yaml": "yaml", ".yml": "yaml"}
    return next((language for suffix, language in suffixes.items() if path.endswith(suffix)), "text")
