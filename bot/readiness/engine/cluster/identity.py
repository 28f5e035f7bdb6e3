"""What decides the outcome of an analysis beside the file: the program with its rules, Python, and the libraries."""

from __future__ import annotations

import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import Requirement

import readiness
from readiness.engine.rulebooks import program_digest

_DISTRIBUTION = "readiness-bot"
Identity = dict[str, str]


@cache
def identity() -> Identity:
    """The parts that must be the same wherever a run analyses files, each as a person would say it."""
    return {
        "readiness-bot": readiness.__version__,
        "Python": sys.implementation.cache_tag or sys.version,
        "program and rules": program_digest()[:12],
        **dict(_libraries()),
    }


def differences(ours: Identity, theirs: Identity) -> str:
    """In words, or nothing if all is the same."""
    parts = [name for name in {**ours, **theirs} if ours.get(name) != theirs.get(name)]
    return ", ".join(f"{name} {theirs.get(name, '(none)')} instead of {ours.get(name, '(none)')}" for name in parts)


def _libraries() -> list[tuple[str, str]]:
    """What the installed distribution requires; a checkout that is run as it is does not say."""
    try:
        required = [Requirement(line) for line in requires(_DISTRIBUTION) or ()]
    except PackageNotFoundError:
        return []
    names = [one.name for one in required if one.marker is None or one.marker.evaluate({"extra": ""})]
    return [(name, version(name)) for name in names]
