"""Which repositories are audited: those of a list, and those of an organisation."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from readiness.errors import UsageError

_SCHEMES = ("https", "http", "ssh")
_SSH = re.compile(r"[\w.-]+@[\w.-]+:(?P<path>[\w./~-]+)", re.ASCII)
_ADVICE = "Write an https or ssh address, or the path of a folder with a git repository."


@dataclass(frozen=True, slots=True)
class Source:
    """A repository: what it is called, and what git clones."""

    name: str
    address: str

    @property
    def protocol(self) -> str:
        """The one way in which git may reach it."""
        return urlsplit(self.address).scheme if "://" in self.address else "ssh"


def read_list(file: Path) -> list[Source]:
    """A repository on each line; empty lines and those that begin with `#` say nothing."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"the list cannot be read: {error}", where=str(file)) from error
    told = ((number, line.strip()) for number, line in enumerate(lines, 1))
    return [
        source_of(line, file.parent, f"{file}:{number}") for number, line in told if line and not line.startswith("#")
    ]


def source_of(line: str, folder: Path, where: str) -> Source:
    """A repository as a person names it; what could mean anything else to git is refused."""
    if line.startswith("-") or "::" in line or not line.isprintable():
        raise UsageError(f"`{line}` names no repository", where=where, advice=_ADVICE)
    if "://" in line:
        return _from_url(line, where)
    over_ssh = _SSH.fullmatch(line)
    if over_ssh:
        return Source(_name(over_ssh["path"]), line)
    place = (folder / line).resolve()
    return Source(place.name, place.as_uri())


def unique(sources: Iterable[Source]) -> list[Source]:
    """Each repository once, in the order of their names."""
    by_address = {source.address: source for source in sources}
    return sorted(by_address.values(), key=lambda source: (source.name, source.address))


def _from_url(line: str, where: str) -> Source:
    try:
        parts = urlsplit(line)
        known = parts.scheme in _SCHEMES and bool(parts.hostname) and not (parts.hostname or "-").startswith("-")
    except ValueError:  # a damaged IPv6 address
        known = False
    if not known:
        raise UsageError(f"`{line}` is no address to clone from", where=where, advice=_ADVICE)
    if parts.password or (parts.username and parts.scheme != "ssh"):
        advice = "Leave it out, and let git ask a credential helper: the results name the address."
        raise UsageError("the address holds a login", where=where, advice=advice)
    return Source(_name(parts.path), line)


def _name(path: str) -> str:
    return path.strip("/").removesuffix(".git") or path


def of_organisation(name: str) -> Iterator[Source]:
    """The repositories of an organisation as GitHub lists them, without forks and archived ones."""
    from readiness.review.github.connection import connect
    from readiness.review.github.failures import told_apart

    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]{0,38}", name):
        raise UsageError(f"`{name}` names no organisation", where="--organisation")
    with connect(os.environ) as connection, told_apart():
        for repo in connection.rest.get_organization(name).get_repos(type="sources"):
            if not repo.archived:
                yield Source(repo.full_name, repo.clone_url)
