"""The page about one finding of each pillar, as a person reads it: `pillars.txt`."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

from readiness.finding import Confidence, Finding
from readiness.judge.report import Report, RuleInfo
from readiness.report import html
from readiness.rulebook.book import Rulebook
from readiness.rulebook.examples import first_finding
from readiness.rulebook.loader import load_rulebook
from readiness.rulebook.parts import BadExample
from readiness.rulebook.schema import PILLARS, Rule

SAVED = Path(__file__).with_name("pillars.txt")


class Words(HTMLParser):
    """The texts of a page, a line for each element that begins one."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.unread = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unread += tag in ("style", "script", "head")
        self.text += "" if tag in ("b", "code", "a", "span", "strong", "mark") else "\n"

    def handle_endtag(self, tag: str) -> None:
        self.unread -= tag in ("style", "script", "head")

    def handle_data(self, data: str) -> None:
        self.text += "" if self.unread else data


def speaking(pillar: str, rulebook: Rulebook) -> Rule:
    """The first rule of the pillar that is on by default."""
    on = [rule for rule in rulebook.rules if rule.pillar == pillar and rule.confidence is not Confidence.LOW]
    return min(on, key=lambda rule: rule.id)


def example_of(rule: Rule, rulebook: Rulebook) -> Finding:
    found = first_finding(rule, next(one for one in rule.examples if isinstance(one, BadExample)), rulebook)
    assert found is not None
    return found


def test_the_page_of_all_pillars_reads_as_it_was_last_read_by_a_person(
    same_as_saved: Callable[[Path, str], None],
) -> None:
    rulebook = load_rulebook()
    rules = [speaking(pillar, rulebook) for pillar in PILLARS]
    infos = tuple(
        RuleInfo(rule.id, rule.title, rule.pillar, rule.severity, rule.why, rule.next_step, rule.learn, rule.lesson)
        for rule in rules
    )
    report = Report(tuple(example_of(rule, rulebook) for rule in rules), rules=infos, analysed=len(rules))
    read = re.sub(r"\s*\n\s*", "\n", Words(html.render(report)).text).strip()
    same_as_saved(SAVED, f"{read}\n")
