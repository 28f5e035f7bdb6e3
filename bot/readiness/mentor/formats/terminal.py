"""The mentoring report for a person at a terminal; the text is always coloured."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

import click

from readiness.finding import Finding
from readiness.mentor.formats import words
from readiness.mentor.report import Concept, Mentoring
from readiness.report._text import counted, place_of, seen_from, totals, visible
from readiness.report.terminal import WIDTH
from readiness.score.formats.terminal import bars
from readiness.score.words import no_training

_COLOURS = {"ready": "green", "draft": "cyan", "incomplete": "yellow", "mend first": "red"}


def render(told: Mentoring) -> str:
    """The sections in the order in which a mentor would say them."""
    return "\n".join(line for section in _sections(told) for line in (*section, ""))


def _sections(told: Mentoring) -> Iterator[Iterator[str]]:
    yield _head(told)
    if told.works:
        yield _listed("works", (line for one in told.works for line in _item(f"{_at(one, told)}  {one.message}")))
    yield _listed("first", _first(told))
    if told.questions:
        yield _listed("questions", (line for one in told.questions for line in _item(one.text)))
    if told.cards or told.score.trains:
        yield _listed("cards", _cards(told))
    yield _listed("score", _score(told))
    if told.concept:
        yield _concept(told.concept, told)
    if told.others:
        yield iter([f"{words.TITLES['others']}: {counted(len(told.others), 'finding')}; `readiness check` lists all."])


def _head(told: Mentoring) -> Iterator[str]:
    yield click.style(told.verdict.word.capitalize(), fg=_COLOURS[told.verdict.word], bold=True)
    found = totals(told.report) or "nothing found"
    yield from wrapped(f"{told.verdict.sentence} {found[0].upper()}{found[1:]}. {words.scope(told)}", "")


def _listed(section: str, lines: Iterator[str]) -> Iterator[str]:
    yield click.style(words.TITLES[section], bold=True)
    yield from lines


def _first(told: Mentoring) -> Iterator[str]:
    for number, finding in enumerate(told.first, 1):
        place = click.style(_at(finding, told), bold=True)
        yield f"  {number}. {place}  {click.style(finding.rule, fg='red')}"
        why = told.rules[finding.rule].why if finding.rule in told.rules else ""
        yield from wrapped(f"{finding.message} {why}", "     ")
        if finding.next_step:
            yield from wrapped(f"→ {finding.next_step}", "     ")
    if not told.first:
        yield f"  {words.nothing_missing()}"


def _cards(told: Mentoring) -> Iterator[str]:
    for path, answers in told.cards.items():
        yield f"  {visible(seen_from(path, told.report.shown_from))}"
        shown = words.shown_answers(answers)
        width = max((len(answer.title) for answer in shown), default=0)
        yield from (f"    {answer.title:{width}}  {visible(words.state(answer))}" for answer in shown)
    if told.mismatches:
        yield f"  {words.mismatches(len(told.mismatches))}"
        yield from (line for one in told.mismatches for line in _item(f"{_at(one, told)}  {one.message}"))
    if not told.cards:
        yield f"  {words.no_card()}"


def _score(told: Mentoring) -> Iterator[str]:
    if told.score.trains is None:
        yield f"  {no_training()}"
    else:
        yield from bars(told.score)
        yield from wrapped(words.next_point_sentence(told), "  ")


def _concept(concept: Concept, told: Mentoring) -> Iterator[str]:
    yield click.style(words.concept_title(concept, told), bold=True)
    yield from wrapped(words.idea(concept), "  ")
    finding = concept.finding
    yield from ("", f"  {click.style(_at(finding, told), bold=True)}")
    yield from (f"      {visible(line)}" for line in finding.source_lines)
    yield from wrapped(finding.message, "  ")
    if finding.next_step:
        yield from wrapped(f"→ {finding.next_step}", "  ")
    yield f"  {words.more_about(concept)}"


def _at(finding: Finding, told: Mentoring) -> str:
    return place_of(finding, told.report.shown_from)


def _item(text: str) -> list[str]:
    first, *rest = wrapped(text, "    ")
    return [f"  - {first[4:]}", *rest]


def wrapped(text: str, indent: str) -> list[str]:
    """A paragraph in lines that fit."""
    return textwrap.wrap(visible(text), WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False)
