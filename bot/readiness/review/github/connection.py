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
ENTERPRISE_TOKENS = ("GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN")
"""For a server that only the URL of a pull request names; they are those of `gh`."""
TIMEOUT = 30
READS = 3
LONGEST_WAIT = 60
USER_AGENT = f"readiness-bot/{__version__}"
for _library in ("github", "urllib3"):  # they log failed requests to the terminal, and we tell those that matter
    logging.getLogger(_library).addHandler(logging.NullHandler())


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


def connect(environment: Mapping[str, str], server: str = "") -> Connection:
    """Log in at a server, or where the environment points: runners of GitHub Enterprise set the standard variables."""
    here = environment.get("GITHUB_SERVER_URL", Connection.server_url).rstrip("/")
    if server in ("", here):
        server = here
        api = environment.get("GITHUB_API_URL", Connection.api_url).rstrip("/")
        graphql = environment.get("GITHUB_GRAPHQL_URL") or f"{api.removesuffix('/v3')}/graphql"
    elif server == Connection.server_url:
        api, graphql = Connection.api_url, Connection.graphql_url
    else:
        api, graphql = f"{server}/api/v3", f"{server}/api/graphql"
    return Connection(_token(environment, server, here), api, graphql, server)


def _token(environment: Mapping[str, str], server: str, here: str) -> str:
    """The token for a server: one that was set for another is never sent there."""
    names = TOKENS if server == here else ENTERPRISE_TOKENS if server != Connection.server_url else ()
    token = next(filter(None, map(environment.get, names)), "") or _token_of_gh(server.partition("://")[2])
    if not token:
        login = f"log in with `gh auth login --hostname {server.partition('://')[2]}`"
        advice = f"Set {names[0]}, or {login}." if names else f"{login[0].upper()}{login[1:]}."
        raise UsageError(f"there is no token for {server}", advice=advice)
    return token


def _token_of_gh(host: str) -> str:
    try:
        done = subprocess.run(
            ["gh", "auth", "token", "--hostname", host],
            capture_output=True,
            text=True,
            check=False,
            env=dict(os.environ),
        )
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
