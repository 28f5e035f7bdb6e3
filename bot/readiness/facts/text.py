"""The facts of configuration: which packages its commands install, and which known packages it names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from readiness.facts.model import FileFacts
from readiness.rulebook.knowledge import distributions
from readiness.source.installs import read_installs

# Of the other text files most are data, in which a word means nothing.
_CONFIGURATION = frozenset(".cfg .conf .hcl .ini .ps1 .sh .tf .toml .yaml .yml".split())
_COMMANDS = re.compile(r"(?:Dockerfile|Containerfile|Makefile|Jenkinsfile|Procfile)(?:\.[\w.-]+)?")
_WORD = re.compile(r"[A-Za-z_][\w-]*")


def _kept_by_lfs(text: str) -> Iterator[str]:
    for line in text.splitlines():
        pattern, *attributes = line.split() or [""]
        if "filter=lfs" in attributes and not pattern.startswith("#"):
            yield pattern


def text_facts(text: str, facts: FileFacts) -> FileFacts:
    """The facts of a text file, with what it says of packages if it is configuration."""
    name = PurePosixPath(facts.path)
    if name.name == ".gitattributes":
        return replace(facts, lfs=tuple(_kept_by_lfs(text)))
    if name.suffix.lower() not in _CONFIGURATION and not _COMMANDS.fullmatch(name.name):
        return facts
    kind = "dockerfile" if name.name.startswith(("Dockerfile", "Containerfile")) else "script"
    known = distributions().words
    return replace(
        facts,
        references=frozenset(word for word in _WORD.findall(text) if word in known),
        manifest=read_installs(facts.path, kind, text),
    )
