"""The features that training lists, and which of them a program that answers requests never names.

Only lists that are clearly of the same model are compared: most of their columns stand in a row that the program takes or
builds, and no other list of the training fits the program as a whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from readiness.facts.hit import Hit
from readiness.facts.model import FileFacts, RowFact
from readiness.facts.rows import LEAST_COLUMNS, as_word
from readiness.facts.training import sets_up_a_model


@dataclass(frozen=True, slots=True)
class FeatureList:
    """The columns that training lists under one name."""

    name: str
    columns: tuple[str, ...]
    hit: Hit

    @property
    def words(self) -> frozenset[str]:
        """The columns in any way of writing."""
        return frozenset(map(as_word, self.columns))


@dataclass(frozen=True, slots=True)
class ServedRow:
    """A row of a program that answers requests, beside a list of features that it falls short of."""

    name: str
    columns: tuple[str, ...]
    features: str
    """What the list is called."""
    path: str
    line: int
    """Where the list stands."""
    unnamed: tuple[str, ...]
    """Its features that nothing in the program names."""


def feature_lists(files: Iterable[FileFacts], program: Callable[[str], Iterable[FileFacts]]) -> list[FeatureList]:
    """The lists of features in programs that set up a model; a name that stands for several lists is left out."""
    trained = {facts.path: facts for one in files if sets_up_a_model(one) for facts in program(one.path)}
    return [found for _, facts in sorted(trained.items()) for found in _listed(facts)]


def _listed(facts: FileFacts) -> Iterator[FeatureList]:
    targets = {setting.value for setting in facts.settings if setting.topic == "target"}
    by_name = defaultdict(list)
    for setting in facts.settings:
        if setting.topic == "feature":
            by_name[setting.owner].append(setting)
    for name, settings in by_name.items():
        columns = tuple(dict.fromkeys(setting.value for setting in settings))
        if len(columns) == len(settings):
            yield FeatureList(name, tuple(one for one in columns if one not in targets), settings[0].hit)


def served_rows(
    program: Iterable[FileFacts], lists: Iterable[FeatureList]
) -> Iterator[tuple[FileFacts, Hit, ServedRow]]:
    """The rows of a program that answers requests to which features of the training are unknown."""
    files = list(program)
    heard = frozenset[str]().union(*(facts.words for facts in files))
    held = [(facts, row, frozenset(map(as_word, row.columns))) for facts in files for row in facts.rows]
    fitting = [one.words for one in lists if one.words <= heard]
    for known in lists:
        unnamed = tuple(column for column in known.columns if as_word(column) not in heard)
        if not unnamed or any(known.words & heard <= other for other in fitting):
            continue
        shared, facts, row = max(((len(words & known.words), facts, row) for facts, row, words in held), key=_shared)
        if shared >= max(LEAST_COLUMNS, len(known.words) / 2):
            place = known.hit.location
            yield facts, row.hit, ServedRow(row.name, row.columns, known.name, place.path, place.file_line, unnamed)


def _shared(near: tuple[int, FileFacts, RowFact]) -> int:
    return near[0]
