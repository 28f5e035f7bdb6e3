"""A check in parts: each shard analyses its share of the files, and what they found is judged as one run.

The shards and the merge start from the same files, rules and version of the bot; where they do not, the merge says which
part differs, because an incomplete run must never look clean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from readiness.check import Analysed, Scope, compared, outcomes_of, scope_of
from readiness.collect.files import collect
from readiness.collect.source_file import SourceFile, digest_of
from readiness.engine.outcome import FileOutcome
from readiness.errors import UsageError
from readiness.settings import Settings
from readiness.store_of_run import store_of
from readiness.watcher import Watcher

_NAME = re.compile(r"([1-9]\d{0,3})/([1-9]\d{0,3})")


@dataclass(frozen=True, slots=True)
class Shard:
    """One of several shares, counted from 1."""

    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    def share(self, files: Iterable[SourceFile]) -> list[SourceFile]:
        """Its files: dealt out from the largest on, so that all shards have about as much to do."""
        dealt = sorted(files, key=lambda file: (-file.size, file.path))
        return dealt[self.number - 1 :: self.of]


def shard_of(name: str) -> Shard:
    """Read `2/8`."""
    found = _NAME.fullmatch(name)
    if found is None or int(found[1]) > int(found[2]):
        raise UsageError(f"`{name}` is no shard", where="--shard", advice="Write 2/8 for the second of eight.")
    return Shard(int(found[1]), int(found[2]))


@dataclass(frozen=True, slots=True)
class Part:
    """What one shard found."""

    shard: Shard
    rules: str
    """What tells the rules and the version of the bot from others."""
    outcomes: tuple[FileOutcome, ...]


def analyse_shard(settings: Settings, shard: Shard, watcher: Watcher) -> Part:
    """Analyse the files of a shard."""
    scope = scope_of(settings, collect(settings))
    with store_of(settings, watcher) as store:
        outcomes = outcomes_of(scope, shard.share(scope.found.files), store, watcher)
    return Part(shard, _rules(scope), tuple(outcomes))


def write_part(place: Path, part: Part) -> None:
    """Write a part as JSON."""
    try:
        place.write_bytes(msgspec.json.encode(part))
    except UnicodeEncodeError as error:
        advice = "Rename it, or check the project in one run."
        name = ascii(error.object)
        raise UsageError(f"JSON cannot hold the name of a file: {name}", where="--shard", advice=advice) from error
    except OSError as error:
        raise UsageError(f"cannot write {place}: {error.strerror or error}", where="--output") from error


def merge(settings: Settings, places: Sequence[Path], watcher: Watcher) -> Analysed:
    """Judge what the shards found, as if one run had found it."""
    parts = {place: _read(place) for place in places}
    scope = scope_of(settings, collect(settings))
    _must_be_whole(parts.values())
    outcomes: dict[str, FileOutcome] = {}
    for place, part in parts.items():
        if part.rules != _rules(scope):
            advice = "Start the shards and the merge with the same options, rules, Python and version of the bot."
            raise UsageError("it was made by other rules than this merge has", where=str(place), advice=advice)
        outcomes |= {outcome.facts.path: outcome for outcome in part.outcomes}
    _must_be_the_same(scope.found.files, outcomes)
    with store_of(settings, watcher) as store:
        return compared(scope, (outcomes[file.path] for file in scope.found.files), store)


def _rules(scope: Scope) -> str:
    text = "\n".join([scope.chosen.key, *(rule.id for rule in scope.chosen.rules)])
    return digest_of(text.encode()).hex()


def _read(place: Path) -> Part:
    try:
        return msgspec.json.decode(place.read_bytes(), type=Part)
    except OSError as error:
        raise UsageError(f"it cannot be read: {error.strerror or error}", where=str(place)) from error
    except (msgspec.DecodeError, RecursionError) as error:
        advice = "Name the files that `readiness check --shard` has written."
        raise UsageError(f"it is no part of a check: {error}", where=str(place), advice=advice) from error


def _must_be_whole(parts: Iterable[Part]) -> None:
    """Each shard once, and all of them."""
    shards = [part.shard for part in parts]
    wanted = [Shard(number, shards[0].of) for number in range(1, shards[0].of + 1)]
    if sorted(shards, key=str) == sorted(wanted, key=str):
        return
    missing = ", ".join(str(shard) for shard in wanted if shard not in shards)
    given = ", ".join(map(str, shards))
    what = f"shard {missing} is missing" if missing else "a shard is there twice, or of another number of shards"
    raise UsageError(f"{what}; given: {given}", where="readiness merge", advice="Merge all parts of one check.")


def _must_be_the_same(files: Sequence[SourceFile], outcomes: Mapping[str, FileOutcome]) -> None:
    """The parts tell of the very files that are here; where one could not be read there is nothing to compare."""
    advice = "Start the shards and the merge in the same commit of the project."
    here = {file.path: file for file in files}
    for path in sorted(here.keys() ^ outcomes.keys()):
        what = "no part tells of this file" if path in here else "a part tells of this file, which is not here"
        raise UsageError(what, where=path, advice=advice)
    for path, outcome in outcomes.items():
        if outcome.digest and outcome.digest != digest_of(here[path].read()):
            raise UsageError("it is not the file that was analysed", where=path, advice=advice)
