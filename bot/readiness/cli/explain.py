"""`readiness explain RULE`: what a rule finds, why it matters, an example, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click
from rich.console import Console
from rich.syntax import Syntax
from rich.text import Text

from readiness.rulebook.loader import load_rulebook
from readiness.rulebook.page import Code, Page, page_of

WIDTH = 96


@click.command(short_help="Explain a rule: what, why, example, next step.")
@click.argument("rule")
@click.option(
    "--rules", "rule_paths", multiple=True, type=click.Path(path_type=Path), help="Rules of the team as well."
)
def command(rule: str, rule_paths: tuple[Path, ...]) -> None:
    """Explain RULE: what it finds, why it matters, a bad and a good example, the next step, and where to read on."""
    rulebook = load_rulebook(rule_paths)
    show(page_of(rulebook.get(rule), rulebook), Console(highlight=False, markup=False, soft_wrap=True))


def show(page: Page, console: Console) -> None:
    """Print a page."""
    rule = page.rule
    console.print(Text.assemble((rule.id, "bold cyan"), "  ", (rule.title, "bold")))
    console.print(Text("  ".join(f"{name.lower()}: {value}" for name, value in page.facts), "dim"))
    _section(console, "What it says", page.says)
    _section(console, "Why it matters", rule.why)
    _examples(console, "Reported", page.bad)
    if page.fixed:
        _examples(console, "After the fix", [Code("", page.fixed.rstrip())])
    _examples(console, "Not reported", page.good)
    _section(console, "Next step", page.next_step)
    for line in page.sketch.splitlines():
        console.print(Text(f"      {line}".rstrip()), soft_wrap=True)
    _section(console, "Learn more", "\n".join(rule.learn))
    _section(console, "Silence it on one line", f"# readiness: ignore[{rule.id}] reason")


def _section(console: Console, title: str, text: str) -> None:
    console.print()
    console.print(Text(title, "bold"))
    for paragraph in text.splitlines():
        for line in Text(paragraph).wrap(console, WIDTH):
            line.rstrip()
            console.print(Text("  ") + line, soft_wrap=True)


def _examples(console: Console, title: str, codes: Iterable[Code]) -> None:
    console.print()
    console.print(Text(title, "bold"))
    for code in codes:
        if code.title:
            console.print(Text(f"  {code.title}", "dim"), soft_wrap=True)
        shown = Syntax("", code.language, background_color="default").highlight(code.text)
        shown.rstrip()
        for line in shown.split("\n"):
            console.print(Text("    ") + line, soft_wrap=True)
