"""One run after the other: what is written, what is left alone."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from fakegithub import anchor, check_out, job


def test_a_first_run_posts_one_review_and_one_summary_and_fails_the_gate(lab, said):
    pull = lab.open()
    result = lab.run(pull)
    assert (result.code, len(pull.reviews), len(pull.threads), len(pull.conversation)) == (1, 1, 2, 1)
    assert [review.state for review in pull.reviews] == ["COMMENTED"]
    assert result.job.outputs | {"report": "", "sarif": ""} == {
        "findings": "2", "blocking": "1", "verdict": "blocked", "report": "", "sarif": "",
    }  # fmt: skip
    assert "hardcoded-path" in said(pull)[0]
    assert "hardcoded-path" in result.job.summary


def test_a_clean_first_run_writes_nothing_but_its_job_summary(lab, text):
    pull = lab.open(text["clean"])
    result = lab.run(pull)
    assert (result.code, lab.writes()) == (0, [])
    assert "Nothing blocks the merge." in result.job.summary


def test_a_suggestion_stands_on_the_lines_that_it_replaces(lab, text, said):
    split = "train, test = train_test_split(\n    rows,\n)\n"
    pull = lab.open(text["head"] + split)
    lab.run(pull)
    (thread,) = pull.threads
    assert thread.line == 6
    assert "```suggestion\n    rows, random_state=42,\n```" in said(pull)[0]


def test_the_same_findings_on_the_same_commit_write_nothing(lab):
    pull = lab.open()
    lab.run(pull)
    before = lab.writes()
    assert lab.run(pull).code == 1
    assert lab.writes() == before


def test_a_push_that_touches_other_lines_posts_no_comment_again(lab, text):
    pull = lab.open()
    lab.run(pull)
    lab.ada.push(pull, {"train.py": "# A comment above.\n" + text["head"] + text["path"] + text["split"]})
    lab.run(pull)
    assert (len(pull.reviews), len(pull.threads)) == (1, 2)


def test_a_new_finding_on_a_pushed_line_gets_a_second_review(lab, text):
    pull = lab.open(text["head"] + text["path"])
    lab.run(pull)
    lab.ada.push(pull, {"train.py": text["head"] + text["path"] + text["split"]})
    lab.run(pull)
    assert (len(pull.reviews), len(pull.threads)) == (2, 2)


def test_a_new_finding_on_an_older_line_stands_in_the_summary_only(lab, text):
    foreign = text["head"].replace("sklearn.model_selection", "own_splits")
    pull = lab.open(foreign + text["split"] + text["path"])
    lab.run(pull)
    lab.ada.push(pull, {"train.py": text["head"] + text["split"] + text["path"]})
    lab.run(pull)
    assert (len(pull.reviews), len(pull.threads)) == (1, 1)
    assert "unseeded-split" in pull.conversation[0].body.partition("**Only here**")[2]


def test_a_blocker_on_an_older_line_gets_a_comment(lab, text):
    lab.ada.push_to(lab.repo, {"readiness.yaml": "select: [unseeded-split, hardcoded-path]\nfail_on: warning\n"})
    foreign = text["head"].replace("sklearn.model_selection", "own_splits")
    pull = lab.open(foreign + text["split"] + text["path"])
    lab.run(pull)
    lab.ada.push(pull, {"train.py": text["head"] + text["split"] + text["path"]})
    lab.run(pull)
    assert (len(pull.reviews), len(pull.threads)) == (2, 2)


def test_a_finding_of_the_base_is_not_reported(lab, text):
    lab.ada.push_to(lab.repo, {"old.py": text["head"] + text["split"]})
    pull = lab.ada.open_pull(lab.repo, {"old.py": text["head"] + text["split"] + "done = True\n"})
    assert lab.run(pull).code == 0
    assert pull.threads == []


def test_one_comment_for_a_rule_names_its_other_places(lab, text, said):
    pull = lab.ada.open_pull(lab.repo, {f"part_{n}.py": text["head"] + text["split"] for n in range(4)})
    lab.run(pull)
    assert len(pull.threads) == 1
    assert "Also at 3 further places" in said(pull)[0]


def test_a_fixed_finding_is_resolved_where_the_token_may(lab, text):
    pull = lab.open()
    lab.run(pull, token=lab.resolver())
    lab.ada.push(pull, {"train.py": text["clean"]})
    assert lab.run(pull, token=lab.resolver()).code == 0
    assert all(thread.resolved_by for thread in pull.threads)
    assert "2 fixed" in pull.conversation[0].body


def test_a_fixed_finding_is_folded_where_the_token_may_not_resolve(lab, text, said):
    pull = lab.open()
    lab.run(pull)
    lab.ada.push(pull, {"train.py": text["clean"]})
    lab.run(pull)
    assert all(body.startswith("**Fixed** as of") and "```suggestion" not in body for body in said(pull))


def test_a_fixed_finding_is_deleted_where_that_is_wanted(lab, text):
    lab.ada.push_to(lab.repo, {"readiness.yaml": "select: [hardcoded-path]\nreview: {on_fixed: delete}\n"})
    pull = lab.open(text["head"] + text["path"])
    lab.run(pull)
    lab.ada.push(pull, {"train.py": text["clean"]})
    lab.run(pull)
    assert pull.threads == []


def test_a_dead_thread_never_blocks_the_merge(lab, text):
    lab.repo.needs_resolution.add("main")
    pull = lab.open()
    lab.run(pull)
    lab.ada.push(pull, {"train.py": text["clean"]})
    lab.run(pull)
    lab.grace.merge(pull)
    assert pull.merged_at


def test_nothing_is_fixed_in_a_file_that_no_longer_parses(lab, text, said):
    pull = lab.open()
    lab.run(pull)
    lab.ada.push(pull, {"train.py": text["head"] + "def broken(:\n"})
    result = lab.run(pull)
    assert result.code == 3
    assert not any(body.startswith("**Fixed**") for body in said(pull))
    assert "could not be checked again" in pull.conversation[0].body
    assert "Incomplete" in pull.conversation[0].body


def test_a_renamed_file_keeps_its_threads(lab):
    pull = lab.open()
    lab.run(pull)
    lab.ada.rename(pull, "train.py", "fit.py")
    lab.run(pull)
    assert len(pull.threads) == 2


def test_a_renamed_file_keeps_its_threads_on_every_later_run(lab, text, said):
    pull = lab.open()
    lab.run(pull)
    lab.ada.rename(pull, "train.py", "fit.py")
    for later in ("one = 1\n", "two = 2\n"):
        lab.ada.push(pull, {"fit.py": text["head"] + text["path"] + text["split"] + later})
        lab.run(pull)
    assert len(pull.threads) == 2
    assert not any(body.startswith("**Fixed**") for body in said(pull))


def test_a_file_that_a_force_push_renames_keeps_its_threads(lab, text, said):
    pull = lab.open()
    lab.run(pull)
    lab.ada.force_push(pull, {"fit.py": text["head"] + text["path"] + text["split"]})
    lab.run(pull)
    assert len(pull.threads) == 2
    assert not any(body.startswith("**Fixed**") for body in said(pull))


def test_a_force_push_keeps_the_threads_of_what_is_still_there(lab, text):
    pull = lab.open()
    lab.run(pull)
    lab.ada.force_push(pull, {"train.py": "\n" * 60 + text["head"] + text["path"] + text["split"]})
    lab.run(pull)
    assert (len(pull.reviews), len(pull.threads)) == (1, 2)


def test_an_outdated_thread_of_what_is_still_there_is_linked_in_the_summary(lab, text):
    pull = lab.open(text["head"] + text["split"])
    lab.run(pull)
    lab.ada.push(pull, {"train.py": text["head"] + text["split"].replace("train, test", "train,  test")})
    lab.run(pull)
    assert anchor(lab.github, pull.threads[0]) is None
    assert "still open" in pull.conversation[0].body
    assert len(pull.threads) == 1


def test_a_rebase_that_changes_nothing_posts_nothing(lab, text):
    pull = lab.open()
    lab.run(pull)
    lab.ada.push_to(lab.repo, {"unrelated.txt": "x\n"})
    lab.ada.rebase(pull)
    lab.run(pull)
    assert (len(pull.reviews), len(pull.threads)) == (1, 2)
    assert pull.head_sha in pull.conversation[0].body


def test_a_retargeted_pull_request_is_compared_with_its_new_base(lab, text):
    lab.ada.push_to(lab.repo, {"old.py": text["head"] + text["path"]}, branch="release")
    pull = lab.open(text["clean"], base="release")
    assert lab.run(pull).code == 0
    lab.ada.retarget(pull, "main")
    assert lab.run(pull).code == 1
    assert [thread.path for thread in pull.threads] == ["old.py"]


def test_a_conflict_is_named_and_the_head_is_reviewed(lab, text):
    pull = lab.ada.open_pull(lab.repo, {"model.py": text["head"] + text["split"]})
    lab.ada.push_to(lab.repo, {"model.py": "other = 1\n"})
    lab.run(pull)
    assert len(pull.threads) == 1
    assert "conflicts with its base" in pull.conversation[0].body


def test_a_draft_gets_a_job_summary_only(lab):
    pull = lab.open(draft=True)
    result = lab.run(pull)
    assert (result.code, lab.writes()) == (1, [])
    assert "is a draft" in result.job.summary
    lab.ada.set_draft(pull, False)
    lab.run(pull)
    assert len(pull.threads) == 2


@pytest.mark.parametrize("end", ["close", "merge"])
def test_nothing_is_written_on_a_pull_request_that_is_over(lab, end):
    pull = lab.open()
    getattr(lab.grace, end)(pull)
    result = lab.run(pull)
    assert (result.code, lab.writes()) == (0, [])
    assert "Nothing to review" in result.job.summary


def test_the_merge_queue_gets_the_gate_and_no_comment(lab):
    pull = lab.open()
    result = lab.run(pull, event="merge_group")
    assert (result.code, lab.writes()) == (1, [])


def test_a_dry_run_prints_the_plan_and_writes_nothing(lab):
    pull = lab.open()
    result = lab.run(pull, "--dry-run")
    assert lab.writes() == []
    assert "Comment on train.py, line 5" in result.out
    assert "Summary comment" in result.out


def test_a_pull_request_is_named_on_a_laptop(lab):
    pull = lab.open()
    started = lab.run(pull, "--dry-run").job
    env = {key: value for key, value in started.env.items() if key not in ("GITHUB_EVENT_PATH", "GITHUB_EVENT_NAME")}
    started.env.clear()
    started.env.update(env)
    assert "Comment on train.py" in lab.start(started, "lab/model#1", "--dry-run").out
    assert (
        "Comment on train.py" in lab.start(started, f"{lab.github.links.html}/lab/model/pull/1/files", "--dry-run").out
    )


def test_many_findings_stay_within_the_caps(lab, text, said):
    lines = "".join(f'rows_{n} = pandas.read_csv("/home/ada/rows_{n}.csv")\n' for n in range(250))
    pull = lab.open(text["head"] + lines)
    result = lab.run(pull)
    assert len(pull.threads) == 1
    assert "and 239 more, listed in the job summary" in said(pull)[0]
    assert "and 245 more" in pull.conversation[0].body
    assert result.job.summary.count("/home/ada/rows_") >= 250


def test_a_clone_that_has_both_commits_saves_the_download(lab):
    pull = lab.open()
    started = job(lab.github, "pull_request", pull)
    check_out(started, lab.github, lab.repo, pull.head_sha)
    fetch = ["git", "fetch", "--quiet", "--depth=1", f"file://{lab.repo.store.path}", pull.base_sha]
    subprocess.run(fetch, cwd=started.workspace, check=True)
    assert lab.start(started).code == 1
    assert len(pull.threads) == 2
    assert lab.github.requests("GET", "/tarball/") == []


def test_the_report_and_sarif_are_written_and_named_by_their_full_path(lab):
    result = lab.run(lab.open(), "--report", "all.json", "--sarif", "all.sarif")
    report, sarif = (Path(result.job.outputs[name]) for name in ("report", "sarif"))
    assert report.is_absolute()
    assert [finding["rule"] for finding in json.loads(report.read_text())["findings"]]
    assert json.loads(sarif.read_text())["version"] == "2.1.0"


def test_sarif_is_uploaded_where_the_token_may_and_its_lack_is_named(lab):
    pull = lab.open()
    allowed = {"contents": "read", "pull_requests": "write", "security_events": "write"}
    lab.run(pull, "--upload-sarif", token=lab.github.token(permissions=allowed))
    assert len(lab.repo.sarifs) == 1
    assert "security-events: write" in lab.run(pull, "--upload-sarif").out


def test_github_enterprise_is_found_by_the_variables_of_its_runners(enterprise):
    pull = enterprise.open()
    assert enterprise.run(pull).code == 1
    assert (len(pull.threads), len(pull.conversation)) == (2, 1)
