"""Lines of a list become addresses that git can read in one way only; everything else is refused with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fakegithub import FakeGitHub
from readiness.audit.sources import Source, of_organisation, read_list, source_of, unique
from readiness.errors import UsageError


@pytest.mark.parametrize(
    ("line", "name", "protocol"),
    [
        ("https://git.example/lab/model.git", "lab/model", "https"),
        ("https://git.example/lab/model/", "lab/model", "https"),
        ("ssh://git@git.example:2222/lab/model", "lab/model", "ssh"),
        ("git@git.example:lab/model.git", "lab/model", "ssh"),
        ("checkouts/model", "model", "file"),
        ("/checkouts/a model", "a model", "file"),
    ],
)
def test_addresses_and_paths_are_repositories(line: str, name: str, protocol: str) -> None:
    source = source_of(line, Path("/lists"), "here")
    assert (source.name, source.protocol) == (name, protocol)


@pytest.mark.parametrize(
    "line",
    [
        "--upload-pack=touch /tmp/owned",
        "-oProxyCommand=touch",
        "ext::sh -c touch% /tmp/owned",
        "file:///etc",
        "fd::17",
        "git://git.example/lab/model",
        "ftp://git.example/lab/model",
        "https:///lab/model",
        "https://[::1/lab",
        "ssh://-oProxyCommand=touch/lab",
        "https://ada:secret@git.example/lab/model",
        "https://token@git.example/lab/model",
        "checkouts/\x1b[31mmodel",
        "checkouts/\0model",
    ],
)
def test_what_could_mean_something_else_is_refused(line: str) -> None:
    with pytest.raises(UsageError, match="list:7") as refused:
        source_of(line, Path("/lists"), "list:7")
    assert "secret" not in str(refused.value)


def test_a_list_has_a_repository_on_each_line(tmp_path: Path) -> None:
    file = tmp_path / "list.txt"
    file.write_text("# ours\n\n  model  \nhttps://git.example/lab/other\n")
    assert [source.name for source in read_list(file)] == ["model", "lab/other"]
    file.write_text("model\n\n--help\n")
    with pytest.raises(UsageError, match=r"list\.txt:3: `--help` names no repository"):
        read_list(file)


def test_an_organisation_is_asked_page_by_page_for_what_is_no_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    with FakeGitHub() as github:
        github.fork(github.create_repo("grace/model", {"a.py": ""}), "lab")
        for number in range(101):
            github.create_repo(f"lab/model-{number}", {"a.py": ""})
        monkeypatch.setenv("GITHUB_API_URL", github.api_url)
        monkeypatch.setenv("GITHUB_TOKEN", github.token())
        found = list(of_organisation("lab"))
        assert [exchange.operation for exchange in github.exchanges] == ["repos/list-for-org"] * 2
    assert {source.name for source in found} == {f"lab/model-{number}" for number in range(101)}
    assert all(source.address.endswith(f"/{source.name}.git") for source in found)


def test_a_repository_is_audited_once() -> None:
    one, other = Source("lab/model", "https://a.example/lab/model"), Source("lab/model", "https://b.example/lab/model")
    assert unique([other, one, other]) == [one, other]


@given(st.text())
def test_any_line_is_a_source_that_git_takes_for_no_option_or_is_refused(line: str) -> None:
    try:
        source = source_of(line, Path("/lists"), "here")
    except UsageError:
        return
    assert source.protocol in ("https", "http", "ssh", "file")
    assert not source.address.startswith("-")
    assert "::" not in source.address
