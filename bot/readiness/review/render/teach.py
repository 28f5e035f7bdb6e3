"""How much a comment explains: all of it the first time, less when the concept was explained before, and by level."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from readiness.mentor.teaching import Teaching
from readiness.report.markdown import code
from readiness.review.analysis import Analysis
from readiness.review.model import Pull
from readiness.review.render.words import details, fence, said, sha, shown_code
from readiness.review.settings import ReviewConfig
from readiness.review.topics import Explained, Topic

HOLE = "___"
_ARGUMENT = re.compile(r"\b(\w+)=(?!=)(?:[\w.+-]+|'[^']*'|\"[^\"]*\")")


def reason(topic: Topic, analysis: Analysis, config: ReviewConfig) -> Iterator[str]:
    """Why it matters, where everybody sees it; a concept that was explained is only named."""
    why = _why(topic, analysis)
    taught = analysis.teaching.get(topic.main.rule)
    if topic.explained:
        idea = f", “{taught.title}”" if taught else ""
        yield f"**Why it matters:** as in {_comment(topic.explained)}{idea}."
    elif why and config.level != "lead":
        yield f"**Why it matters:** {why}"


def step(topic: Topic, config: ReviewConfig) -> Iterator[str]:
    """The next step as code: a sketch, a suggestion, or for who learns a suggestion with its decisions left open."""
    finding = topic.main
    if finding.sketch:
        yield shown_code(finding.sketch.splitlines())
    if topic.suggestion is None:
        return
    whole = fence(topic.suggestion.lines, "suggestion")
    said_here = (
        topic.explained is not None and not topic.explained.pull
    )  # who learns need not have been there elsewhere
    learns = config.level == "junior" and not said_here and finding.location.cell is None
    partly = with_holes(topic.suggestion.lines, "".join(finding.source_lines)) if learns else None
    if partly is None:
        yield whole
    else:
        yield f"What belongs in place of {code(HOLE)}?"
        yield shown_code(partly)
        yield details("One way to fill it in", whole)


def with_holes(lines: Sequence[str], before: str) -> tuple[str, ...] | None:
    """The lines without the values of arguments that are new in them; None if they add no argument."""

    def emptied(argument: re.Match[str]) -> str:
        return argument[0] if f"{argument[1]}=" in before else f"{argument[1]}={HOLE}"

    partly = tuple(_ARGUMENT.sub(emptied, line) for line in lines)
    return None if partly == tuple(lines) else partly


def check(topic: Topic, pull: Pull, config: ReviewConfig) -> Iterator[str]:
    """How to see that it worked, once for a concept."""
    if not topic.explained and config.level != "lead" and pull.merge_base:
        command = f"readiness check --diff {sha(pull.merge_base)} --select {topic.main.rule}"
        yield f"**To check:** <code>{command}</code> finds nothing more."


def explains(topic: Topic, analysis: Analysis, config: ReviewConfig) -> bool:
    """Whether the idea behind the rule is explained in the comment, so that later ones can refer to it."""
    return topic.explained is None and config.level != "lead" and topic.main.rule in analysis.teaching


def depth(topic: Topic, analysis: Analysis, config: ReviewConfig) -> Iterator[str]:
    """What is folded: the idea with a worked example, or the reason where it is not shown."""
    why = _why(topic, analysis)
    taught = analysis.teaching.get(topic.main.rule)
    if taught and explains(topic, analysis, config):
        yield details("The idea, with an example" if taught.before else "The idea", "\n\n".join(_idea(taught)))
    elif taught and topic.explained and topic.explained.pull:
        idea = f"{_named(taught)} <code>readiness lesson {taught.concept}</code> to read on."
        yield details("The reason and the idea", f"{why}\n\n{idea}".strip())
    elif why:
        yield details("The reason", why)


def _idea(taught: Teaching) -> Iterator[str]:
    yield _named(taught)
    for title, side in (("Before", taught.before), ("After", taught.after)):
        for block in side:
            file = f", {code(block.path)}" if len(side) > 1 else ""
            yield f"{title}{file}:\n\n{fence(block.text.splitlines(), block.language)}"
    practice = f", and <code>readiness lesson {taught.concept} --exercise</code> to practise it" if taught.full else ""
    yield f"Term to search for: *{taught.term}*. <code>readiness lesson {taught.concept}</code> to read on{practice}."


def _named(taught: Teaching) -> str:
    stop = "" if taught.title.endswith("?") else "."
    return f"**{taught.title}{stop}** {taught.idea}"


def _why(topic: Topic, analysis: Analysis) -> str:
    rule = analysis.rules.get(topic.main.rule)
    return said(rule.why) if rule and rule.why else ""


def _comment(explained: Explained) -> str:
    words = f"the comment on {code(explained.rule)}" + (f" in #{explained.pull}" if explained.pull else "")
    return f"[{words}]({explained.url})" if explained.url else words
