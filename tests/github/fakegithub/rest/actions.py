"""Workflow runs and the artifacts that they left."""

from __future__ import annotations

from fakegithub import render_runs
from fakegithub.downloads import artifact_address
from fakegithub.state import Artifact, WorkflowRun
from fakegithub.web import ApiError, Request, Response, not_found, operation, page


def _run(request: Request) -> WorkflowRun:
    run = request.repo.workflow_runs.get(int(request.params["run_id"]))
    if run is None:
        raise not_found()
    return run


def _artifact(request: Request) -> Artifact:
    wanted = int(request.params["artifact_id"])
    for run in request.repo.workflow_runs.values():
        for item in run.artifacts:
            if item.id == wanted:
                return item
    raise not_found()


def _listed(request: Request, found: list[Artifact]) -> Response:
    if "name" in request.query:
        found = [item for item in found if item.name == request.query["name"]]
    chosen, headers = page(request, found)
    shown = [render_runs.artifact(request.github.links, item) for item in chosen]
    return Response(200, {"total_count": len(found), "artifacts": shown}, headers)


@operation("actions/get-workflow-run", "actions:read")
def get(request: Request) -> Response:
    """One run."""
    return Response(200, render_runs.workflow_run(request.github.links, _run(request)))


@operation("actions/list-workflow-run-artifacts", "actions:read")
def of_run(request: Request) -> Response:
    """What a run left."""
    return _listed(request, _run(request).artifacts)


@operation("actions/list-artifacts-for-repo", "actions:read")
def of_repo(request: Request) -> Response:
    """What all runs left, the newest first."""
    found = [item for run in request.repo.workflow_runs.values() for item in run.artifacts]
    return _listed(request, found[::-1])


@operation("actions/get-artifact", "actions:read")
def artifact(request: Request) -> Response:
    """One artifact's description."""
    return Response(200, render_runs.artifact(request.github.links, _artifact(request)))


@operation("actions/download-artifact", "actions:read")
def download(request: Request) -> Response:
    """Sends the client to the zip; reading it needs a token even in a public repository."""
    if request.token is None or not request.token.allows("actions", "read"):
        raise ApiError(403, "You must have the actions scope to download artifacts.")
    item = _artifact(request)
    if item.expired:
        raise ApiError(410, "Artifact has expired")
    return Response(302, None, {"Location": artifact_address(request, request.repo, item.id)})
