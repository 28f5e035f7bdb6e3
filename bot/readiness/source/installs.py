"""Packages that commands install: `pip install ...` in a notebook, a Dockerfile or a script."""

from __future__ import annotations

import re
from collections.abc import Iterator

from packaging.utils import canonicalize_name

from readiness.facts.model import IMAGE, DependencyFact, ManifestFact
from readiness.source.requirement import Declared, conda_dependency, dependency, logical_lines

_COMMAND = re.compile(
    r"(?:^|[\s;&|!%(\"'])(?P<tool>pip3?(?:\.\d+)?|conda|mamba|micromamba)\s+install\s+(?P<rest>[^;&|\n]*)"
)
_BASE = re.compile(r"\s*FROM\s+(?:--\S+\s+)?(?:[\w.:-]+/)*(?P<name>[\w.-]+)(?::(?P<tag>\d+(?:\.\d+)*))?", re.IGNORECASE)
_WORD = re.compile(r"\"[^\"]*\"|'[^']*'|\S+")
# Options that take a value of their own as the next word.
_VALUED = frozenset(
    "--requirement --constraint --index-url --extra-index-url --find-links --target --platform --root --prefix "
    "--python-version --trusted-host --timeout --retries --progress-bar --name --channel".split()
)
# Short options may stand together, as in `-qr requirements.txt`; the last one may take a value.
_VALUED_SHORT = re.compile(r"-[a-zA-Z]*[rciftnp]")


def read_installs(path: str, kind: str, text: str) -> ManifestFact | None:
    """What the commands in a text install, or None if they install nothing."""
    found: list[DependencyFact] = []
    for number, line in logical_lines(text.split("\n")):
        if kind == "dockerfile":
            found += [declared.fact(path, kind, number, line, IMAGE) for declared in _base_image(line)]
        found += [declared.fact(path, kind, number, line, "") for declared in installed(line)]
    return ManifestFact(type=kind, dependencies=tuple(found)) if found else None


def _base_image(line: str) -> Iterator[Declared]:
    """The package that an image is named after; only of the language itself the tag is the version, as far as it goes."""
    if base := _BASE.match(line):
        name = canonicalize_name(base["name"])
        specifier = f"=={base['tag']}.*" if name == "python" and base["tag"] else ""
        yield Declared(name, specifier, pinned=True, bounded=True)


def installed(line: str) -> Iterator[Declared]:
    """The packages that the commands in one line install."""
    for command in _COMMAND.finditer(line) if "install" in line else ():
        read = dependency if command["tool"].startswith("pip") else conda_dependency
        for word in _packages(command["rest"]):
            declared = read(word)
            if declared is not None:
                yield declared


def _packages(arguments: str) -> Iterator[str]:
    """The words of a command that name packages: no options, no values of options, nothing that a shell fills in."""
    words = iter(_WORD.findall(arguments.partition(" #")[0]))
    for word in words:
        bare = word.strip("\"'")
        if bare in _VALUED or _VALUED_SHORT.fullmatch(bare):
            next(words, None)
        elif re.match(r"[A-Za-z]", bare) and "$" not in bare and "{" not in bare:
            yield bare
