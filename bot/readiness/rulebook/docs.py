"""The generated documentation of the rules: one page for each, an index by pillar and stage, and what other tools look for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from readiness.finding import Stage
from readiness.rulebook.book import Rulebook
from readiness.rulebook.coverage import coverage
from readiness.rulebook.files import LESSONS
from readiness.rulebook.knowledge import other_tools
from readiness.rulebook.page import Code, Page, page_of
from readiness.rulebook.schema import Rule

RULES = "rules"
_NOTE = "<!-- Written by `readiness rules docs`; edit the rule instead. -->"


def pages(rulebook: Rulebook) -> dict[str, str]:
    """Path in the folder of the documentation -> Markdown, for all pages."""
    of_rules = {f"{RULES}/{rule.id}.md": rule_page(page_of(rule, rulebook)) for rule in rulebook.rules}
    overview = "\n".join((_NOTE, "", *coverage(other_tools(), rulebook, RULES))) + "\n"
    return {f"{RULES}/README.md": index(rulebook), "coverage.md": overview, **of_rules}


def outdated(folder: Path, wanted: dict[str, str]) -> list[str]:
    """The paths of pages that are missing, differ, or were written for a rule that is no more."""
    present = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.md")}
    changed = {name for name, text in wanted.items() if present.get(name) != text}
    gone = {name for name, text in present.items() if text.startswith(_NOTE) and name not in wanted}
    return sorted(changed | gone)


def write(folder: Path, wanted: dict[str, str]) -> list[str]:
    """Bring the folder up to date; the paths of the pages that changed."""
    changed = outdated(folder, wanted)
    for name in changed:
        if name in wanted:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(wanted[name], encoding="utf-8")
        else:
            (folder / name).unlink()
    return changed


def index(rulebook: Rulebook) -> str:
    """The list of all rules by pillar, then by stage and by lesson."""
    lines = [
        _NOTE,
        "",
        "# Rules",
        "",
        f"{len(rulebook.rules)} rules come with the tool. `readiness explain RULE` shows a page in the terminal.",
        "",
    ]
    for pillar, rules in groupby(rulebook.rules, key=lambda rule: rule.pillar):
        lines += [f"## {pillar.capitalize()}", "", *table(rules, link=True), ""]
    lines += ["## By stage", "", "A rule speaks from its stage on; `--stage` sets how far a project is.", ""]
    for stage in Stage:
        lines.append(f"- **{stage.label}**: {_links(rule for rule in rulebook.rules if rule.stage is stage) or 'none'}")
    lines += ["", "## By lesson", ""]
    for lesson in sorted({rule.lesson for rule in rulebook.rules}):
        lines.append(f"- **{_lesson(lesson)}**: {_links(rule for rule in rulebook.rules if rule.lesson == lesson)}")
    return "\n".join(lines) + "\n"


def table(rules: Iterable[Rule], *, link: bool = False) -> Iterator[str]:
    """The lines of a Markdown table of rules."""
    yield "| Rule | What it finds | Severity | From stage | Kind |"
    yield "|---|---|---|---|---|"
    for rule in rules:
        name = f"[{rule.id}]({rule.id}.md)" if link else f"`{rule.id}`"
        yield f"| {name} | {rule.title} | {rule.severity} | {rule.stage} | {rule.kind} |"


def rule_page(page: Page) -> str:
    """The page of one rule."""
    return "\n".join(_lines(page)) + "\n"


def _lines(page: Page) -> Iterator[str]:
    rule = page.rule
    yield from (
        _NOTE,
        "",
        f"# {rule.title}",
        "",
        f"`{rule.id}` · " + " · ".join(f"{name.lower()}: {_fact(name, value)}" for name, value in page.facts),
    )
    yield from ("", "## What it says", "", page.says, "", "## Why it matters", "", rule.why)
    yield from ("", "## Example", "", "Reported:", "", *_codes(page.bad))
    if page.fixed:
        yield from ("", "After the fix:", "", *_fenced(page.fixed.rstrip(), "python"))
    yield from ("", "Not reported:", "", *_codes(page.good))
    yield from ("", "## Next step", "", page.next_step)
    if page.sketch:
        yield from ("", *_fenced(page.sketch, "python"))
    if page.fix and rule.next_step:
        yield from ("", f"Fix: {page.fix}")
    yield from ("", "## Learn more", "", *(f"- <{link}>" for link in rule.learn))
    yield from ("", f"Silence it on one line with `# readiness: ignore[{rule.id}] reason`.")


def _fact(name: str, value: str) -> str:
    return _lesson(value) if name == "Lesson" else value


def _lesson(concept: str) -> str:
    return f"[{concept}](../../rules/{LESSONS}/{concept}.md)"


def _codes(codes: Iterable[Code]) -> Iterator[str]:
    for number, code in enumerate(codes):
        if number:
            yield ""
        if code.title:
            yield from (
                f"`{code.title}`" if "/" in code.title or "." in code.title else code.title[0].upper() + code.title[1:],
                "",
            )
        yield from _fenced(code.text, code.language)


def _fenced(text: str, language: str) -> Iterator[str]:
    fence = "````" if "```" in text else "```"
    yield from (f"{fence}{language}", text, fence)


def _links(rules: Iterable[Rule]) -> str:
    return ", ".join(f"[{rule.id}]({rule.id}.md)" for rule in rules)
