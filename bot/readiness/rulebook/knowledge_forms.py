"""The forms that files of knowledge have: what may stand in a list of patterns, of packages, of classes of values, ..."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from readiness.rulebook.operators import PatternText, RegexText, Strict
from readiness.rulebook.parts import Link, Word


class PatternList(Strict):
    """Patterns that mean the same to a rule; a formula names the list with `use`."""

    about: str
    patterns: tuple[PatternText, ...] = Field(min_length=1)


class WordList(Strict):
    """Names that mean the same to a rule; a condition names the list with `words`."""

    about: str
    words: tuple[RegexText, ...] = Field(min_length=1)
    """Regular expressions for a whole name, without case; `_`, `-`, a space or nothing may stand between its parts."""

    @property
    def regex(self) -> str:
        """What finds a name of the list that is the whole text."""
        parts = "|".join(word.replace(" ", "[ _-]?") for word in self.words)
        return rf"(?i)^\W*(?:{parts})\W*$"


class PackageList(Strict):
    """Packages that mean the same to a rule; its `where` names the list with `needs: {use: NAME}`."""

    about: str
    packages: tuple[str, ...] = Field(min_length=1)


class AliasTable(Strict):
    """Dotted names under which a library shows the things of another."""

    about: str
    aliases: dict[str, str]


class DistributionTable(Strict):
    """Which package has to be installed for a module to be importable, and what packages bring along."""

    about: str
    same_name: str
    imports: dict[str, tuple[str, ...]]
    brings: dict[str, tuple[str, ...]]


class FlowTable(Strict):
    """What calls and attributes do with the values they are given."""

    about: str
    silent_functions: frozenset[str]
    silent_methods: frozenset[str]
    silent_attributes: frozenset[str]
    views: frozenset[str]
    copies: frozenset[str]
    same_object: frozenset[str]
    fillers: frozenset[str]
    silent_fillers: frozenset[str]
    transfers: dict[str, dict[str, str]]


class RowTable(Strict):
    """Whose rows the results of calls hold."""

    about: str
    without: frozenset[str]
    builtin_without: frozenset[str]
    same: frozenset[str]
    containers: frozenset[str]
    blanks: frozenset[str]
    of_arguments: frozenset[str]
    splits: frozenset[str]
    partitions: frozenset[str]
    folds: frozenset[str]
    joins: frozenset[str]
    pairs: frozenset[str]
    draws: frozenset[str]
    beginnings: frozenset[str]
    selections: frozenset[str]
    removals: frozenset[str]
    lookups: frozenset[str]
    row_numbers: RegexText
    readers: frozenset[str]


class TypeTable(Strict):
    """Of which class values are: each class with what gives it."""

    about: str
    functions: dict[str, tuple[str, ...]]
    joins: dict[str, tuple[str, ...]]
    halves: frozenset[str]
    methods: dict[str, dict[str, tuple[str, ...]]]
    attributes: dict[str, dict[str, tuple[str, ...]]]
    elements: dict[str, dict[str, tuple[str, ...]]]
    elementwise: frozenset[str]
    bases: dict[str, tuple[str, ...]]


class NamedSetting(Strict):
    """A thing that training code sets by this name."""

    called: tuple[str, ...] = ()
    """What documents call it besides."""
    percent: bool = False
    """Documents may write it as a percentage."""


class TrainingTable(Strict):
    """Where training code says what it decides; dotted names, of which a package or module means all in it."""

    about: str
    config_files: RegexText
    also_training: tuple[str, ...]
    models: frozenset[str]
    not_models: frozenset[str]
    settings: frozenset[str]
    readers: frozenset[str]
    splits: frozenset[str]
    seeds: frozenset[str]
    metrics: frozenset[str]
    not_metrics: tuple[RegexText, ...]
    parameter_files: RegexText
    bounds: RegexText
    """What makes a number under the name of a metric one that shall be reached, not one that was."""
    result_files: RegexText
    result_parts: dict[str, tuple[str, ...]]
    """What was measured on which part of the data, by the words in names of results."""
    past: RegexText
    """What makes a line of a card speak of how it was."""
    past_sections: RegexText
    feature_lists: RegexText
    target_names: RegexText
    libraries: dict[str, tuple[str, ...]]
    """Package -> what documents call it besides."""
    names: dict[str, dict[str, NamedSetting]]
    """Topic -> name -> what documents call it."""


class CardClock(Strict):
    """How a model card speaks of time."""

    about: str
    months: dict[str, int]
    own: RegexText
    """What stands before a date of the card itself."""
    periods: dict[str, int]
    """How a period is written -> its months."""
    promises: tuple[RegexText, ...]
    spans: tuple[RegexText, ...]


class OtherRule(Strict):
    """A rule of another tool: the rules here that look for the same, or why there is none."""

    id: str
    name: str = ""
    ours: tuple[Word, ...] = ()
    note: str = ""

    @model_validator(mode="after")
    def _answered(self) -> Self:
        if not self.ours and not self.note:
            raise PydanticCustomError("answer", "has neither a rule here in `ours` nor the reason in `note`")
        return self


class OtherTool(Strict):
    """Another tool, or a list of smells, with all its rules."""

    name: str
    what: str
    source: Link
    rules: tuple[OtherRule, ...] = Field(min_length=1)


class OtherTools(Strict):
    """What other tools look for."""

    about: str
    tools: tuple[OtherTool, ...]
