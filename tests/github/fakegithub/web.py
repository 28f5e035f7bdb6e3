"""Requests, responses and the table that says which function answers which operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fakegithub.contract import Operation
from fakegithub.state import PullRequest, Repo, Token, User

if TYPE_CHECKING:
    from fakegithub.fake import FakeGitHub

Json = dict[str, Any]
MAX_BODY = 65536
DOCS = "https://docs.github.com/rest"


class ApiError(Exception):
    """An answer that refuses, in GitHub's words."""

    def __init__(self, status: int, message: str, errors: Sequence[str] = (), headers: Mapping[str, str] = {}) -> None:
        super().__init__(f"{status} {message} {'; '.join(errors)}")
        self.status, self.message, self.errors, self.headers = status, message, list(errors), dict(headers)

    def body(self, resource: str | None = None) -> Json:
        """The JSON of the answer; some operations name a resource with each error, others only say what is wrong."""
        body: Json = {"message": self.message, "documentation_url": DOCS, "status": str(self.status)}
        if not self.errors:
            return body
        if resource is None:
            return body | {"errors": self.errors}
        return body | {"errors": [{"resource": resource, "code": "custom", "message": text} for text in self.errors]}


def not_found() -> ApiError:
    """What GitHub says of things that are not there, or not for this reader."""
    return ApiError(404, "Not Found")


def forbidden(message: str = "Resource not accessible by integration") -> ApiError:
    """What a token without the permission is told."""
    return ApiError(403, message)


def unprocessable(*errors: str) -> ApiError:
    """A request that is well formed and cannot be done."""
    return ApiError(422, "Unprocessable Entity", errors)


def check_body(text: str) -> str:
    """A text that GitHub would store."""
    if not text.strip():
        raise unprocessable("Body can't be blank")
    if len(text) > MAX_BODY:
        raise unprocessable(f"body is too long (maximum is {MAX_BODY} characters)")
    return text


@dataclass
class Request:
    """One request, already parsed."""

    github: FakeGitHub
    method: str
    path: str
    query: dict[str, str]
    headers: Mapping[str, str]
    body: Any
    token: Token | None = None
    params: dict[str, str] = field(default_factory=dict)
    operation: str = "unknown"
    described: Operation | None = None

    @property
    def actor(self) -> User:
        """Whom the token acts for."""
        if self.token is None:
            raise ApiError(401, "Requires authentication")
        return self.token.actor

    @property
    def json(self) -> Json:
        """The body's fields."""
        return self.body if isinstance(self.body, dict) else {}

    @property
    def accept(self) -> str:
        """The media type asked for."""
        return self.headers.get("accept", "")

    @property
    def repo(self) -> Repo:
        """The repository that the path names."""
        return self.github.repository(f"{self.params['owner']}/{self.params['repo']}")

    @property
    def pull(self) -> PullRequest:
        """The pull request that the path names."""
        number = self.params.get("pull_number") or self.params["issue_number"]
        pull = self.repo.pulls.get(int(number)) if number.isdecimal() else None
        if pull is None:
            raise not_found()
        return pull


@dataclass
class Response:
    """An answer: JSON for dict and list, bytes as they are, None for no content."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


Handler = Callable[[Request], Response]


@dataclass(frozen=True)
class Endpoint:
    """A handler and the permissions of which it needs one, as `scope:level`."""

    handler: Handler
    needs: tuple[str, ...]

    def permits(self, token: Token | None, repo: Repo | None) -> bool:
        """Whether a token may; what is public may be read by any."""
        if not self.needs:
            return True
        public = repo is not None and not repo.private
        if public and any(need.endswith(":read") for need in self.needs):
            return True
        return token is not None and any(token.allows(*need.split(":")) for need in self.needs)


ENDPOINTS: dict[str, Endpoint] = {}


def operation(operation_id: str, *needs: str) -> Callable[[Handler], Handler]:
    """Register the answer to an operation of GitHub's description."""

    def register(handler: Handler) -> Handler:
        ENDPOINTS[operation_id] = Endpoint(handler, needs)
        return handler

    return register


def page(request: Request, items: list[Any], limit: int | None = None) -> tuple[list[Any], dict[str, str]]:
    """One page of a list and the Link header that leads to the others."""
    size = min(int(request.query.get("per_page", "30")) or 30, 100)
    number = max(int(request.query.get("page", "1")), 1)
    items = items[:limit]
    last = max(-(-len(items) // size), 1)
    wanted = {"prev": number - 1, "next": number + 1, "last": last, "first": 1}
    skipped = {"prev", "first"} if number == 1 else ({"next", "last"} if number >= last else set())
    links = [
        f'<{request.github.link(request, page=n)}>; rel="{name}"' for name, n in wanted.items() if name not in skipped
    ]
    chosen = items[(number - 1) * size : number * size]
    return chosen, {"Link": ", ".join(links)} if last > 1 else {}


def listing(request: Request, items: list[Any], render: Callable[[Any], Json], limit: int | None = None) -> Response:
    """A page of things, rendered."""
    chosen, headers = page(request, items, limit)
    return Response(200, [render(item) for item in chosen], headers)
