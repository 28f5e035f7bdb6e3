"""Inline comments that silence a finding, and what became of each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from readiness.facts.model import FileFacts, SuppressionFact
from readiness.finding import Finding
from readiness.rulebook.book import Rulebook


@dataclass(slots=True)
class Comment:
    """A comment, and whether it silenced anything; rules of kind `suppression` speak about these."""

    fact: SuppressionFact
    used: bool = False


@dataclass(frozen=True, slots=True)
class Suppressed:
    """The findings that no comment silences, how many were silenced, and the comments that could be judged."""

    kept: tuple[Finding, ...]
    silenced: int
    comments: tuple[Comment, ...]


def suppress(findings: Iterable[Finding], facts: Iterable[FileFacts], rulebook: Rulebook, ran: Rulebook) -> Suppressed:
    """Take out the findings that a comment silences; `rulebook` has all rules, `ran` those of this run.

    A comment is judged only if every rule that it names has run, or is not known at all: after `--select` it is no
    surprise that a comment about another rule silences nothing.
    """
    comments = {file.path: [Comment(fact) for fact in file.suppressions] for file in facts}
    kept: list[Finding] = []
    silenced = 0
    for finding in findings:
        matching = [c for c in comments.get(finding.location.path, ()) if _silences(c.fact, finding, rulebook)]
        for comment in matching:
            comment.used = True
        silenced += bool(matching)
        if not matching:
            kept.append(finding)
    everything = (comment for of_file in comments.values() for comment in of_file)
    judged = tuple(comment for comment in everything if _can_be_judged(comment.fact, rulebook, ran))
    return Suppressed(tuple(kept), silenced, judged)


def _silences(comment: SuppressionFact, finding: Finding, rulebook: Rulebook) -> bool:
    return _means(comment, finding.rule, rulebook) and (comment.whole_file or _covers(comment, finding))


def _means(comment: SuppressionFact, rule: str, rulebook: Rulebook) -> bool:
    """Whether the comment names the rule, by its id or a former one; a comment without names means every rule."""
    current = {rulebook.by_id[name].id if name in rulebook.by_id else name for name in comment.rules}
    return not current or rule in current


def _covers(comment: SuppressionFact, finding: Finding) -> bool:
    """Whether the finding begins or ends on a line of the comment."""
    place = finding.location
    lines = range(comment.first_line, comment.last_line + 1)
    return comment.cell == place.cell and (place.line in lines or place.end_line in lines)


def _can_be_judged(comment: SuppressionFact, rulebook: Rulebook, ran: Rulebook) -> bool:
    names = comment.rules or tuple(rule.id for rule in rulebook.rules)
    return all(name in ran.by_id or name not in rulebook.by_id for name in names)
