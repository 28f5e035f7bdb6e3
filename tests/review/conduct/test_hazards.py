"""Pull requests are hostile: their names, texts, attributes and configuration change nothing but what is found."""

from __future__ import annotations

import re
import subprocess

import pytest

from fakegithub import READ_ONLY, check_out, job, submodule, symlink

DEEP = '{"cells": ' + "[" * 100_000 + "]" * 100_000 + "}"
TWICE = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5, "cells": []}'
LONG_NUMBER = '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": ' + "9" * 10_000 + "}"


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


@pytest.mark.parametrize("bomb", [DEEP, TWICE, LONG_NUMBER], ids=["deep", "a key twice", "a long number"])
def test_a_notebook_that_is_a_bomb_is_named_and_the_rest_is_reviewed(lab, text, bomb):
    pull = lab.ada.open_pull(lab.repo, {"bomb.ipynb": bomb, "train.py": text["head"] + text["path"]})
    result = lab.run(pull)
    assert result.code == 3
    assert [thread.path for thread in pull.threads] == ["train.py"]
    assert "`bomb.ipynb" in pull.conversation[0].body.partition("**Not analysed**")[2]


def test_a_policy_that_is_a_bomb_is_refused(lab, text):
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 9))
    lab.ada.push_to(lab.repo, {"readiness.yaml": f"l0: &l0 [x]\n{levels}"})
    result = lab.run(lab.open())
    assert (result.code, lab.writes()) == (2, [])
    assert "more than" in result.err
    assert "at readiness.yaml:" in result.err


def test_a_secret_is_never_repeated(lab, text):
    lab.ada.push_to(lab.repo, {"readiness.yaml": "select: [secret-in-code-or-output]\n"})
    secret = "AKIA" + "Q7R2M5X3K3T4W6Z2"
    pull = lab.open(f'key_id = "{secret}"\n')
    result = lab.run(
        pull, "--report", "all.json", "--sarif", "all.sarif", token=lab.github.token(permissions=READ_ONLY)
    )
    posted = lab.run(pull)
    assert len(pull.threads) == 1
    told = [
        pull.threads[0].comments[0].body,
        pull.conversation[0].body,
        posted.job.summary,
        result.out,
        result.job.summary,
    ]
    told += [(result.job.workspace / name).read_text() for name in ("all.json", "all.sarif")]
    assert not any(secret in words for words in told)


def test_quoted_words_form_no_link_no_image_and_close_no_section(lab, text, said):
    words = "</details><img src=x>![x](evil) #1 www.evil.example \u202e"
    pull = lab.ada.open_pull(lab.repo, {f"{words}{n}.py": text["head"] + text["path"] for n in range(3)})
    result = lab.run(pull)
    for body in (said(pull)[0], pull.conversation[0].body, result.job.summary):
        prose = re.sub(r"\]\([^)]*\)", "]", "".join(body.split("`")[::2]))
        assert not any(hostile in prose for hostile in ("<img", "![x]", " #1", "www.evil", "\u202e"))
        assert body.count("`</details>") + body.count("\n</details>") == body.count("<details>") + body.count(
            "`</details>"
        )


def test_a_name_that_looks_like_an_option_is_a_name(lab, text):
    pull = lab.ada.open_pull(lab.repo, {"--help.py": text["head"] + text["path"], "-": "x"})
    assert lab.run(pull).code == 1
    assert [thread.path for thread in pull.threads] == ["--help.py"]


def test_nothing_in_a_clone_is_run_or_imported(lab, text):
    trap = "open('trapped', 'w').close()\nraise SystemExit(9)\n"
    modules = ("sitecustomize.py", "usercustomize.py", "conftest.py", "libcst.py", "yaml/__init__.py", "setup.py")
    hostile = {**dict.fromkeys(modules, trap), ".gitattributes": "*.py filter=evil diff=evil\n"}
    pull = lab.ada.open_pull(lab.repo, {**hostile, "train.py": text["head"] + text["path"]})
    started = job(lab.github, "pull_request", pull)
    check_out(started, lab.github, lab.repo, pull.head_sha)
    hook = f"touch {started.workspace / 'trapped'}"
    settings = {"filter.evil.smudge": hook, "diff.evil.textconv": hook, "core.fsmonitor": hook, "diff.external": hook}
    for key, value in settings.items():
        subprocess.run(["git", "-C", started.workspace, "config", key, value], check=True)
    started.env["PYTHONSAFEPATH"] = "1"  # as the option -I of the action does
    assert lab.start(started).code == 1
    assert "train.py" in [thread.path for thread in pull.threads]
    assert not list(started.workspace.rglob("trapped"))
