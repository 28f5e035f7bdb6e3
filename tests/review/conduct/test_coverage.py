"""What is reviewed, what is not and why, and what stands where when a pull request is large or odd."""

from __future__ import annotations

import json

from fakegithub import symlink

LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"


def policy(lab, text):
    lab.ada.push_to(lab.repo, {"readiness.yaml": text})


def test_what_no_rule_looks_at_is_named_with_the_reason(lab, text):
    left_out = {
        "weights.bin": b"\x00\x01\x02",
        "fit.ipynb": LFS,
        "link.py": symlink("train.py"),
        "model_pb2.py": text["head"] + text["path"],
        "vendor/lib.py": text["head"] + text["path"],
    }
    pull = lab.ada.open_pull(lab.repo, {**left_out, "model.py": None, "train.py": text["head"] + text["split"]})
    result = lab.run(pull)
    assert result.code == 0
    assert [thread.path for thread in pull.threads] == ["train.py"]
    named = result.job.summary.partition("**Not reviewed**")[2]
    assert all(f"`{path}`" in named for path in left_out)
    assert "Git LFS keeps it" in named
    assert "No rule looks at 5 of the changed files" in pull.conversation[0].body


def test_the_head_is_reviewed_and_not_the_merge_of_it(lab, text):
    pull = lab.ada.open_pull(lab.repo, {"model.py": text["model"] + text["head"] + text["path"]})
    lab.ada.push_to(lab.repo, {"model.py": "# Above.\n" * 5 + text["model"]})
    lab.run(pull)
    assert [thread.line for thread in pull.threads] == [45]


def test_only_as_many_comments_as_configured_are_posted_and_the_others_are_listed(lab, text):
    policy(lab, "select: [unseeded-split, hardcoded-path]\nreview: {max_inline: 1}\n")
    pull = lab.open()
    lab.run(pull)
    assert len(pull.threads) == 1
    assert "unseeded-split" in pull.conversation[0].body.partition("**Only here**")[2]


def test_a_list_of_files_that_github_cuts_is_named(lab, text):
    lab.github.max_files = 3_000
    many = {f"data/{number}.csv": "1\n" for number in range(3_000)}
    pull = lab.ada.open_pull(
        lab.repo, {**many, "aaa.py": text["head"] + text["path"], "zzz.py": text["head"] + text["path"]}
    )
    assert lab.run(pull).code == 1
    assert [thread.path for thread in pull.threads] == ["aaa.py"]
    assert "The platform listed only a part of the changed files" in pull.conversation[0].body


def test_a_file_without_a_patch_gets_a_comment_on_the_file(lab, text):
    lab.github.diff_limits = type(lab.github.diff_limits)(lines=5, size=10)
    pull = lab.open()
    lab.run(pull)
    assert {(thread.subject.lower(), thread.line) for thread in pull.threads} == {("file", None)}


def test_a_finding_of_the_whole_project_stands_where_the_change_causes_it(lab, text):
    policy(lab, "select: [untested-function]\nstage: production\n")
    function = "def mean(values):\n    total = sum(values)\n    count = len(values)\n    return total / count\n"
    lab.ada.push_to(lab.repo, {"old.py": function.replace("mean", "average"), "tests/test_old.py": "import old\n"})
    pull = lab.open(function, path="new.py")
    lab.run(pull)
    assert [thread.path for thread in pull.threads] == ["new.py"]


def test_the_summary_tells_the_state_of_the_model_card(lab, text):
    card = "---\nlicense: mit\n---\n# Model card\n\n## Intended use\n\nPlan beds on the ward for the next day.\n"
    lab.ada.push_to(lab.repo, {"MODEL_CARD.md": card})
    pull = lab.open()
    lab.run(pull)
    assert "Model card `MODEL_CARD.md`: intended use answered" in pull.conversation[0].body


def test_a_list_that_is_too_long_for_a_job_summary_is_cut_and_the_report_has_all(lab, text):
    lines = "".join(f'rows_{n} = pandas.read_csv("/home/ada/rows_{n}.csv")  # {"long " * 400}\n' for n in range(200))
    pull = lab.ada.open_pull(lab.repo, {f"part_{n}.py": text["head"] + lines for n in range(3)})
    result = lab.run(pull, "--report", "all.json")
    assert len(result.job.summary.encode()) <= 900 * 1024
    assert "The list was cut here" in result.job.summary
    report = json.loads((result.job.workspace / "all.json").read_text())
    assert len(report["findings"]) == 600
    assert len(pull.conversation[0].body) <= 65_536
