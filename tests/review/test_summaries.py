"""One whole summary for each pillar, as a person reads it: `summaries/PILLAR.md`. A file that was deleted is written anew, to be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from readiness.engine.outcome import Outcome
from readiness.judge.report import Report, RuleInfo
from readiness.mentor.teaching import teaching
from readiness.review.analysis import Analysis
from readiness.review.applied import if_all_goes_well
from readiness.review.model import PullFile
from readiness.review.plan import plan
from readiness.review.render.summary import summary
from readiness.review.settings import ReviewConfig
from readiness.rulebook.examples import first_finding
from readiness.rulebook.loader import load_rulebook
from readiness.rulebook.parts import BadExample
from readiness.rulebook.schema import PILLARS
from readiness.score.sheet import read_sheet
from readiness.score.tally import tally

FOLDER = Path(__file__).parent / "summaries"
RULEBOOK = load_rulebook()
RULES = {
    "framing": "goal-not-specific",
    "validation": "leak-resample-before-split",
    "reproducibility": "unseeded-split",
    "documentation": "card-result-mismatch",
    "ethics": "no-slice-evaluation",
    "testing": "project-without-tests",
    "operations": "swallowed-exception",
    "notebook": "notebook-undefined-name",
    "security": "unsafe-yaml-load",
    "correctness": "nan-comparison",
}
MAX_LINES = 40


@pytest.fixture
def written(finding, pull):
    """The summary of a change that brings the first example of a pillar's rule into a project that trains."""

    def write(pillar):
        rule = RULEBOOK.get(RULES[pillar])
        found = first_finding(rule, next(one for one in rule.examples if isinstance(one, BadExample)), RULEBOOK)
        assert found is not None
        info = RuleInfo(
            rule.id, rule.title, rule.pillar, rule.severity, rule.why, rule.next_step, rule.learn, rule.lesson,
            compares_card=rule.id == "card-result-mismatch",
        )  # fmt: skip
        score = tally(read_sheet(), Outcome((finding("trains"), finding("M3.1")), (), (), frozenset()))
        analysis = Analysis(Report((found,), analysed=1, rules=(info,)), score, teaching=teaching([rule], [rule.id]))
        at = found.location.path
        request, config = pull(files={at: PullFile(at, hunks=(range(1, 51),))}), ReviewConfig()
        todo = plan(analysis, request, config)
        return summary(todo, if_all_goes_well(todo), analysis, request, config)

    return write


@pytest.mark.parametrize("pillar", PILLARS)
def test_a_summary_reads_as_it_was_last_read_by_a_person(pillar, written):
    body, kept = written(pillar), FOLDER / f"{pillar}.md"
    if not kept.exists():
        FOLDER.mkdir(exist_ok=True)
        kept.write_text(body + "\n", encoding="utf-8")
        pytest.fail(f"{kept} is new: read it whole, as somebody would who sees the change for the first time")
    assert body + "\n" == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize("pillar", PILLARS)
def test_what_is_seen_of_a_summary_at_once_is_short(pillar, written):
    open_part = re.sub(r"(?s)<details>.*?</details>|<!--.*?-->", "", written(pillar))
    assert len([line for line in open_part.splitlines() if line]) <= MAX_LINES // 2
