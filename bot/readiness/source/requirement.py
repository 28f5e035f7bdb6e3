"""One requirement as pip, conda or Poetry writes it: its name, its versions, and whether they come down to one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from packaging.utils import canonicalize_name

from readiness.facts.hit import Hit
from readiness.facts.model import DependencyFact
from readiness.finding import Location

_EXACT = re.compile(r"={2,3}\s*v?\d[^,*|\s]*")
_UPPER = re.compile(r"(?:<|~=|\^|~\s*\d|==|(?:^|,)=?\d)")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_PER_REQUIREMENT = re.compile(r"\s--?[a-z][a-z-]*[\s=].*$")
_ARCHIVE = re.compile(r"(?P<name>[A-Za-z0-9._]+?)-(?P<version>\d[\w.+!]*?)(?:-[\w.]+)*\.(?:whl|tar\.gz|zip)")
_REPOSITORY = re.compile(r"/(?P<name>[A-Za-z0-9._-]+?)(?:\.git)?(?:@(?P<revision>[^@#/]+))?(?:[#?].*)?$")
_COMMIT = re.compile(r"[0-9a-f]{7,40}|v?\d+(?:\.\d+)+[\w.-]*")


@dataclass(frozen=True, slots=True)
class Declared:
    """What a requirement says."""

    name: str
    specifier: str
    pinned: bool
    bounded: bool
    extras: tuple[str, ...] = ()

    def fact(self, path: str, manifest: str, line: int, text: str, group: str) -> DependencyFact:
        """The requirement at its place in a file."""
        bare = text.rstrip("\r")
        column = len(bare) - len(bare.lstrip()) + 1
        location = Location(
            path, line, column, line, max(len(bare.rstrip()) + 1, column), file_line=line, file_end_line=line
        )
        hit = Hit(location, anchor=" ".join(bare.split()), scope_key=group, source_lines=(bare,))
        return self.at(hit, manifest, group)

    def at(self, hit: Hit, manifest: str, group: str = "") -> DependencyFact:
        """The requirement where something else than a line of its own names it."""
        return DependencyFact(self.name, self.specifier, hit, self.pinned, self.bounded, group, manifest, self.extras)


def dependency(text: str) -> Declared | None:
    """A requirement of pip (PEP 508, a URL, a path), or None if the text is none."""
    from packaging.requirements import InvalidRequirement, Requirement  # dear to load where nothing is declared

    hashed = "--hash" in text
    bare = _PER_REQUIREMENT.sub("", text).strip()
    try:
        requirement = Requirement(bare)
    except InvalidRequirement:
        return _from_url(bare)
    extras = tuple(sorted(requirement.extras))
    if requirement.url:
        found = _from_url(requirement.url)
        pinned = hashed or bool(found and found.pinned)
        return Declared(canonicalize_name(requirement.name), f"@ {requirement.url}", pinned, pinned, extras)
    return _declared(requirement.name, str(requirement.specifier), extras, pinned=hashed)


def conda_dependency(text: str) -> Declared | None:
    """A requirement of conda: `channel::name=1.2=build`, `name >=1,<2`, `name`."""
    match = re.fullmatch(r"(?:[^\s:]+::)?([A-Za-z0-9_][\w.-]*)(?:\[[^\]]*\])?\s*(.*)", text.strip())
    if match is None:
        return None
    name, specifier = match[1], match[2].strip()
    single = re.fullmatch(r"=?=?\s*(\d[^=\s,*|<>]*)(?:[=\s]([^=\s]+))?", specifier)
    # `=1.2` is any 1.2.x for conda; three numbers or a build name one version.
    exact = bool(single and (specifier.startswith("==") or single[2] or single[1].count(".") >= 2))
    return Declared(canonicalize_name(name), specifier, exact, bool(single) or _is_bounded(specifier))


def poetry_dependency(name: str, value: Any) -> Declared | None:
    """A requirement in a table of names: a version, or a table that holds one."""
    if name.lower() == "python":
        return None
    if isinstance(value, list):
        value = value[0] if value else "*"
    if not isinstance(value, dict):
        return _declared(name, "" if value in ("*", None) else str(value))
    fixed = any(key in value for key in ("path", "url", "rev", "tag", "ref"))
    listed = value.get("extras")
    extras = tuple(map(str, listed)) if isinstance(listed, list) else ()
    if "version" not in value:
        return Declared(canonicalize_name(name), "", fixed, fixed, extras)
    return _declared(name, "" if value["version"] == "*" else str(value["version"]), extras, pinned=fixed)


def _declared(name: str, specifier: str, extras: tuple[str, ...] = (), *, pinned: bool = False) -> Declared:
    exact = pinned or bool(_EXACT.fullmatch(specifier.strip())) or _is_bare_version(specifier)
    return Declared(canonicalize_name(name), specifier, exact, exact or _is_bounded(specifier), extras)


def _is_bare_version(specifier: str) -> bool:
    """Poetry reads `1.2.3` as exactly that."""
    return re.fullmatch(r"\s*=?\s*\d+(?:\.\d+)+[\w.]*\s*", specifier) is not None


def _is_bounded(specifier: str) -> bool:
    return _UPPER.search(specifier) is not None


def _from_url(text: str) -> Declared | None:
    """A requirement that is a place: an archive, a repository, a local path."""
    if text.startswith((".", "/", "file:")):
        return None  # the project itself, or a neighbour that is versioned with it
    egg = re.search(r"[#&]egg=([A-Za-z0-9._-]+)", text)
    if archive := _ARCHIVE.search(text):
        return Declared(canonicalize_name(egg[1] if egg else archive["name"]), text, pinned=True, bounded=True)
    if "://" in text or text.startswith("git+"):
        repository = _REPOSITORY.search(text)
        if repository is None:
            return None
        pinned = bool(repository["revision"] and _COMMIT.fullmatch(repository["revision"]))
        return Declared(canonicalize_name(egg[1] if egg else repository["name"]), text, pinned, pinned)
    name = _NAME.match(text)
    return Declared(canonicalize_name(name[0]), text[name.end() :].strip(), False, False) if name else None


def logical_lines(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Lines with their continuations joined and comments dropped, each with the number of its first line."""
    start = 1
    parts: list[str] = []
    for number, line in enumerate(lines, 1):
        if not parts:
            start = number
        bare = re.sub(r"(?:^|\s)#.*$", "", line.rstrip("\r"))
        if bare.endswith("\\"):
            parts.append(bare[:-1])
            continue
        logical = " ".join([*parts, bare]).strip()
        parts = []
        if logical:
            yield start, logical
    if parts:
        yield start, " ".join(parts).strip()
