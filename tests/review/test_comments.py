"""One whole comment for each pillar, as a person reads it: `comments/PILLAR.md`. A file that was deleted is written anew, to be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from readiness.engine.outcome import Outcome
from readiness.judge.report import Report, RuleInfo
from readiness.mentor.teaching import teaching
from readiness.review.analysis import Analysis, Suggestion
from readiness.review.render.comment import comment
from readiness.review.settings import ReviewConfig
from readiness.review.topics import Anchor, Explained, Topic
from readiness.rulebook.examples import first_finding
from readiness.rulebook.loader import load_rulebook
from readiness.rulebook.parts import BadExample
from readiness.rulebook.schema import PILLARS
from readiness.score.sheet import read_sheet
from readiness.score.tally import tally

FOLDER = Path(__file__).parent / "comments"
RULEBOOK = load_rulebook()
RULES = {
    "framing": "goal-not-specific",
    "validation": "leak-fit-on-test",
    "reproducibility": "unseeded-split",
    "documentation": "model-card-section-missing",
    "ethics": "protected-column-dropped",
    "testing": "untested-function",
    "operations": "swallowed-exception",
    "notebook": "notebook-out-of-order",
    "security": "unsafe-yaml-load",
    "correctness": "nan-comparison",
}
OTHERS = {
    "junior": ("unseeded-split", "junior", None),
    "lead": ("unseeded-split", "lead", None),
    "explained": ("unseeded-estimator", "senior", Explained("unseeded-split", "https://github.example/acme/model/pull/7#r1")),
}  # fmt: skip
ALL = {**{pillar: (rule, "senior", None) for pillar, rule in RULES.items()}, **OTHERS}
MAX_WORDS = 120
UNSEEN = tally(read_sheet(), Outcome((), (), (), frozenset()))


def written(name, pull):
    """The comment about what the rule says of its first example."""
    rule_id, level, explained = ALL[name]
    rule = RULEBOOK.get(rule_id)
    example = next(one for one in rule.examples if isinstance(one, BadExample))
    found = first_finding(rule, example, RULEBOOK)
    assert found is not None
    info = RuleInfo(rule.id, rule.title, rule.pillar, rule.severity, rule.why, rule.next_step, rule.learn, rule.lesson)
    analysis = Analysis(Report((found,), rules=(info,)), UNSEEN, teaching=teaching([rule], [rule.id]))
    at = found.location
    topic = Topic((found,), Anchor(at.path, at.file_line), suggestion(example, found), explained)
    return comment(topic, analysis, pull(), ReviewConfig(level=level))


def suggestion(example, found):
    """The line of an example that its fix changes, if it changes no other."""
    program, at = example.program, found.location
    if not example.fixed or len(example.fixed.splitlines()) != len(program.splitlines()):
        return None
    return Suggestion(at.path, at.line, at.line, (example.fixed.splitlines()[at.line - 1],))


def prose(body):
    """What is read without opening anything, without code and without what machines read."""
    return re.sub(r"(?s)```.*?```|<details>.*?</details>|<sub>.*?</sub>|<!--.*?-->", "", body)


@pytest.mark.parametrize("name", ALL)
def test_a_comment_reads_as_it_was_last_read_by_a_person(name, pull):
    body, kept = written(name, pull), FOLDER / f"{name}.md"
    if not kept.exists():
        FOLDER.mkdir(exist_ok=True)
        kept.write_text(body + "\n", encoding="utf-8")
        pytest.fail(f"{kept} is new: read it whole, as somebody would who meets the rule for the first time")
    assert body + "\n" == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ALL)
def test_a_comment_is_short(name, pull):
    assert len(prose(written(name, pull)).split()) <= MAX_WORDS


def test_every_pillar_has_a_comment():
    assert RULES.keys() == set(PILLARS)
    assert all(RULEBOOK.get(rule).pillar == pillar for pillar, rule in RULES.items())
