"""A fake GitHub with one repository and one pull request, for the tests of the fake itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from fakegithub import FakeGitHub, PullRequest, Repo
from samples import BASE, HEAD, Ask, Connect


@pytest.fixture
def github() -> Iterator[FakeGitHub]:
    with FakeGitHub() as server:
        yield server


@pytest.fixture
def repo(github: FakeGitHub) -> Repo:
    files = {"model.py": BASE, "moved.py": "x = 1\n" * 20, "old.py": "pass\n", "data/table.csv": "a,b\n1,2\n"}
    return github.create_repo("lab/model", files)


@pytest.fixture
def pull(github: FakeGitHub, repo: Repo) -> PullRequest:
    """Lines 10 and 30 changed, one file moved, one removed, one added, one binary."""
    changes = {"model.py": HEAD, "moved.py": None, "new/place.py": "x = 1\n" * 20, "old.py": None}
    return github.person("ada").open_pull(repo, {**changes, "new.py": "print(1)\n", "picture.png": b"\x89PNG\0\1"})


@pytest.fixture
def connect(github: FakeGitHub) -> Iterator[Connect]:
    clients: list[httpx.Client] = []

    def open_client(login: str = "github-actions[bot]", permissions: dict[str, str] | None = None) -> httpx.Client:
        headers = {"Authorization": f"Bearer {github.token(login, permissions)}"}
        clients.append(httpx.Client(base_url=github.api_url, headers=headers, timeout=60, trust_env=False))
        return clients[-1]

    yield open_client
    for client in clients:
        client.close()


@pytest.fixture
def client(connect: Connect) -> httpx.Client:
    """A client with the permissions of the documented workflow."""
    return connect()


@pytest.fixture
def ask(github: FakeGitHub, client: httpx.Client) -> Ask:
    """Executes a GraphQL document, by default with the documented permissions."""

    def execute(document: str, by: httpx.Client | None = None, **variables: Any) -> dict[str, Any]:
        answer = (by or client).post(github.graphql_url, json={"query": document, "variables": variables})
        assert answer.status_code == 200
        told: dict[str, Any] = answer.json()
        return told

    return execute
