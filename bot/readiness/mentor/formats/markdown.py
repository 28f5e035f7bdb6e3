"""The mentoring report as Markdown, for the summary of a job or an issue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from readiness.finding import Finding
from readiness.mentor.formats import words
from readiness.mentor.report import Concept, Mentoring
from readiness.report._text import counted, totals, visible
from readiness.report.markdown import code, text
from readiness.review.render.words import details, label, place, shown_code
from readiness.score.formats.markdown import bar
from readiness.score.words import no_training, number

MAX_OTHERS = 100
At = Callable[[Finding], str]
"""How a place is shown: as words, or with a link."""


def render(told: Mentoring) -> str:
    """The sections in the order in which a mentor would say them."""
    return "\n\n".join(_parts(told)) + "\n"


def _parts(told: Mentoring) -> Iterator[str]:
    found = totals(told.report) or "nothing found"
    yield f"## Mentoring report: {told.verdict.word}"
    yield f"{told.verdict.sentence} {found[0].upper()}{found[1:]}. {words.scope(told)}"
    if told.works:
        yield _titled("works", (f"- {place(one)}: {text(one.message)}" for one in told.works))
    yield _titled("first", _first(told))
    if told.questions:
        yield _titled("questions", questions(told))
    yield from _cards(told)
    yield _titled("score", score(told))
    if told.concept:
        yield "\n\n".join([f"### {words.concept_title(told.concept, told)}", *concept(told.concept)])
    if told.others:
        yield details(f"{words.TITLES['others']}: {counted(len(told.others), 'finding')}", _others(told.others))


def _titled(section: str, lines: Iterable[str]) -> str:
    return "\n".join([f"### {words.TITLES[section]}", "", *lines])


def _first(told: Mentoring) -> Iterator[str]:
    for number_, finding in enumerate(told.first, 1):
        why = told.rules[finding.rule].why if finding.rule in told.rules else ""
        step = f" **Next step:** {text(finding.next_step)}" if finding.next_step else ""
        yield f"{number_}. {place(finding)} · {code(finding.rule)}: {text(finding.message)} {text(why)}{step}"
    if not told.first:
        yield words.nothing_missing()


def questions(told: Mentoring, at: At = place) -> Iterator[str]:
    """One line for each, with the place that raises it."""
    for one in told.questions:
        yield f"- {text(one.text)}" + (f" ({at(one.finding)})" if one.finding else "")


def mismatches(told: Mentoring, at: At = place) -> Iterator[str]:
    """What a card states and what the project has instead, one line for each."""
    if told.mismatches:
        yield words.mismatches(len(told.mismatches))
        yield ""
        yield from (f"- {at(one)}: {text(one.message)}" for one in told.mismatches)


def score(told: Mentoring) -> Iterator[str]:
    """The sections as a table of bars, the weakest first, and the cheapest next point."""
    if told.score.trains is None:
        yield no_training()
        return
    yield from ("| Section | Points |", "|---|---|")
    for part in sorted(told.score.parts, key=lambda part: part.points):
        yield f"| {part.section.title} | `{bar(part)}` {number(part.points)} |"
    yield from ("", text(words.next_point_sentence(told)))


def concept(taught: Concept, at: At = place) -> Iterator[str]:
    """The idea, shown at one place of the project, in paragraphs."""
    yield words.idea(taught)
    finding = taught.finding
    yield f"Here, in {at(finding)}: {text(finding.message)}"
    if finding.source_lines:
        yield shown_code(finding.source_lines, finding.location.path)
    if finding.next_step:
        yield f"**Next step:** {text(finding.next_step)}"
    yield words.more_about(taught)


def _cards(told: Mentoring) -> Iterator[str]:
    for path, answers in told.cards.items():
        rows = [
            f"| {text(answer.title)} | {text(words.state(answer))} | {answer.line or ''} |"
            for answer in words.shown_answers(answers)
        ]
        yield _titled("cards", [code(visible(path)), "", "| Question | Answer | Line |", "|---|---|---|", *rows])
    if told.mismatches:
        yield "\n".join(mismatches(told))
    if not told.cards and told.score.trains:
        yield _titled("cards", [words.no_card()])


def _others(others: Iterable[Finding]) -> str:
    lines = [f"- {label(one)} · {place(one)} · {code(one.rule)}: {text(one.message)}" for one in others]
    more = len(lines) - MAX_OTHERS
    return "\n".join(lines[:MAX_OTHERS] + [f"- and {more} more; `readiness check` lists all"] * (more > 0))
