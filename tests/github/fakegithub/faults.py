"""What goes wrong on purpose: failures, lost answers, delays, limits, and things that happen in between."""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from fakegithub.web import ApiError


@dataclass
class Fault:
    """What befalls the next `times` matching requests, after the first `skip` of them went well.

    A failure says `message`, or all of `answer`; `silent` leaves the asker waiting until it gives up. `performed` says
    whether the request took effect before its answer failed or got lost.
    """

    method: str = ".*"
    path: str = ""
    body: str = ""
    status: int | None = None
    message: str = "Server Error"
    answer: object = None
    headers: dict[str, str] = field(default_factory=dict)
    lost: bool = False
    silent: bool = False
    performed: bool = False
    cut: int | None = None
    delay: float = 0.0
    action: Callable[[], object] | None = None
    times: int = 1
    skip: int = 0

    def takes(self, method: str, path: str, body: str) -> bool:
        """Whether this request is hit; counts it if so."""
        matches = re.fullmatch(self.method, method) and re.search(self.path, path) and re.search(self.body, body)
        if not matches or self.times <= 0:
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.times -= 1
        return True


@dataclass
class Limits:
    """GitHub's rates; tests lower them."""

    requests_per_hour: int = 1000
    content_per_minute: int = 80
    content_per_hour: int = 500
    retry_after: int | None = 60


class Meter:
    """Counts requests against the limits."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.used = 0
        self._content: deque[float] = deque()
        self.reset = int(time.time()) + 3600

    def count(self) -> None:
        """Count a request, or refuse it."""
        if self.used >= self.limits.requests_per_hour:
            raise ApiError(403, "API rate limit exceeded for installation ID 1.", headers=self.headers())
        self.used += 1

    def count_content(self) -> None:
        """Count the creation of something people are told about, or refuse it."""
        now = time.monotonic()
        while self._content and self._content[0] < now - 3600:
            self._content.popleft()
        recent = sum(instant > now - 60 for instant in self._content)
        if recent >= self.limits.content_per_minute or len(self._content) >= self.limits.content_per_hour:
            raise SecondaryLimitError(self.limits.retry_after)
        self._content.append(now)

    def headers(self) -> dict[str, str]:
        """What GitHub tells of the primary limit in every answer."""
        limit = self.limits.requests_per_hour
        return {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(max(limit - self.used, 0)),
            "X-RateLimit-Used": str(self.used),
            "X-RateLimit-Reset": str(self.reset),
            "X-RateLimit-Resource": "core",
        }


class SecondaryLimitError(ApiError):
    """The answer to somebody who writes too fast."""

    def __init__(self, retry_after: int | None) -> None:
        message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
        super().__init__(403, message, headers={} if retry_after is None else {"Retry-After": str(retry_after)})
