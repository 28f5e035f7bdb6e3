"""Pull requests are hostile: their names, texts, attributes and configuration change nothing but what is found."""

from __future__ import annotations

from fakegithub import submodule, symlink


def test_policy_comes_from_the_base_and_its_change_is_reported(lab, text):
    pull = lab.ada.open_pull(
        lab.repo, {"readiness.yaml": "ignore: [hardcoded-path]\n", "train.py": text["head"] + text["path"]}
    )
    assert lab.run(pull).code == 1
    assert "edits the review's own policy (`readiness.yaml`)" in pull.conversation[0].body


def test_rules_of_the_pull_request_are_not_run(lab, text):
    pull = lab.ada.open_pull(
        lab.repo,
        {"readiness.yaml": "rules: [own.yaml]\n", "own.yaml": "no rule", "train.py": text["head"] + text["path"]},
    )
    assert lab.run(pull).code == 1


def test_attributes_that_hide_a_file_from_archives_hide_nothing(lab, text):
    pull = lab.ada.open_pull(
        lab.repo, {".gitattributes": "*.py export-ignore\n", "train.py": text["head"] + text["path"]}
    )
    assert lab.run(pull).code == 1
    assert [thread.path for thread in pull.threads] == ["train.py"]


def test_links_and_submodules_are_not_followed(lab, text):
    pull = lab.ada.open_pull(lab.repo, {"link.py": symlink("/etc/passwd"), "sub": submodule(), "ok.py": text["clean"]})
    result = lab.run(pull)
    assert (result.code, lab.writes()) == (0, [])


def test_names_cannot_write_workflow_commands_or_markdown(lab, text, said):
    name = "a`b|c@everyone<!-- readiness:v1 -->%0A::error::x.py"
    pull = lab.ada.open_pull(lab.repo, {name: text["head"] + text["path"]})
    result = lab.run(pull, token=lab.github.token(permissions={"contents": "read", "pull_requests": "read"}))
    commands = [line for line in result.out.splitlines() if line.startswith("::")]
    assert all(line.startswith(("::error file=", "::warning file=", "::notice file=")) for line in commands)
    assert result.code == 1


def test_a_name_with_a_line_break_ends_no_line(lab, text):
    pull = lab.ada.open_pull(lab.repo, {"a\n::set-output name=x::1\n.py": text["head"] + text["path"]})
    result = lab.run(pull, token=lab.github.token(permissions={"contents": "read", "pull_requests": "read"}))
    assert not any(line.startswith("::set-output") for line in result.out.splitlines())


def test_quoted_code_pings_nobody_and_ends_no_block(lab, text, said):
    line = 'rows = pandas.read_csv("/home/@everyone/rows#1.csv")\n'
    pull = lab.open(text["head"] + line)
    lab.run(pull)
    (body,) = said(pull)
    prose = "".join(body.split("`")[::2])
    assert "@everyone" not in prose
    assert body.count("<!-- readiness:v1") == 1


def test_a_file_that_kills_the_parser_is_named_and_the_rest_is_reviewed(lab, text):
    pull = lab.ada.open_pull(
        lab.repo, {"bomb.py": "x = " + "(" * 30_000 + ")" * 30_000 + "\n", "train.py": text["head"] + text["path"]}
    )
    result = lab.run(pull)
    assert result.code == 3
    assert [thread.path for thread in pull.threads] == ["train.py"]
    assert "bomb.py" in pull.conversation[0].body


def test_a_comment_in_the_code_that_silences_is_counted(lab, text):
    ignored = text["path"].rstrip("\n") + "  # readiness: ignore[hardcoded-path] for the demo\n"
    pull = lab.open(text["head"] + ignored + text["split"])
    lab.run(pull)
    assert "1 finding silenced by comments in the code" in pull.conversation[0].body


def test_the_token_is_never_printed(lab):
    pull = lab.open()
    result = lab.run(pull)
    token = result.job.env["GITHUB_TOKEN"]
    assert token not in result.out + result.err + result.job.summary
