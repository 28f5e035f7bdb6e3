"""Check runs with their annotations, and uploads of SARIF files."""

from __future__ import annotations

import base64
import binascii
import gzip
import json
import uuid
import zlib

from fakegithub import render_runs
from fakegithub.state import CheckRun, Sarif
from fakegithub.web import (
    ApiError,
    Json,
    Request,
    Response,
    forbidden,
    listing,
    not_found,
    operation,
    page,
)

MAX_SARIF = 10 * 1024 * 1024


def _shown(request: Request, item: CheckRun, status: int = 200) -> Response:
    return Response(status, render_runs.check_run(request.github.links, request.repo, item))


def _check_run(request: Request) -> CheckRun:
    item = request.repo.check_runs.get(int(request.params["check_run_id"]))
    if item is None:
        raise not_found()
    return item


def _take(item: CheckRun, fields: Json) -> None:
    """Annotations add up over the requests; everything else is replaced."""
    output = fields.get("output") or {}
    item.annotations += output.get("annotations") or []
    item.fields |= fields


@operation("checks/create", "checks:write")
def create(request: Request) -> Response:
    """A new check; only apps make checks, and an Actions job is one."""
    if request.token is None or not request.token.installation:
        raise forbidden("You must authenticate via a GitHub App.")
    fields, github = request.json, request.github
    if request.repo.resolve(fields["head_sha"]) is None:
        raise ApiError(422, f"No commit found for SHA: {fields['head_sha']}")
    item = CheckRun(github.new_id(), fields["head_sha"], {}, github.clock.stamp())
    _take(item, fields)
    request.repo.check_runs[item.id] = item
    return _shown(request, item, 201)


@operation("checks/update", "checks:write")
def update(request: Request) -> Response:
    """More annotations, or a conclusion."""
    item = _check_run(request)
    _take(item, request.json)
    return _shown(request, item)


@operation("checks/get", "checks:read")
def get(request: Request) -> Response:
    """One check."""
    return _shown(request, _check_run(request))


@operation("checks/list-for-ref", "checks:read")
def list_(request: Request) -> Response:
    """The checks on a commit."""
    repo, links = request.repo, request.github.links
    sha = repo.resolve(request.params["ref"])
    found = [item for item in repo.check_runs.values() if item.head_sha == sha]
    chosen, headers = page(request, found)
    shown = [render_runs.check_run(links, repo, item) for item in chosen]
    return Response(200, {"total_count": len(found), "check_runs": shown}, headers)


@operation("checks/list-annotations", "checks:read")
def annotations_of(request: Request) -> Response:
    """The annotations of a check."""
    item, repo, links = _check_run(request), request.repo, request.github.links
    return listing(request, item.annotations, lambda given: render_runs.annotation(links, repo, item, given))


@operation("code-scanning/upload-sarif", "security_events:write")
def upload_sarif(request: Request) -> Response:
    """A gzipped SARIF file in base64."""
    fields, repo = request.json, request.repo
    item = Sarif(str(uuid.uuid4()), fields["commit_sha"], fields["ref"], _unpacked(fields["sarif"]))
    if repo.resolve(item.commit) is None:
        raise ApiError(404, f"commit not found: {item.commit}")
    repo.sarifs[item.id] = item
    url = f"{request.github.links.repo(repo)}/code-scanning/sarifs/{item.id}"
    return Response(202, {"id": item.id, "url": url})


def _unpacked(text: str) -> Json:
    if len(text) > MAX_SARIF * 4 // 3:
        raise ApiError(413, "SARIF file too large")
    try:
        document: Json = json.loads(gzip.decompress(base64.b64decode(text, validate=True)))
    except (binascii.Error, OSError, zlib.error, ValueError) as error:
        raise ApiError(400, f"invalid SARIF file: {error}") from error
    return document


@operation("code-scanning/get-sarif", "security_events:read")
def sarif(request: Request) -> Response:
    """What became of an upload."""
    if request.params["sarif_id"] not in request.repo.sarifs:
        raise not_found()
    return Response(200, {"processing_status": "complete", "analyses_url": None})
