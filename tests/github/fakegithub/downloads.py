"""What GitHub serves from its download hosts: archives of commits and artifacts of workflow runs."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from fakegithub.state import Repo
from fakegithub.web import Request, Response, not_found

Download = Callable[[Request], Response]


def archive_address(request: Request, repo: Repo, sha: str) -> str:
    """Where an archive is fetched; another host than the interface's, so clients drop the token."""
    return f"{_host(request)}/_archives/{repo.full_name}/{sha}"


def artifact_address(request: Request, repo: Repo, artifact: int) -> str:
    """Where an artifact's zip is fetched."""
    return f"{_host(request)}/_artifacts/{quote(repo.full_name)}/{artifact}"


def _host(request: Request) -> str:
    return request.github.links.html.replace("127.0.0.1", "localhost")


def _archive(request: Request) -> Response:
    _, _, owner, name, sha = request.path.split("/")
    repo = request.github.repository(f"{owner}/{name}")
    content = repo.store.archive(sha, f"{owner}-{name}-{sha[:7]}")
    return Response(200, content, {"Content-Type": "application/x-gzip"})


def _artifact(request: Request) -> Response:
    _, _, owner, name, number = request.path.split("/")
    for run in request.github.repository(f"{owner}/{name}").workflow_runs.values():
        for artifact in run.artifacts:
            if artifact.id == int(number):
                return Response(200, artifact.content, {"Content-Type": "application/zip"})
    raise not_found()


DOWNLOADS: dict[str, Download] = {"/_archives/": _archive, "/_artifacts/": _artifact}
