"""Which rule stays silent for which one: ids that no rule has, and circles in which nobody would speak."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from graphlib import CycleError, TopologicalSorter

from readiness.errors import RuleError
from readiness.rulebook.files import RuleFile, builtin_files
from readiness.rulebook.marks import load
from readiness.rulebook.mistakes import did_you_mean
from readiness.rulebook.schema import BaseRule


def check_order(rules: Sequence[BaseRule], files: Iterable[RuleFile]) -> Iterator[RuleError]:
    """All mistakes in `supersedes`; the files tell where they stand.

    Rules of a team may be loaded without the built-in ones, but may always name them.
    """
    ordered = [rule for rule in rules if rule.supersedes]
    texts = {file.name: file for file in files}
    names = {file.rule_id: file.rule_id for file in builtin_files()} if ordered else {}
    names |= {name: rule.id for rule in rules for name in (rule.id, *rule.aliases)}
    for rule in ordered:
        for index, weaker in enumerate(rule.supersedes):
            if weaker.rule not in names:
                where = _where(texts[rule.source], index)
                advice = did_you_mean(weaker.rule, sorted(names))
                yield RuleError(f"no rule is called `{weaker.rule}`", where=where, advice=advice)
    yield from _circle(ordered, names, texts)


def _circle(ordered: Sequence[BaseRule], names: dict[str, str], texts: dict[str, RuleFile]) -> Iterator[RuleError]:
    weaker = {rule.id: {names.get(one.rule, one.rule) for one in rule.supersedes} for rule in ordered}
    try:
        TopologicalSorter(weaker).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1][::-1]
        first = next(rule for rule in ordered if rule.id == circle[0])
        what = " supersedes ".join(f"`{rule_id}`" for rule_id in circle)
        advice = "Decide which one speaks, and take the other one out of the list."
        yield RuleError(f"rules silence each other: {what}", where=_where(texts[first.source], 0), advice=advice)


def _where(file: RuleFile, index: int) -> str:
    return load(file.text, file.name).where(("supersedes", index))
