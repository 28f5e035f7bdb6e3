"""How deep a comment goes: by level, and by what was explained before on the same pull request."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.finding import Severity
from readiness.mentor.lessons import Block
from readiness.mentor.levels import LEVELS, ROOM
from readiness.mentor.teaching import Teaching, teaching
from readiness.review.analysis import Suggestion
from readiness.review.model import Told
from readiness.review.render.comment import comment
from readiness.review.render.teach import with_holes
from readiness.review.settings import ReviewConfig
from readiness.review.topics import Anchor, Explained, Topic
from readiness.rulebook.loader import load_rulebook

RULES = load_rulebook().rules
TAUGHT = Teaching(
    "seeds",
    "Seeds",
    "Keep one.",
    "seed",
    True,
    (Block("a.py", "python", "draw()"),),
    (Block("a.py", "python", "draw(seed=1)"),),
)
LESSONS = {"seed-a": "seeds", "seed-b": "seeds", "path-a": "paths"}
SEEDED = Suggestion("a.py", 10, 10, ("a, b = train_test_split(rows, random_state=42)",))


@pytest.fixture
def told(finding, analysis, pull):
    """The comment about one finding that has a suggestion, on a level and perhaps after another one."""

    def tell(level="senior", explained=None):
        one = finding(source_lines=("a, b = train_test_split(rows)",))
        known = analysis([one], teaching={one.rule: TAUGHT})
        topic = Topic((one,), Anchor("a.py", 10), SEEDED, explained)
        return comment(topic, known, pull(), ReviewConfig(level=level))

    return tell


def visible(body):
    """What is read without opening anything."""
    return body.partition("<details>")[0]


def test_a_comment_recommends_says_why_and_the_next_step_and_how_to_check_in_this_order(told):
    body = told()
    parts = ["Give the split", "**Why it matters:**", "**Next step:**", "```suggestion", "**To check:**", "<details>"]
    assert [body.index(part) for part in parts] == sorted(body.index(part) for part in parts)


def test_the_check_is_the_command_that_finds_it_again(told):
    assert "<code>readiness check --diff ccccccc --select unseeded-split</code>" in told()


def test_the_idea_and_a_worked_example_are_folded_away(told):
    assert "Keep one." not in visible(told())
    for words in ("**Seeds.** Keep one.", "draw()", "draw(seed=1)", "readiness lesson seeds --exercise"):
        assert words in told()


def test_who_learns_gets_the_argument_and_has_to_find_its_value(told):
    body = told("junior")
    assert "random_state=___" in visible(body)
    assert "42" not in visible(body)
    assert "```suggestion\na, b = train_test_split(rows, random_state=42)\n```" in body


def test_a_senior_gets_the_suggestion_at_once(told):
    assert "random_state=42" in visible(told("senior"))


def test_a_lead_gets_a_line_and_the_reason_folded(told):
    body = told("lead")
    assert "It matters." not in visible(body)
    assert "It matters." in body
    assert "To check" not in body


@pytest.mark.parametrize("level", LEVELS)
def test_no_level_changes_what_is_true(told, level):
    body = told(level)
    for words in ("Give the split on line 10 a seed.", "It matters.", "Pass `random_state`.", "random_state=42"):
        assert words in body


def test_what_was_explained_is_referred_to_and_its_reason_folded(told):
    body = told(explained=Explained("unseeded-numpy", "https://github.example/c/7"))
    assert "**Why it matters:** as in [the comment on `unseeded-numpy`](https://github.example/c/7), “Seeds”." in body
    assert "It matters." not in visible(body)
    assert "It matters." in body
    assert "Keep one." not in body


def test_the_second_time_nobody_has_to_guess(told):
    assert "___" not in told("junior", Explained("unseeded-numpy"))


@pytest.mark.parametrize(
    ("line", "before", "expected"),
    [
        ("f(x, seed=42)", "f(x)", "f(x, seed=___)"),
        ("f(x, a=1, seed=42)", "f(x, a=1)", "f(x, a=1, seed=___)"),
        ('f(x, how="left")', "f(x)", "f(x, how=___)"),
        ("f(x, stratify=frame.y)", "f(x)", "f(x, stratify=___)"),
    ],
)
def test_the_value_of_a_new_argument_is_left_open(line, before, expected):
    assert with_holes([line], before) == (expected,)


@pytest.mark.parametrize("line", ["scaler.transform(x)", "if a == 1:", "f(x, a=1)"])
def test_a_change_that_adds_no_argument_has_no_hole(line):
    assert with_holes([line], "f(x, a=2)") is None


@given(st.lists(st.text(max_size=40), max_size=3), st.text(max_size=40))
def test_any_lines_can_be_asked_for_holes(lines, before):
    assert with_holes(lines, before) != tuple(lines)


def test_a_concept_is_explained_once_in_a_run(world, finding):
    findings = [finding("seed-a"), finding("seed-b", line=20), finding("path-a", line=30)]
    made = world.run(findings, lessons=LESSONS)
    explained = {topic.main.rule: topic.explained for topic in made.board.new}
    assert explained == {"seed-a": None, "seed-b": Explained("seed-a"), "path-a": None}


def test_a_later_run_refers_to_the_thread_of_an_earlier_one(world, finding):
    world.run([finding("seed-a")], lessons=LESSONS, teaching={"seed-a": TAUGHT})
    world.change(0, comments=(replace(world.pull.threads[0].comments[0], url="https://github.example/c/1"),))
    world.push("e", {"a.py": (range(20, 21),)})
    world.run([finding("seed-a"), finding("seed-b", line=20)], lessons=LESSONS)
    assert "[the comment on `seed-a`](https://github.example/c/1)" in world.bodies()[1]


ELSEWHERE = Explained("unseeded-numpy", "https://github.example/acme/model/pull/5#discussion_r1", 5)


def test_what_was_explained_on_another_pull_request_is_a_link_with_the_idea_and_the_lesson_folded_below(told):
    body = told(explained=ELSEWHERE)
    link = f"[the comment on `unseeded-numpy` in #5]({ELSEWHERE.url})"
    assert f"**Why it matters:** as in {link}, “Seeds”." in visible(body)
    assert "It matters." not in visible(body)
    for words in ("It matters.", "**Seeds.** Keep one.", "<code>readiness lesson seeds</code>"):
        assert words in body
    assert "draw(seed=1)" not in body


def test_who_learns_need_not_have_read_another_pull_request(told):
    assert "random_state=___" in visible(told("junior", ELSEWHERE))


def test_a_concept_that_another_pull_request_has_explained_is_referred_to(world, finding):
    world.pull = replace(
        world.pull, told=(Told("seed-b", 5, "https://x.example/5"), Told("seed-b", 3, "https://x.example/3"))
    )
    made = world.run([finding("seed-a"), finding("seed-b", line=20), finding("path-a", line=30)], lessons=LESSONS)
    explained = {topic.main.rule: topic.explained for topic in made.board.new}
    there = Explained("seed-b", "https://x.example/5", 5)
    assert explained == {"seed-a": there, "seed-b": there, "path-a": None}


def test_only_a_comment_that_explains_is_referred_to_later(world, finding):
    teaching = dict.fromkeys(LESSONS, TAUGHT)
    world.pull = replace(world.pull, told=(Told("seed-a", 5, "https://x.example/5"),))
    world.run([finding("seed-a"), finding("path-a", line=30)], lessons=LESSONS, teaching=teaching)
    assert ["explains=1" in body for body in world.bodies()] == [False, True]


def test_the_comment_of_this_pull_request_comes_before_that_of_another(world, finding):
    teaching = dict.fromkeys(LESSONS, TAUGHT)
    world.run([finding("seed-a")], lessons=LESSONS, teaching=teaching)
    world.change(0, comments=(replace(world.pull.threads[0].comments[0], url="https://x.example/7"),))
    world.push("e", {"a.py": (range(20, 21),)}, told=(Told("seed-b", 5, "https://x.example/5"),))
    made = world.run([finding("seed-a"), finding("seed-b", line=20)], lessons=LESSONS, teaching=teaching)
    assert [topic.explained for topic in made.board.new] == [Explained("seed-a", "https://x.example/7")]


def test_a_comment_that_somebody_hid_explains_nothing(world, finding):
    world.run([finding("seed-a")], lessons=LESSONS, teaching={"seed-a": TAUGHT})
    world.change(0, comments=(replace(world.pull.threads[0].comments[0], minimized=True),))
    world.push("e", {"a.py": (range(20, 21),)})
    made = world.run([finding("seed-a"), finding("seed-b", line=20)], lessons=LESSONS)
    assert [topic.explained for topic in made.board.new] == [None]


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_has_room_for_so_many_comments_and_for_all_that_blocks(world, finding, level):
    world.config = ReviewConfig(level=level)
    blocking = [finding(f"b{n}", line=n, severity=Severity.ERROR) for n in range(1, 4)]
    world.run([*blocking, *(finding(f"r{n}", line=n) for n in range(10, 25))])
    assert len(world.pull.threads) == min(len(blocking) + ROOM[level], world.config.max_inline)
    assert all(f"`b{n}`" in "".join(world.bodies()) for n in range(1, 4))


def test_every_rule_has_a_lesson_to_teach_and_most_have_a_worked_example():
    taught = teaching(RULES, (rule.id for rule in RULES))
    assert taught.keys() == {rule.id for rule in RULES}
    assert all(one.idea and one.term for one in taught.values())
    assert sum(bool(one.before) for one in taught.values()) > len(taught) / 2


def test_what_has_a_lesson_with_an_exercise_shows_an_example():
    taught = teaching(RULES, (rule.id for rule in RULES))
    assert {one.concept for one in taught.values() if one.full and not (one.before and one.after)} == set()


def test_an_example_of_several_files_names_them_and_leaves_out_what_stays_the_same(finding, analysis, pull):
    taught = teaching(RULES, ["goal-not-specific", "untested-function"])
    goal, untested = taught["goal-not-specific"], taught["untested-function"]
    assert [block.path for block in (*goal.before, *goal.after)] == ["README.md", "README.md"]
    one = finding("untested-function")
    body = comment(
        Topic((one,), Anchor("a.py", 10)), analysis([one], teaching={one.rule: untested}), pull(), ReviewConfig()
    )
    files = (
        "Before, `features.py`:",
        "Before, `train.py`:",
        "After, `features.py`:",
        "After, `tests/test_features.py`:",
    )
    assert sorted(files, key=body.index) == list(files)
