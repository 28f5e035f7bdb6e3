"""The artifact of a finished run, read without unpacking it anywhere."""

from __future__ import annotations

import io
import zipfile

from readiness.review.github.connection import Connection
from readiness.review.github.failures import told_apart
from readiness.review.handover import MAX_BYTES, BadHandover

NAME = "readiness-handover"
MEMBER = "readiness-handover.json"


def read_artifact(connection: Connection, repository: str, run: int) -> bytes | None:
    """The one file of the artifact with our name, None if the run left none; whatever else is in it is refused."""
    api = f"{connection.api_url}/repos/{repository}/actions"
    with told_apart():
        listed = connection.http.get(f"{api}/runs/{run}/artifacts", params={"name": NAME, "per_page": 10})
        listed.raise_for_status()
        found = [one for one in listed.json()["artifacts"] if one["name"] == NAME and not one["expired"]]
        if not found:
            return None
        return _member(_download(connection, f"{api}/artifacts/{int(found[0]['id'])}/zip"))


def _download(connection: Connection, url: str) -> bytes:
    data = bytearray()
    with connection.http.stream("GET", url) as answer:
        answer.raise_for_status()
        for chunk in answer.iter_raw():
            data += chunk
            if len(data) > MAX_BYTES:
                raise BadHandover(f"the artifact is larger than {MAX_BYTES // 1024**2} MiB")
    return bytes(data)


def _member(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.namelist() != [MEMBER]:
                raise BadHandover(f"the artifact does not hold one file called `{MEMBER}`")
            with archive.open(MEMBER) as file:
                return file.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise BadHandover(f"the artifact is no archive that can be read: {error}") from error
