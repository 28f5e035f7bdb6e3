"""The generated table of what other tools look for, and which rule here answers it or why none does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from readiness.rulebook.book import Rulebook
from readiness.rulebook.knowledge_forms import OtherRule, OtherTool


def coverage(tools: Sequence[OtherTool], rulebook: Rulebook, folder: str) -> Iterator[str]:
    """The lines of the page; `folder` is where the pages of the rules lie."""
    yield from (
        "# What other tools look for",
        "",
        "Every rule of other tools for data science and notebooks, with the rule here that looks for the same fault, or",
        "the reason why there is none. It may find more or less than theirs does, and the note says where that matters.",
        "Names are those of the tools.",
        "",
        "| Tool | Its rules | Answered here |",
        "|---|---|---|",
    )
    for tool in tools:
        yield f"| [{tool.name}](#{_anchor(tool.name)}) | {len(tool.rules)} | {sum(bool(r.ours) for r in tool.rules)} |"
    for tool in tools:
        yield from ("", f"## {tool.name}", "", f"[{_upper(tool.what)}]({tool.source}).", "")
        yield from ("| Its rule | Here | Note |", "|---|---|---|")
        yield from (_row(rule, rulebook, folder) for rule in tool.rules)


def _row(rule: OtherRule, rulebook: Rulebook, folder: str) -> str:
    name = f"{rule.id}: {rule.name}" if rule.name else rule.id
    ours = ", ".join(_link(rule_id, rulebook, folder) for rule_id in rule.ours)
    return f"| {name} | {ours or 'none'} | {rule.note} |"


def _link(rule_id: str, rulebook: Rulebook, folder: str) -> str:
    rule = rulebook.get(rule_id)
    return f"[{rule.id}]({folder}/{rule.id}.md)" + (" (off)" if rule.off else "")


def _anchor(heading: str) -> str:
    """The fragment that leads to a heading."""
    return heading.lower().replace(" ", "-")


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
