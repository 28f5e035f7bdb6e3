"""From a request to its answer: who asks, does the contract allow it, may they, and what is said."""

from __future__ import annotations

import hashlib
import json
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from fakegithub import contract, graphql
from fakegithub.contract import Operation
from fakegithub.downloads import DOWNLOADS
from fakegithub.fake import Exchange, FakeGitHub
from fakegithub.rest import ENDPOINTS
from fakegithub.state import Repo, Token
from fakegithub.web import ApiError, Endpoint, Request, Response, forbidden, not_found

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
    github = request.github
    with github.lock:
        operation = "unknown"
        try:
            request.token = _token(github, request)
            operation, respond = _find(request)
            response = respond(request)
        except ApiError as error:
            response = Response(error.status, error.body(), error.headers)
        except Exception:  # noqa: BLE001 (whatever is wrong with the fake, the test must hear of it)
            github.violations.append(f"the fake failed at {request.method} {request.path}\n{traceback.format_exc()}")
            response = Response(500, {"message": "the fake GitHub failed"})
        _check_answer(request, operation, response)
        _record(request, operation, response)
        return _wire(request, response)


def _token(github: FakeGitHub, request: Request) -> Token | None:
    text = request.headers.get("authorization")
    if not text:
        return None
    token = github.tokens.get(text.partition(" ")[2])
    if token is None:
        raise ApiError(401, "Bad credentials")
    return token


def _find(request: Request) -> tuple[str, Callable[[Request], Response]]:
    if request.path in ("/graphql", "/api/graphql"):
        return "graphql", _limited(graphql.answer)
    for prefix, download in DOWNLOADS.items():
        if request.path.startswith(prefix):
            return "download", download
    found = contract.find(request.method, request.path)
    if found is None:
        request.github.violations.append(f"GitHub has no operation {request.method} {request.path}")
        raise not_found()
    operation, request.params = found
    return operation.id, _limited(lambda r: _perform(r, operation))


def _limited(respond: Callable[[Request], Response]) -> Callable[[Request], Response]:
    def limited(request: Request) -> Response:
        request.github.meter.count()
        return respond(request)

    return limited


def _perform(request: Request, operation: Operation) -> Response:
    if problems := contract.request_violations(operation, request.query, request.body):
        request.github.violations.extend(problems)
        raise ApiError(400, f"The request breaks GitHub's description: {problems}")
    endpoint = ENDPOINTS.get(operation.id)
    if endpoint is None:
        request.github.violations.append(f"the fake does not know how to answer {operation.id}")
        raise ApiError(501, f"the fake GitHub does not implement {operation.id}")
    _check_access(request, endpoint)
    if operation.id in CONTENT:
        request.github.meter.count_content()
    return endpoint.handler(request)


def _check_access(request: Request, endpoint: Endpoint) -> None:
    repo: Repo | None = request.repo if "owner" in request.params and "repo" in request.params else None
    if repo and repo.private and (request.token is None or _is_stranger(repo, request.token)):
        raise not_found()
    if not endpoint.permits(request.token, repo):
        if request.token is None:
            raise ApiError(401, "Requires authentication")
        needed = "; ".join(need.replace(":", "=") for need in endpoint.needs)
        raise ApiError(403, forbidden().message, headers={"X-Accepted-GitHub-Permissions": needed})


def _is_stranger(repo: Repo, token: Token) -> bool:
    return not token.installation and repo.role(token.actor) == "none"


def _check_answer(request: Request, operation: str, response: Response) -> None:
    described = next((o for o in contract.operations() if o.id == operation), None)
    if described and response.status != 400:
        problems = contract.response_violations(described, response.status, response.body)
        request.github.violations.extend(f"the fake's answer: {problem}" for problem in problems)


def _record(request: Request, operation: str, response: Response) -> None:
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
            operation,
            response.status,
            shown,
        )
    )


def _wire(request: Request, response: Response) -> Answer:
    headers = {"X-GitHub-Request-Id": f"FAKE:{len(request.github.exchanges)}", "Server": "github.com"}
    headers |= request.github.meter.headers() | response.headers
    if response.body is None:
        return Answer(response.status, b"", headers)
    if isinstance(response.body, bytes):
        content = response.body
        headers.setdefault("Content-Type", "application/octet-stream")
    else:
        content = json.dumps(response.body).encode()
        headers["Content-Type"] = "application/json; charset=utf-8"
    if request.method == "GET" and response.status == 200:
        headers["ETag"] = f'W/"{hashlib.sha256(content).hexdigest()}"'
        if request.headers.get("if-none-match") == headers["ETag"]:
            request.github.meter.used -= 1
            return Answer(304, b"", headers)
    return Answer(response.status, content, headers)
