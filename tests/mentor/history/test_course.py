"""Each finding has one life: what was only moved or rewritten is neither new nor mended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from readiness.collect.history import Altered, Commit, Past
from readiness.finding import Severity
from readiness.mentor.history.course import Course, Life, course
from readiness.mentor.history.versions import Seen, Versions

START = datetime(2026, 1, 1, tzinfo=UTC)
SPLIT = Seen("unseeded-split", "randomness", Severity.WARNING, "split(rows)")
OTHER = Seen("unseeded-split", "randomness", Severity.WARNING, "split(others)")
PATH = Seen("hardcoded-path", "configuration", Severity.ERROR, "open('/home/ana')")

History = list[dict[str, tuple[Seen, ...] | None]]


def followed(*states: dict[str, tuple[Seen, ...] | None], base: dict[str, tuple[Seen, ...]] | None = None) -> Course:
    """The course of a project whose files hold these findings after each commit; None: it cannot be analysed."""
    before = dict.fromkeys(base or {}, "base")
    seen = {(path, "base"): found for path, found in (base or {}).items()}
    commits = []
    for number, state in enumerate(states):
        blob = f"blob-{number}"
        files = [Altered(path if path in before else "", path, blob) for path in state]
        files += [Altered(path, "", "") for path in before if path not in state]
        seen |= {(path, blob): found for path, found in state.items() if found is not None}
        before = dict.fromkeys(state, blob)
        commits.append(Commit(f"commit-{number}", START + timedelta(days=number), tuple(files)))
    return course(Past("base" if base else "", tuple(commits)), Versions(dict.fromkeys(base or {}, "base"), seen))


def only(found: Course) -> Life:
    (life,) = found.lives
    return life


def test_a_finding_lives_from_the_commit_that_brought_it_to_the_one_that_mended_it() -> None:
    life = only(followed({"a.py": ()}, {"a.py": (SPLIT,)}, {"a.py": (SPLIT,)}, {"a.py": ()}))
    assert life.began is not None
    assert life.ended is not None
    assert (life.began.id, life.ended.id, life.mended, life.days) == ("commit-1", "commit-3", True, 2)


def test_what_was_there_before_has_no_beginning_and_no_duration() -> None:
    life = only(followed({"a.py": ()}, base={"a.py": (SPLIT,)}))
    assert (life.began, life.mended, life.days) == (None, True, None)


def test_what_goes_with_its_file_was_not_mended() -> None:
    life = only(followed({"a.py": (SPLIT,)}, {}))
    assert (life.ended is not None, life.mended, life.days) == (True, False, None)


def test_a_rewritten_line_that_is_still_one_is_the_same_finding() -> None:
    life = only(followed({"a.py": (SPLIT,)}, {"a.py": (OTHER,)}))
    assert (life.seen, life.ended) == (OTHER, None)
    assert life.began is not None
    assert life.began.id == "commit-0"


def test_code_that_moves_takes_its_finding_along() -> None:
    life = only(followed({"a.py": (SPLIT,), "b.py": ()}, {"a.py": (), "b.py": (SPLIT,)}, {"c.py": (SPLIT,)}))
    assert (life.path, life.ended) == ("c.py", None)


def test_a_version_that_cannot_be_read_changes_nothing() -> None:
    life = only(followed({"a.py": (SPLIT,)}, {"a.py": None}, {"a.py": (SPLIT,)}))
    assert life.began is not None
    assert (life.began.id, life.ended) == ("commit-0", None)


def test_the_trend_counts_what_is_open_after_each_commit() -> None:
    trend = followed({"a.py": (SPLIT,)}, {"a.py": (SPLIT, PATH)}, {"a.py": (PATH,)}).trend
    counts = [(point.open[Severity.ERROR], point.open[Severity.WARNING]) for point in trend]
    assert counts == [(0, 1), (1, 1), (1, 0)]


_STATE = st.dictionaries(
    st.sampled_from(["a.py", "b.py"]), st.lists(st.sampled_from([SPLIT, OTHER, PATH]), unique=True).map(tuple)
)


@given(st.lists(_STATE, min_size=1, max_size=6))
def test_open_lives_are_what_the_last_commit_has(states: History) -> None:
    found = followed(*states)
    last = [(path, seen) for path, held in states[-1].items() for seen in held or ()]
    assert sorted((life.path, life.seen.where) for life in found.lives if life.ended is None) == sorted(
        (path, seen.where) for path, seen in last
    )
    assert sum(found.trend[-1].open.values()) == len(last)
