"""The fingerprints under which a finding may be remembered: its own, and those it had under earlier names of its file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from readiness.finding import Finding
from readiness.judge.fingerprint import fingerprinted, in_order
from readiness.review.model import Pull, PullFile

_NEW = ("added", "renamed")


def identities(findings: Iterable[Finding], pull: Pull) -> dict[str, tuple[str, ...]]:
    """All fingerprints of each finding, by its own."""
    files: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        files[finding.location.path].append(finding)
    names: dict[str, tuple[str, ...]] = {
        finding.fingerprint: (finding.fingerprint,) for group in files.values() for finding in group
    }
    for path, group in files.items():
        for former in _former(path, pull):
            moved = in_order(replace(one, location=replace(one.location, path=former)) for one in group)
            for now, before in zip(moved, fingerprinted(moved), strict=True):
                names[now.fingerprint] += (before.fingerprint,)
    return names


def _former(path: str, pull: Pull) -> list[str]:
    """What a file may have been called when it was reviewed.

    GitHub tells a rename only between two commits that a force push has not parted; but a file that is new where another
    has vanished, and in which the same is found, is that file as far as people who talk about the finding care.
    """
    told = {pull.renamed[path]} if path in pull.renamed else set()
    return sorted(told | (pull.vanished if is_new(path, pull) else frozenset()))


def is_new(path: str, pull: Pull) -> bool:
    """Whether the change brings a file of this name."""
    return pull.files.get(path, PullFile(path)).status in _NEW
