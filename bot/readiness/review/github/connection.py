"""Where GitHub is and who we are there, from the environment that an Actions runner sets or from a person's login."""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

import httpx

import github
from github import GithubRetry
from readiness import __version__
from readiness.errors import UsageError

TOKENS = ("GITHUB_TOKEN", "GH_TOKEN")
TIMEOUT = 30
READS = 3
LONGEST_WAIT = 60
USER_AGENT = f"readiness-bot/{__version__}"
for _library in ("github", "urllib3"):  # they log failed requests to the terminal, and we tell those that matter
    logging.getLogger(_library).addHandler(logging.NullHandler())
_LOGIN_ADVICE = "Set GITHUB_TOKEN, or log in with `gh auth login`."


@dataclass(frozen=True)
class Connection:
    """One login at one GitHub, for use in a `with` block; the token is never shown."""

    token: str = field(repr=False)
    api_url: str = "https://api.github.com"
    graphql_url: str = "https://api.github.com/graphql"
    server_url: str = "https://github.com"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for name in ("rest", "http"):
            if name in self.__dict__:  # it was used
                getattr(self, name).close()

    @cached_property
    def rest(self) -> github.Github:
        """PyGithub; it repeats reads only, since a repeated POST would be a second comment."""
        retry = GithubRetry(total=READS, allowed_methods={"GET", "HEAD"}, max_rate_limit_wait=LONGEST_WAIT)
        return github.Github(
            auth=github.Auth.Token(self.token),
            base_url=self.api_url,
            retry=retry,
            timeout=TIMEOUT,
            per_page=100,
            lazy=True,
            seconds_between_requests=0,
            seconds_between_writes=0,  # the gateway paces its writes
            user_agent=USER_AGENT,
        )

    @cached_property
    def http(self) -> httpx.Client:
        """For what PyGithub lacks; the token goes to GitHub's own host only."""
        headers = {"Authorization": f"Bearer {self.token}", "User-Agent": USER_AGENT}
        return httpx.Client(headers=headers, timeout=TIMEOUT, follow_redirects=True)


def connect(environment: Mapping[str, str]) -> Connection:
    """Log in with what the environment offers; GitHub Enterprise sets the addresses in the standard variables."""
    token = next(filter(None, map(environment.get, TOKENS)), "") or _token_of_gh()
    if not token:
        raise UsageError("there is no token for GitHub", advice=_LOGIN_ADVICE)
    api = environment.get("GITHUB_API_URL", Connection.api_url).rstrip("/")
    graphql = environment.get("GITHUB_GRAPHQL_URL") or f"{api.removesuffix('/v3')}/graphql"
    server = environment.get("GITHUB_SERVER_URL", Connection.server_url).rstrip("/")
    return Connection(token, api, graphql, server)


def _token_of_gh() -> str:
    try:
        done = subprocess.run(
            ["gh", "auth", "token"], capture_output=True, text=True, check=False, env=dict(os.environ)
        )
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
