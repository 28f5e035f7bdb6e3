"""How a review behaves over several runs: each test is one situation of the conduct that we promise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from readiness.finding import Severity, Skipped
from readiness.judge.fingerprint import fingerprinted
from readiness.review.model import Comment, PullFile, State, Thread
from readiness.review.plan import Delete, Fold, PostReview, Resolve, Unfold
from readiness.review.settings import ReviewConfig

AUTHOR, WRITER, STRANGER = "ada", "grace", "mallory"
TOUCHED_ELSEWHERE = {"a.py": (range(40, 42),)}


def test_a_clean_first_run_writes_nothing(world):
    assert world.run().writes == ()
    assert world.writes == 0


def test_a_clean_first_run_has_a_summary_if_that_is_wanted(world):
    world.config = ReviewConfig(summary="always")
    world.run()
    assert "Nothing blocks the merge." in world.summary_body()


def test_a_first_run_posts_one_review_and_one_summary(world, finding):
    world.run([finding("r1"), finding("r2", line=20)])
    assert (world.reviews, len(world.pull.threads), len(world.pull.conversation)) == (1, 2, 1)


def test_a_rule_gets_one_comment_that_names_its_other_places(world, finding):
    world.run([finding(line=10), finding(line=20), finding(path="b.py", line=3)])
    (body,) = world.bodies()
    assert "Also at 2 further places" in body
    assert "`b.py` line 3" in body


def test_the_same_findings_again_write_nothing(world, finding):
    findings = [finding("r1"), finding("r2", line=20)]
    world.run(findings)
    before = world.writes
    world.run(findings)
    assert world.writes == before


def test_a_new_finding_on_a_touched_line_gets_a_comment(world, finding):
    world.run([finding("r1")])
    world.push("e", {"a.py": (range(20, 21),)})
    world.run([finding("r1"), finding("r2", line=20)])
    assert len(world.pull.threads) == 2


def test_a_new_finding_on_an_untouched_line_stands_in_the_summary_only(world, finding):
    world.run([finding("r1")])
    world.push("e", TOUCHED_ELSEWHERE)
    world.run([finding("r1"), finding("r2", line=20)])
    assert len(world.pull.threads) == 1
    assert "**Only here**" in world.summary_body()
    assert "`r2`" in world.summary_body()


def test_a_blocker_gets_a_comment_wherever_it_is(world, finding):
    world.run([finding("r1")])
    world.push("e", TOUCHED_ELSEWHERE)
    world.run([finding("r1"), finding("r2", line=20, severity=Severity.ERROR)])
    assert len(world.pull.threads) == 2


def test_a_rebase_that_changes_nothing_posts_no_comment(world, finding):
    world.run([finding("r1")])
    same = world.pull.diff_hash
    world.push("e")
    world.pull = replace(world.pull, diff_hash=same)
    world.run([finding("r1"), finding("r2", line=20, severity=Severity.ERROR)])
    assert len(world.pull.threads) == 1
    assert "`r2`" in world.summary_body()


def test_a_run_that_crashed_before_its_summary_is_taken_up_without_repetition(world, finding):
    findings = [finding("r1"), finding("r2", line=20)]
    world.run(findings, stop_after=1)
    world.run(findings)
    assert (world.reviews, len(world.pull.threads)) == (1, 2)
    assert world.summary_body()


def test_only_as_many_comments_as_configured_and_the_worst_first(world, finding):
    world.config = ReviewConfig(max_inline=2)
    findings = [finding(f"r{n}", line=n) for n in range(1, 5)] + [finding("worst", line=9, severity=Severity.ERROR)]
    world.run(findings)
    assert len(world.pull.threads) == 2
    assert "`worst`" in world.bodies()[0]
    assert world.summary_body().count("- Should fix") == 4


def test_questions_of_one_sort_get_one_comment_and_the_summary_has_the_others(world, finding):
    world.config = ReviewConfig(one_comment=("unseeded-split",))
    first, other = finding("unseeded-split"), finding("hardcoded-path", line=20)
    world.run([first, other])
    world.push("e")
    world.run([first, other, finding("unseeded-split", line=30)])
    assert len(world.pull.threads) == 2
    assert "3 things to look at" in world.summary_body()


def test_a_pillar_may_ask_once_and_what_blocks_is_said_all_the_same(world, finding):
    world.config = ReviewConfig(one_comment=("reproducibility",))
    found = [finding("a"), finding("b", line=20), finding("c", line=30, severity=Severity.ERROR)]
    world.run(found)
    assert ["`c`" in body for body in world.bodies()] == [True]
    world.push("e")
    world.run([*found, finding("d", line=40, severity=Severity.ERROR)])
    assert len(world.pull.threads) == 2


def test_very_many_findings_of_a_rule_fit_into_one_comment_and_are_not_said_again(world, finding):
    found = [finding(line=n, severity=Severity.ERROR) for n in range(1, 5_000)]
    world.run(found)
    assert (len(world.pull.threads), len(world.summary_body()) < 65_536, len(world.bodies()[0]) < 65_536) == (
        1,
        True,
        True,
    )
    world.push("e")
    world.run(found)
    assert len(world.pull.threads) == 1


def test_what_is_not_in_the_listed_files_stands_in_the_summary(world, finding):
    world.run([finding(path="beyond-the-limit.py")])
    assert world.pull.threads == ()
    assert "beyond-the-limit.py" in world.summary_body()


@pytest.mark.parametrize("state", [State.CLOSED, State.MERGED])
def test_nothing_is_written_on_a_pull_request_that_is_over(world, finding, state):
    world.push("e", state=state)
    assert world.run([finding()]).silent == f"the pull request is {state}"
    assert world.writes == 0


def test_nothing_is_written_on_a_draft(world, finding):
    world.push("e", draft=True)
    world.run([finding()])
    assert world.writes == 0


def test_drafts_are_reviewed_if_that_is_wanted(world, finding):
    world.config = ReviewConfig(drafts=True)
    world.push("e", draft=True)
    world.run([finding()])
    assert len(world.pull.threads) == 1


def test_nothing_is_written_where_a_newer_release_has_written(world, finding):
    world.run([finding()])
    first = world.pull.threads[0].comments[0]
    newer = first.body.replace("readiness:v1", "readiness:v2")
    world.change(0, comments=(replace(first, body=newer),))
    before = world.writes
    assert "newer release" in world.run([finding("other", line=20)]).silent
    assert world.writes == before


def test_a_comment_that_two_runs_posted_at_once_is_taken_back_once(world, finding):
    world.run([finding()])
    double = world.pull.threads[0]
    again = replace(double, id="T99", comments=(replace(double.comments[0], id="C99", number=99),))
    world.pull = replace(world.pull, threads=(double, again))
    assert [type(write) for write in world.run([finding()]).writes] == [Delete]
    assert world.pull.threads == (double,)
    world.delete(0)
    world.push("e")
    assert world.run([finding()]).writes == ()


class TestFixed:
    """What becomes of the thread of a mended finding."""

    def test_it_is_resolved_where_that_is_permitted(self, world, finding):
        world.run([finding()])
        world.push("e", {})
        assert [type(write) for write in world.run().writes] == [Resolve]
        assert "1 fixed" in world.summary_body()

    def test_it_is_folded_where_resolving_is_not_permitted(self, world, finding):
        world.can_resolve = False
        world.run([finding()])
        world.push("e", {})
        assert [type(write) for write in world.run().writes] == [Fold]
        assert world.bodies()[0].startswith("**Fixed** as of eeeeeee.")

    def test_it_is_folded_once(self, world, finding):
        world.can_resolve = False
        world.run([finding()])
        world.push("e", {})
        world.run()
        assert world.run().writes == ()

    def test_it_is_deleted_where_an_open_thread_would_stop_the_merge(self, world, finding):
        world.can_resolve = False
        world.push("0", needs_resolution=True)
        world.run([finding()])
        world.push("e", {})
        assert [type(write) for write in world.run().writes] == [Delete]
        assert world.pull.threads == ()

    def test_a_finding_whose_thread_we_deleted_may_get_a_comment_again(self, world, finding):
        world.config = ReviewConfig(on_fixed="delete")
        world.run([finding()])
        world.push("e", {})
        world.run()
        world.push("f")
        world.run([finding()])
        assert len(world.pull.threads) == 1

    def test_an_answered_thread_stays(self, world, finding):
        world.run([finding()])
        world.reply(0, STRANGER, "Interesting, why is that?")
        world.push("e", {})
        assert world.run().writes == ()

    def test_an_answered_thread_is_resolved_when_the_author_says_that_it_is_done(self, world, finding):
        world.run([finding()])
        world.reply(0, AUTHOR, "Fixed, thank you.")
        world.push("e", {})
        assert [type(write) for write in world.run().writes] == [Resolve]

    def test_nothing_is_fixed_in_a_file_that_could_not_be_analysed(self, world, finding):
        world.run([finding()])
        world.push("e", {})
        assert world.run(skipped=(Skipped("a.py", "no Python"),)).writes == ()
        assert "1 open thread could not be checked again" in world.summary_body()

    def test_a_comment_with_a_place_left_stays(self, world, finding):
        world.run([finding(line=10), finding(line=20)])
        world.push("e", {})
        assert world.run([finding(line=20)]).writes == ()

    def test_a_finding_that_comes_back_opens_its_folded_comment_again(self, world, finding):
        world.can_resolve = False
        world.run([finding()])
        world.push("e", {})
        world.run()
        world.push("f")
        assert [type(write) for write in world.run([finding()]).writes] == [Unfold]

    def test_what_is_not_back_when_its_comment_is_opened_again_can_still_come_back(self, world, finding):
        world.can_resolve = False
        first, second = finding(line=10), finding(line=20)
        world.run([first, second])
        for head, found in (("e", []), ("f", [first])):
            world.push(head)
            world.run(found)
        world.push("9")
        board = world.run([first, second]).board
        assert [placed.finding for placed in board.open] == [first, second]
        assert world.bodies()[0].startswith("**Should fix**")

    def test_a_finding_that_comes_back_after_we_resolved_it_gets_a_new_thread(self, world, finding):
        world.run([finding()])
        world.push("e", {})
        world.run()
        world.push("f")
        assert [type(write) for write in world.run([finding()]).writes] == [PostReview]

    def test_a_thread_that_a_person_opens_again_after_we_resolved_it_stays_open(self, world, finding):
        world.run([finding()])
        world.push("e", {})
        world.run()
        world.change(0, resolved=False, resolved_by="")
        world.push("f", {})
        assert world.run().writes == ()
        assert "0 fixed" in world.summary_body()

    def test_of_two_threads_of_a_finding_that_came_back_the_open_one_is_resolved_when_it_is_fixed_again(
        self, world, finding
    ):
        world.run([finding()])
        for head, found in (("e", []), ("f", [finding()]), ("9", [])):
            world.push(head)
            world.run(found)
        assert all(thread.resolved for thread in world.pull.threads)

    def test_the_summary_of_a_second_run_on_the_same_commit_tells_the_same(self, world, finding):
        world.run([finding()])
        world.push("e", {})
        world.run()
        before = world.summary_body()
        world.run()
        assert world.summary_body() == before


class TestPeople:
    """What people decide is respected."""

    def test_a_thread_that_a_person_resolved_is_an_accepted_finding(self, world, finding):
        world.run([finding()])
        world.change(0, resolved=True, resolved_by=WRITER)
        made = world.run([finding()])
        assert [one.by for one in (placed.known for placed in made.board.accepted)] == [WRITER]
        assert made.writes == ()
        assert "accepted by `grace`" in world.summary_body()

    def test_wontfix_with_a_reason_accepts_the_finding(self, world, finding):
        world.run([finding()])
        world.reply(0, AUTHOR, "readiness: wontfix because the scheduler seeds it")
        world.run([finding()])
        assert "accepted by `ada`: the scheduler seeds it" in world.summary_body()

    def test_a_reply_that_counts_gets_one_thumb(self, world, finding):
        world.run([finding()])
        world.reply(0, AUTHOR, "readiness: wontfix because the scheduler seeds it")
        world.run([finding()])
        world.run([finding()])
        assert world.thumbs == [world.pull.threads[0].comments[1].number]

    def test_a_reply_that_does_not_count_gets_none(self, world, finding):
        world.run([finding(severity=Severity.ERROR)])
        world.reply(0, AUTHOR, "readiness: wontfix it is fine")
        world.run([finding(severity=Severity.ERROR)])
        assert world.thumbs == []

    @pytest.mark.parametrize("word", ["wontfix", "false-positive", "false positive", "ignore unseeded-split", "IGNORE"])
    def test_the_words_that_accept(self, world, finding, word):
        world.run([finding()])
        world.reply(0, AUTHOR, f"Hm.\nreadiness: {word} because of reasons")
        (placed,) = world.run([finding()]).board.accepted
        assert placed.known.reason == "of reasons"

    def test_wontfix_without_a_reason_is_asked_for_one(self, world, finding):
        world.run([finding()])
        world.reply(0, AUTHOR, "readiness: wontfix")
        made = world.run([finding()])
        assert made.board.accepted == ()
        assert "a reason is missing" in world.summary_body()

    def test_a_stranger_accepts_nothing(self, world, finding):
        world.run([finding()])
        world.reply(0, STRANGER, "readiness: wontfix I say so")
        assert world.run([finding()]).board.accepted == ()

    def test_words_that_somebody_else_put_into_a_reply_accept_nothing(self, world, finding):
        world.run([finding()])
        world.reply(0, AUTHOR, "readiness: wontfix I say so", edited_by_other=True)
        assert world.run([finding()]).board.accepted == ()

    def test_another_bot_accepts_nothing(self, world, finding):
        world.run([finding()])
        world.reply(0, WRITER, "readiness: wontfix I say so", bot=True)
        assert world.run([finding()]).board.accepted == ()

    def test_a_blocker_is_not_accepted_by_its_author(self, world, finding):
        blocker = finding(severity=Severity.ERROR)
        world.run([blocker])
        world.reply(0, AUTHOR, "readiness: wontfix it is fine")
        made = world.run([blocker])
        assert made.board.blocking == (blocker,)
        assert "takes write permission" in world.summary_body()
        assert len(world.pull.threads) == 1

    def test_a_blocker_is_accepted_by_who_may_write(self, world, finding):
        blocker = finding(severity=Severity.ERROR)
        world.run([blocker])
        world.reply(0, WRITER, "readiness: wontfix known and monitored")
        assert world.run([blocker]).board.blocking == ()

    def test_a_rule_that_is_never_waived_blocks_all_the_same(self, world, finding):
        world.config = ReviewConfig(never_waive=("unseeded-split",))
        blocker = finding(severity=Severity.ERROR)
        world.run([blocker])
        world.reply(0, WRITER, "readiness: wontfix known and monitored")
        made = world.run([blocker])
        assert made.board.blocking == (blocker,)
        assert len(world.pull.threads) == 1

    def test_a_deleted_comment_never_comes_back(self, world, finding):
        world.run([finding()])
        world.delete(0)
        world.push("e")
        assert world.run([finding()]).writes == ()
        world.push("f")
        assert world.run([finding()]).writes == ()
        assert "its comment was removed" in world.summary_body()

    def test_a_hidden_comment_never_comes_back(self, world, finding):
        world.run([finding()])
        first = world.pull.threads[0].comments[0]
        world.change(0, comments=(replace(first, minimized=True),))
        world.push("e")
        assert world.run([finding()]).writes == ()

    def test_a_marker_that_somebody_else_posted_silences_nothing(self, world, finding):
        world.run([finding()])
        body = world.bodies()[0]
        world.delete(0)
        world.pull = replace(world.pull, conversation=())
        world.push("e")
        spoofed = Comment("X", 99, STRANGER, body)
        thread = Thread("T99", "a.py", (spoofed,))
        world.pull = replace(world.pull, threads=(thread,))
        world.run([finding()])
        assert len(world.pull.threads) == 2


class TestMoves:
    """Pushes that move code."""

    def test_an_outdated_thread_of_a_finding_that_is_still_there_stays(self, world, finding):
        world.run([finding(line=10, name="x")])
        world.change(0, line=None, outdated=True)
        world.push("e")
        assert world.run([finding(line=40, name="x")]).writes == ()

    def test_a_renamed_file_keeps_its_threads(self, world, finding):
        (before,) = fingerprinted([finding(path="a.py")])
        (after,) = fingerprinted([finding(path="new.py")])
        world.run([before])
        files = {"new.py": PullFile("new.py", "renamed", "a.py", (range(1, 51),))}
        world.push("e", renamed={"new.py": "a.py"}, files=files)
        made = world.run([after])
        assert made.writes == ()
        assert [placed.finding for placed in made.board.open] == [after]

    def test_a_renamed_file_keeps_its_threads_on_every_later_run(self, world, finding):
        (before,) = fingerprinted([finding(path="a.py")])
        (after,) = fingerprinted([finding(path="new.py")])
        world.run([before])
        files = {"new.py": PullFile("new.py", "added", hunks=(range(1, 51),))}
        world.push("e", vanished=frozenset({"a.py"}), files=files)
        world.run([after])
        world.push("f")
        made = world.run([after])
        assert made.writes == ()
        assert [placed.finding for placed in made.board.open] == [after]

    def test_nothing_is_fixed_in_a_renamed_file_that_could_not_be_analysed(self, world, finding):
        world.run(fingerprinted([finding(path="a.py")]))
        files = {"new.py": PullFile("new.py", "added", hunks=(range(1, 51),))}
        world.push("e", vanished=frozenset({"a.py"}), files=files)
        made = world.run(skipped=(Skipped("new.py", "it does not parse"),))
        assert (made.writes, len(made.board.unchecked)) == ((), 1)

    def test_a_deleted_comment_does_not_come_back_with_the_new_name_of_its_file(self, world, finding):
        (before,) = fingerprinted([finding(path="a.py")])
        (after,) = fingerprinted([finding(path="new.py")])
        world.run([before])
        world.delete(0)
        world.push(
            "e", renamed={"new.py": "a.py"}, files={"new.py": PullFile("new.py", "added", hunks=(range(1, 51),))}
        )
        world.run([after])
        world.push("f", renamed={})
        assert world.run([after]).writes == ()
