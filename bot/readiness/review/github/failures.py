"""What a failed request means: refused for good, not possible as it was asked, to be tried later, or nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import requests

from github import GithubException, RateLimitExceededException
from readiness.errors import ExitCode, ReadinessError

_UNPROCESSABLE = 422
_GONE = (404, 410)
_REFUSED = (401, 403)
_LIMITED = 429


class PlatformError(ReadinessError):
    """GitHub did not do what it was asked."""

    exit_code = ExitCode.INCOMPLETE


class Refused(PlatformError):
    """The token lacks a permission."""


class Unprocessable(PlatformError):
    """GitHub understood the request and will not do it as it is."""


class Gone(PlatformError):
    """What was to be changed is not there, or not for us."""


class Limited(PlatformError):
    """Too many requests; `seconds` is how long GitHub asks to wait, None if it does not say."""

    def __init__(self, what: str, seconds: float | None) -> None:
        super().__init__(what)
        self.seconds = seconds


class Unsure(PlatformError):
    """No answer, or a server's error: the write may have taken effect or not."""


class Superseded(PlatformError):
    """The pull request has moved on: another run speaks about what is there now."""


@contextmanager
def told_apart() -> Iterator[None]:
    """Turn the errors of both libraries into ours."""
    try:
        yield
    except GithubException as error:
        raise _of_status(
            error.status, _message(error), error.headers or {}, isinstance(error, RateLimitExceededException)
        ) from error
    except httpx.HTTPStatusError as error:
        response = error.response
        raise _of_status(response.status_code, response.reason_phrase, dict(response.headers)) from error
    except (httpx.HTTPError, requests.RequestException) as error:
        raise Unsure(f"GitHub did not answer: {type(error).__name__}") from error


def _of_status(status: int, what: str, headers: dict[str, str], limited: bool = False) -> PlatformError:
    known = {name.lower(): value for name, value in headers.items()}
    wait = known.get("retry-after")
    exhausted = known.get("x-ratelimit-remaining") == "0"
    if (
        limited
        or status == _LIMITED
        or (status in _REFUSED and (wait or exhausted or "secondary rate limit" in what.lower()))
    ):
        return Limited(
            f"GitHub limits how fast this token may write ({status})", float(wait) if wait and wait.isdigit() else None
        )
    if status in _REFUSED:
        return Refused(f"GitHub refused: {what} ({status})")
    if status in _GONE:
        return Gone(f"GitHub has no such thing for this token: {what} ({status})")
    if status == _UNPROCESSABLE:
        return Unprocessable(f"GitHub cannot do this: {what} ({status})")
    return Unsure(f"GitHub failed: {what} ({status})")


def _message(error: GithubException) -> str:
    data = error.data if isinstance(error.data, dict) else {}
    details = [str(one.get("message", one) if isinstance(one, dict) else one) for one in data.get("errors") or ()]
    return "; ".join([str(data.get("message") or error.message or "no reason given"), *details])[:300]
