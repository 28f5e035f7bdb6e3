"""From a request to its answer: who asks, does the contract allow it, may they, and what is said."""

from __future__ import annotations

import hashlib
import json
import traceback
from dataclasses import dataclass

from fakegithub import contract, graphql
from fakegithub.downloads import DOWNLOADS
from fakegithub.fake import Exchange, FakeGitHub
from fakegithub.rest import ENDPOINTS
from fakegithub.state import Repo, Token
from fakegithub.web import ApiError, Endpoint, Handler, Request, Response, forbidden, not_found

# What people are told about: GitHub limits how fast it may be made.
CONTENT = frozenset(
    {
        "pulls/create-review",
        "pulls/create-review-comment",
        "pulls/create-reply-for-review-comment",
        "issues/create-comment",
    }
)


@dataclass(frozen=True)
class Answer:
    """What goes over the wire."""

    status: int
    content: bytes
    headers: dict[str, str]


def answer(request: Request) -> Answer:
    """Answer one request and record the exchange."""
    with request.github.lock:
        response = _respond(request)
        _check_answer(request, response)
        _record(request, response)
        return _wire(request, response)


def _respond(request: Request) -> Response:
    github = request.github
    try:
        request.token = _token(github, request)
        return _route(request)(request)
    except ApiError as error:
        resource = contract.error_resource(request.described, error.status) if request.described else None
        return Response(error.status, error.body(resource), error.headers)
    except Exception:  # noqa: BLE001 (whatever is wrong with the fake, the test must hear of it)
        github.violations.append(f"the fake failed at {request.method} {request.path}\n{traceback.format_exc()}")
        return Response(500, {"message": "the fake GitHub failed"})


def _token(github: FakeGitHub, request: Request) -> Token | None:
    text = request.headers.get("authorization")
    if not text:
        return None
    token = github.tokens.get(text.partition(" ")[2])
    if token is None:
        raise ApiError(401, "Bad credentials")
    return token


def _route(request: Request) -> Handler:
    if request.path in ("/graphql", "/api/graphql"):
        request.operation = "graphql"
        return _metered(graphql.answer)
    for prefix, download in DOWNLOADS.items():
        if request.path.startswith(prefix):
            request.operation = "download"
            return download
    found = contract.find(request.method, request.path)
    if found is None:
        request.github.violations.append(f"GitHub has no operation {request.method} {request.path}")
        raise not_found()
    request.described, request.params = found
    request.operation = request.described.id
    return _metered(_perform)


def _metered(handler: Handler) -> Handler:
    def metered(request: Request) -> Response:
        request.github.meter.count()
        return handler(request)

    return metered


def _perform(request: Request) -> Response:
    github, name = request.github, request.operation
    if request.described and (problems := contract.request_violations(request.described, request.query, request.body)):
        github.violations.extend(problems)
        raise ApiError(400, f"The request breaks GitHub's description: {problems}")
    endpoint = ENDPOINTS.get(name)
    if endpoint is None:
        github.violations.append(f"the fake does not know how to answer {name}")
        raise ApiError(501, f"the fake GitHub does not implement {name}")
    _check_access(request, endpoint)
    if name in CONTENT:
        github.meter.count_content()
    return endpoint.handler(request)


def _check_access(request: Request, endpoint: Endpoint) -> None:
    repo: Repo | None = request.repo if "owner" in request.params and "repo" in request.params else None
    stranger = request.token is None or (repo is not None and not request.token.reaches(repo))
    if repo and repo.private and stranger:
        raise not_found()
    if not endpoint.permits(None if stranger else request.token, repo):
        if request.token is None:
            raise ApiError(401, "Requires authentication")
        needed = "; ".join(need.replace(":", "=") for need in endpoint.needs)
        raise ApiError(403, forbidden().message, headers={"X-Accepted-GitHub-Permissions": needed})


def _check_answer(request: Request, response: Response) -> None:
    if request.described and response.status not in (400, 501):
        problems = contract.response_violations(request.described, response.status, response.body)
        request.github.violations.extend(f"the fake's answer: {problem}" for problem in problems)


def _record(request: Request, response: Response) -> None:
    login = request.token.actor.login if request.token else None
    shown = response.body if not isinstance(response.body, bytes) else f"{len(response.body)} bytes"
    request.github.exchanges.append(
        Exchange(
            request.method,
            request.path,
            request.query,
            dict(request.headers),
            request.body,
            login,
            request.operation,
            response.status,
            shown,
        )
    )


def _wire(request: Request, response: Response) -> Answer:
    content, type_ = _content(response)
    headers = {"X-GitHub-Request-Id": f"FAKE:{len(request.github.exchanges)}", "Server": "github.com"}
    headers |= {"Content-Type": type_} if type_ else {}
    status = response.status
    if request.method == "GET" and status == 200:
        headers["ETag"] = f'W/"{hashlib.sha256(content).hexdigest()}"'
        if request.headers.get("if-none-match") == headers["ETag"]:
            request.github.meter.used -= 1
            status, content = 304, b""
    return Answer(status, content, headers | request.github.meter.headers() | response.headers)


def _content(response: Response) -> tuple[bytes, str | None]:
    if response.body is None:
        return b"", None
    if isinstance(response.body, bytes):
        return response.body, "application/octet-stream"
    return json.dumps(response.body).encode(), "application/json; charset=utf-8"
