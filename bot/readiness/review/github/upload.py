"""Send findings to code scanning."""

from __future__ import annotations

import gzip
from base64 import b64encode

from readiness.review.github.connection import Connection
from readiness.review.github.failures import told_apart
from readiness.review.model import Pull


def upload_sarif(connection: Connection, pull: Pull, sarif: str) -> None:
    """Upload the findings for the head of the pull request."""
    body = {
        "commit_sha": pull.head,
        "ref": f"refs/pull/{pull.number}/head",
        "sarif": b64encode(gzip.compress(sarif.encode())).decode(),
        "tool_name": "readiness",
    }
    with told_apart():
        url = f"{connection.api_url}/repos/{pull.repository}/code-scanning/sarifs"
        connection.http.post(url, json=body, headers={"Accept": "application/vnd.github+json"}).raise_for_status()
