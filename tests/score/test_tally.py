"""What was seen becomes points: the best evidence counts, and the weakest section decides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.engine.outcome import Outcome
from readiness.facts.model import FileFacts
from readiness.facts.sorts import FileKind
from readiness.finding import Confidence, Finding, Location, Severity, Skipped, Stage
from readiness.score.sheet import PER_SECTION, name_of, name_of_silent, read_sheet
from readiness.score.tally import Cell, Score, tally

SHEET = read_sheet()
NAMES = [name for name, _, _ in SHEET.signs()]


def seen(rule: str, path: str = "train.py", cell: int | None = None, symbol: str = "") -> Finding:
    return Finding(
        rule=rule,
        pillar="custom",
        severity=Severity.NOTE,
        confidence=Confidence.HIGH,
        stage=Stage.EXPLORATION,
        location=Location(path, 3, cell=cell),
        message="Seen.",
        symbol=symbol,
    )


def score_of(*findings: Finding, skipped: tuple[Skipped, ...] = ()) -> Score:
    paths = {finding.location.path for finding in findings}
    facts = tuple(FileFacts(path, FileKind.PYTHON, idle=frozenset({"unused"})) for path in paths)
    return tally(SHEET, Outcome(findings, facts, skipped, frozenset({"train.py"})))


def cell(score: Score, test: str) -> Cell:
    return next(cell for part in score.parts for cell in part.cells if cell.test.id == test)


def test_nothing_seen_is_nothing_earned() -> None:
    score = score_of()
    assert score.points == 0
    assert score.trains is None
    assert [part.points for part in score.parts] == [0, 0, 0, 0]


def test_the_best_evidence_counts_and_comes_first() -> None:
    found = cell(score_of(seen("D1.4", "a.py"), seen("D1.1", "b.py")), "D1")
    assert found.points == 1
    assert [proof.seen.finding.location.path for proof in found.proofs] == ["b.py", "a.py"]


def test_what_a_person_has_to_run_earns_half() -> None:
    assert cell(score_of(seen("M3.1", "search.ipynb", cell=2)), "M3").points == 0.5


def test_what_never_runs_earns_nothing() -> None:
    assert cell(score_of(seen("M3.1", symbol="unused.inner")), "M3").points == 0
    assert cell(score_of(seen("M3.1", symbol="used")), "M3").points == 1


def test_a_project_trains_a_model_even_where_nothing_calls_the_function() -> None:
    assert score_of(seen("trains", symbol="unused")).trains is not None


def test_a_script_counts_before_a_notebook() -> None:
    found = cell(score_of(seen("M3.1", "a.ipynb", cell=2), seen("M3.1", "z.py")), "M3")
    assert (found.points, found.proofs[0].seen.finding.location.path) == (1, "z.py")


def test_evidence_without_what_makes_it_whole_earns_half() -> None:
    tested = seen("D7.1", "stays/features.py")
    assert cell(score_of(tested), "D7").points == 0.5
    assert cell(score_of(tested, seen("tests-run", ".github/workflows/ci.yml")), "D7").points == 1


@pytest.mark.parametrize(
    ("lock", "points"),
    [
        ("uv.lock", 1),
        ("requirements/base.txt", 1),
        ("service/requirements.txt", 1),
        ("service/.ci/lock.txt", 1),
        ("other/requirements.txt", 0.5),
        ("service/web/requirements.txt", 0.5),
    ],
)
def test_what_makes_evidence_whole_lies_beside_or_above_it(lock: str, points: float) -> None:
    score = score_of(seen("I1.1", "service/train.py"), seen("versions-fixed", lock))
    assert cell(score, "I1").points == points


def test_a_rule_that_speaks_takes_the_evidence_away() -> None:
    assert cell(score_of(seen("I1.1"), seen(name_of_silent("unseeded-split"))), "I1").points == 0


def test_files_that_nobody_could_read_are_counted() -> None:
    score = score_of(skipped=(Skipped("a.py", "broken"), Skipped("b.R", "another language", expected=True)))
    assert (score.files, score.unread) == (1, 1)


@given(st.lists(st.sampled_from(NAMES)))
def test_the_weakest_section_decides(names: list[str]) -> None:
    score = score_of(*map(seen, names))
    assert score.points == min(part.points for part in score.parts)
    assert all(0 <= part.points <= PER_SECTION for part in score.parts)


@given(st.sets(st.sampled_from(NAMES)), st.sampled_from(NAMES))
def test_more_evidence_never_costs_points(names: set[str], more: str) -> None:
    before, after = score_of(*map(seen, names)), score_of(*map(seen, names | {more}))
    assert all(b.points <= a.points for b, a in zip(before.parts, after.parts, strict=True))


def test_a_full_sheet_is_read_as_exceptional() -> None:
    best = [name_of(test, n) for section in SHEET.sections for test in section.tests for n in range(len(test.evidence))]
    score = score_of(*map(seen, best), *map(seen, SHEET.shared))
    assert score.means == SHEET.readings[-1].means


@given(st.sets(st.sampled_from(NAMES)))
def test_what_a_score_rests_on_gives_the_same_score(names: set[str]) -> None:
    score = score_of(*(seen(name, f"{place}/train.py") for name in names for place in "ab"))
    assert score_of(*score.signs) == score
