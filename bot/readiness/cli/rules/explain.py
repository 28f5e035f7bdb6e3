"""`readiness rules explain`: which operator of a rule kept or dropped which place, and what came nearest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from readiness.errors import UsageError
from readiness.report._text import counted, visible

if TYPE_CHECKING:
    from readiness.engine.unit import Unit
    from readiness.finding import Step
    from readiness.flow.explain import Refusal, SourceStory
    from readiness.pattern.explain import Explanation, Shown
    from readiness.rulebook.schema import FlowRule, Rule
    from readiness.source.python import PythonSource


@click.command(short_help="Show what each part of a rule does in a file.")
@click.argument("rule")
@click.argument("place", metavar="FILE[:LINE]")
def command(rule: str, place: str) -> None:
    """Show for every operator of RULE (an id or a rule file) what it finds and drops in FILE, or on one of its lines."""
    from readiness.cli.rules._files import units
    from readiness.cli.rules._rules import named_rules

    path, line = _place(place)
    for one in named_rules(rule):
        if not one.formulas:
            raise UsageError(f"`{one.id}` has no pattern", advice=f"It asks `when`; see `readiness explain {one.id}`.")
        for unit in units(path):
            for text in _lines(one, unit, line):
                click.echo(text)


def _place(place: str) -> tuple[Path, int | None]:
    name, _, line = place.rpartition(":")
    path, number = (Path(name), int(line)) if name and line.isdigit() else (Path(place), None)
    if not path.is_file():
        raise UsageError(
            f"there is no file {path}", advice="Write FILE or FILE:LINE; in a notebook lines count over all code cells."
        )
    return path, number


def _lines(rule: Rule, unit: Unit, line: int | None) -> Iterator[str]:
    from readiness.kinds.base import applies, compiled
    from readiness.pattern.explain import explain
    from readiness.pattern.find import missing_words
    from readiness.rulebook.schema import FlowRule

    source = unit.python
    if source is None:
        yield f"{unit.path} holds no Python."
        return
    if not applies(rule, unit):
        yield f"The rule does not look at {unit.path}: its `where` leaves out files like this one ({unit.role})."
    for key in rule.formulas:
        formula = compiled(rule, key)
        yield click.style(f"{key}:", bold=True)
        if missing := missing_words(formula, source):
            yield f"  never looked for: the file does not hold {_words(missing)}"
        yield from _tree(explain(formula, source, line), "  ")
    if isinstance(rule, FlowRule):
        yield from _flows(rule, source, line)


def _flows(rule: FlowRule, source: PythonSource, line: int | None) -> Iterator[str]:
    """What became of each source, and what the sinks that stayed clean are made from."""
    from readiness.flow.explain import explain_flows
    from readiness.kinds.flow import plan

    yield click.style("flows:", bold=True)
    explained = explain_flows(plan(rule), source, line)
    if explained is None:
        yield "  none: there must be a source and a sink"
        return
    for source_story in explained.sources:
        yield from _source_story(source_story)
    for sink_story in explained.sinks:
        yield visible(f"  {_step(sink_story.sink)}  → a sink that nothing reaches")
        yield from (visible(f"      made from {_step(step)}") for step in sink_story.made_from)


def _source_story(story: SourceStory) -> Iterator[str]:
    yield visible(f"  {_step(story.source)}  → reaches {counted(len(story.ways), 'sink')}")
    for way in story.ways:
        yield from (visible(f"      {number}. {_step(step)}") for number, step in enumerate(way, 1))
    for step in story.harmless:
        yield visible(f"      harmless, because it reaches {_step(step)}")
    for step in story.stopped:
        yield visible(f"      stopped at {_step(step)}")
    for step in story.renewed:
        yield visible(f"      replaced by the source at {_step(step)}")
    for refusal in story.refused:
        yield visible(f"      refused at {_step(refusal.sink)}")
        yield visible(f"        {_refusal(refusal)}")
    if story.last is not None and not (story.ways or story.harmless or story.stopped):
        yield visible(f"      last seen at {_step(story.last)}")


def _refusal(refusal: Refusal) -> str:
    came = f"comes as {', '.join(refusal.came)}" if refusal.came else "comes without a label"
    return (
        f"{came}; missing is {', '.join(refusal.unmet)}"
        if refusal.unmet
        else f"{came}; what is asked for comes from other sources"
    )


def _step(step: Step) -> str:
    return f"{step}: {step.text}"


def _words(names: frozenset[str]) -> str:
    return " or ".join(f"`{name}`" for name in sorted(names))


def _tree(part: Explanation, indent: str) -> Iterator[str]:
    text = " ".join(part.text.split())
    yield visible(f"{indent}{part.operator} {text}".rstrip()) + f"  → {counted(len(part.found), 'place')}"
    for shown in part.found if not part.children else ():
        yield visible(f"{indent}    line {_shown(shown)}")
    if _is_near(part) and part.near_miss is not None:
        yield visible(f"{indent}    nearest: line {_shown(part.near_miss.place)}")
        yield visible(f"{indent}      `{part.near_miss.found}` is not `{part.near_miss.wanted}`")
    yield from _children(part, indent + "    ")
    for dropped in part.dropped:
        yield visible(f"{indent}    dropped line {_shown(dropped.place)}, because of {dropped.reason}")


def _children(part: Explanation, indent: str) -> Iterator[str]:
    """The parts of an operator; alternatives that came nowhere near are only counted."""
    far = [child for child in part.children if part.operator == "any" and _is_far(child)]
    for child in part.children:
        if child not in far:
            yield from _tree(child, indent)
    if far:
        yield f"{indent}{counted(len(far), 'other pattern')}  → nowhere near"


def _is_far(part: Explanation) -> bool:
    return part.operator == "pattern" and not part.found and not _is_near(part)


def _is_near(part: Explanation) -> bool:
    """Something of the pattern matched: it did not fail at its first name."""
    return part.near_miss is not None and (
        part.near_miss.wanted == part.text or not part.text.startswith(part.near_miss.wanted)
    )


def _shown(place: Shown) -> str:
    bindings = ", ".join(f"{name}={text}" for name, text in sorted(place.bindings.items()))
    return f"{place.line}: {place.text}" + (f"  ({bindings})" if bindings else "")
