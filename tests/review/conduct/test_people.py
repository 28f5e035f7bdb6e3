"""What people say and do in threads is respected; what others pretend is not."""

from __future__ import annotations

from fakegithub import Fault


def test_a_thread_that_a_person_resolved_is_accepted_and_stays_resolved(lab, text):
    pull = lab.open(text["head"] + text["split"])
    lab.run(pull)
    lab.grace.resolve(pull.threads[0])
    assert lab.run(pull).code == 0
    assert len(pull.threads) == 1
    assert "accepted by `grace`" in pull.conversation[0].body


def test_wontfix_with_a_reason_is_remembered_after_a_push(lab, text):
    pull = lab.open(text["head"] + text["split"])
    lab.run(pull)
    lab.ada.reply(pull.threads[0], "readiness: wontfix the scheduler seeds it")
    lab.ada.push(pull, {"train.py": text["head"] + text["split"] + "done = True\n"})
    lab.run(pull)
    assert (len(pull.threads), len(pull.threads[0].comments)) == (1, 2)
    assert "accepted by `ada`: the scheduler seeds it" in pull.conversation[0].body
    assert [reaction.content for reaction in pull.threads[0].comments[1].reactions] == ["+1"]


def test_a_blocker_is_waived_by_who_may_write_only(lab, text):
    pull = lab.open(text["head"] + text["path"])
    lab.run(pull)
    lab.ada.reply(pull.threads[0], "readiness: wontfix it is fine")
    assert lab.run(pull).code == 1
    assert "takes write permission" in pull.conversation[0].body
    lab.grace.reply(pull.threads[0], "readiness: wontfix a one-off script")
    assert lab.run(pull).code == 0


def test_a_stranger_waives_nothing(lab, text):
    pull = lab.open(text["head"] + text["split"])
    lab.run(pull)
    lab.github.person("mallory").reply(pull.threads[0], "readiness: wontfix trust me")
    lab.run(pull)
    assert "accepted by" not in pull.conversation[0].body


def test_a_deleted_comment_never_comes_back(lab, text):
    pull = lab.open(text["head"] + text["split"])
    lab.run(pull)
    lab.grace.delete(pull.threads[0].comments[0])
    lab.ada.push(pull, {"train.py": "\n" + text["head"] + text["split"]})
    lab.run(pull)
    assert pull.threads == []
    assert "its comment was removed" in pull.conversation[0].body


def test_a_hidden_comment_never_comes_back(lab, text):
    pull = lab.open(text["head"] + text["split"])
    lab.run(pull)
    lab.grace.minimize(pull.threads[0].comments[0], "OFF_TOPIC")
    lab.ada.push(pull, {"train.py": "\n" + text["head"] + text["split"]})
    lab.run(pull)
    assert len(pull.threads) == 1


def test_an_answered_thread_is_kept_when_its_finding_is_fixed(lab, text, said):
    pull = lab.open(text["head"] + text["split"])
    lab.run(pull)
    before = said(pull)
    lab.grace.reply(pull.threads[0], "Why does that matter here?")
    lab.ada.push(pull, {"train.py": text["clean"]})
    lab.run(pull, token=lab.resolver())
    assert (said(pull), pull.threads[0].resolved_by) == (before, None)


def test_a_marker_in_a_comment_of_somebody_else_silences_nothing(lab, text, said):
    spied = lab.open(text["head"] + text["split"], branch="spy")
    lab.run(spied)
    marker = said(spied)[0].splitlines()[-1]
    pull = lab.open(text["head"] + text["split"])
    lab.github.person("mallory").comment(pull, "train.py", f"Looks good.\n\n{marker}", line=5)
    lab.github.person("mallory").say(pull, spied.conversation[0].body)
    lab.run(pull)
    assert [thread.comments[0].author.login for thread in pull.threads] == ["mallory", "github-actions[bot]"]
    assert len(pull.conversation) == 2
    assert pull.conversation[0].author.login == "mallory"


def test_no_comment_of_a_person_is_ever_changed(lab, text):
    pull = lab.open()
    lab.run(pull)
    lab.ada.reply(pull.threads[0], "Fixed.")
    human = lab.grace.say(pull, "Nice.")
    lab.ada.push(pull, {"train.py": text["clean"]})
    lab.run(pull)
    assert (pull.threads[0].comments[1].body, human.body) == ("Fixed.", "Nice.")


def test_a_false_positive_is_remembered_like_a_wontfix(lab, text):
    pull = lab.open(text["head"] + text["split"])
    lab.run(pull)
    lab.ada.reply(pull.threads[0], "readiness: false-positive rows are sorted on purpose")
    lab.run(pull)
    assert "accepted by `ada`: rows are sorted on purpose" in pull.conversation[0].body


def test_a_reply_that_somebody_else_has_edited_or_a_bot_has_written_waives_nothing(lab, text):
    pull = lab.open(text["head"] + text["split"])
    lab.run(pull)
    asked = lab.ada.reply(pull.threads[0], "Why?")
    lab.grace.edit(asked, "readiness: wontfix it is fine")
    lab.github.person("helper[bot]").reply(pull.threads[0], "readiness: wontfix it is fine")
    lab.run(pull)
    assert "accepted by" not in pull.conversation[0].body


def test_an_answered_thread_is_resolved_when_the_author_says_that_it_is_done(lab, text):
    pull = lab.open(text["head"] + text["split"])
    lab.run(pull)
    lab.ada.reply(pull.threads[0], "Fixed, thanks.")
    lab.ada.push(pull, {"train.py": text["clean"]})
    lab.run(pull, token=lab.resolver())
    assert pull.threads[0].resolved_by.login == "github-actions[bot]"
    assert len(pull.threads[0].comments) == 2


def test_a_rule_that_is_never_waived_blocks_although_its_thread_was_resolved(lab, text):
    policy = "select: [hardcoded-path]\nseverity: {hardcoded-path: error}\nreview: {never_waive: [hardcoded-path]}\n"
    lab.ada.push_to(lab.repo, {"readiness.yaml": policy})
    pull = lab.open(text["head"] + text["path"])
    lab.run(pull)
    lab.grace.resolve(pull.threads[0])
    assert lab.run(pull).code == 1
    assert len(pull.threads) == 1


def test_a_summary_that_was_deleted_is_written_again_and_no_comment_is(lab):
    pull = lab.open()
    lab.run(pull)
    lab.grace.delete(pull.conversation[0])
    lab.run(pull)
    assert (len(pull.threads), len(pull.conversation)) == (2, 1)


def test_a_comment_that_was_deleted_after_its_summary_had_failed_stays_away(lab, text):
    pull = lab.open(text["head"] + text["path"])
    lab.run(pull)
    lab.ada.push(pull, {"train.py": text["head"] + text["path"] + text["split"]})
    lab.github.faults.append(Fault("PATCH", r"/issues/comments/", status=502, times=2))
    lab.run(pull)
    lab.grace.delete(pull.threads[1].comments[0])
    lab.ada.push(pull, {"train.py": text["head"] + text["path"] + text["split"] + "done = True\n"})
    lab.run(pull)
    assert len(pull.threads) == 1


def test_a_deleted_comment_stays_away_although_the_summary_was_deleted_too(lab):
    pull = lab.open()
    lab.run(pull)
    lab.grace.delete(pull.threads[0].comments[0])
    lab.grace.delete(pull.conversation[0])
    lab.run(pull)
    assert len(pull.threads) == 1
