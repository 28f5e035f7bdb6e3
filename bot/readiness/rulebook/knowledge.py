"""Facts that several rules share, in `rules/knowledge/*.yaml`: lists of patterns, and other names of the same thing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, Self, TypeVar

from packaging.utils import canonicalize_name
from pydantic import Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from readiness.errors import RuleError
from readiness.facts.distributions import Distributions
from readiness.flow.access import parse_path
from readiness.flow.knowledge import Knowledge, Transfer
from readiness.flow.row_knowledge import RowKnowledge
from readiness.pattern.type_knowledge import TypeKnowledge
from readiness.rulebook.builtin import builtin_rules
from readiness.rulebook.marks import MarkedYaml, load
from readiness.rulebook.mistakes import did_you_mean, explain, together
from readiness.rulebook.operators import PatternText, RegexText, Strict
from readiness.rulebook.parts import Link, Word

if TYPE_CHECKING:
    from readiness.pattern.find import CompiledFormula
    from readiness.pattern.formula import Formula

FOLDER = "knowledge"
Model = TypeVar("Model", bound=Strict)


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
    transfers: dict[str, dict[str, str]]


class RowTable(Strict):
    """Whose rows the results of calls hold."""

    about: str
    without: frozenset[str]
    builtin_without: frozenset[str]
    same: frozenset[str]
    containers: frozenset[str]
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


@cache
def read(name: str) -> MarkedYaml:
    """The file of knowledge with this name."""
    folder = builtin_rules().joinpath(FOLDER)
    files = {file.name.removesuffix(".yaml"): file for file in folder.iterdir() if file.name.endswith(".yaml")}
    if name not in files:
        raise RuleError(f"no list is called `{name}`", advice=did_you_mean(name, sorted(files)))
    return _load(files[name])


@cache
def patterns(name: str) -> tuple[str, ...]:
    """The patterns of a list."""
    return validated(read(name), PatternList).patterns


@cache
def words(name: str) -> str:
    """The regular expression for the names of a list."""
    return validated(read(name), WordList).regex


@cache
def packages(name: str) -> tuple[str, ...]:
    """The packages of a list."""
    return validated(read(name), PackageList).packages


@cache
def distributions() -> Distributions:
    """Modules and the packages that bring them."""
    table = validated(read("distributions"), DistributionTable)
    same = {module: (canonicalize_name(module),) for module in table.same_name.split()}
    return Distributions({**same, **table.imports}, table.brings)


@cache
def other_tools() -> tuple[OtherTool, ...]:
    """What other tools look for, and what answers it here."""
    return validated(read("other-tools"), OtherTools).tools


@cache
def training() -> TrainingTable:
    """Where training code says what it decides."""
    return validated(read("training-facts"), TrainingTable)


@cache
def card_clock() -> CardClock:
    """How a model card speaks of time."""
    return validated(read("card-clock"), CardClock)


@cache
def aliases() -> dict[str, str]:
    """Other names -> canonical names."""
    return validated(read("aliases"), AliasTable).aliases


@cache
def flow_knowledge() -> Knowledge:
    """What is known of functions, methods and attributes that no program shows."""
    table = validated(read("flow"), FlowTable)
    transfers = {
        name: tuple(_transfer(taken, put) for taken, put in parts.items()) for name, parts in table.transfers.items()
    }
    rows = RowKnowledge(**validated(read("rows"), RowTable).model_dump(exclude={"about"}))
    return Knowledge(**table.model_dump(exclude={"about", "transfers"}), transfers=transfers, rows=rows)


@cache
def value_types() -> TypeKnowledge:
    """Of which class the values are that libraries give."""
    table = validated(read("value-types"), TypeTable)
    return TypeKnowledge(
        functions=_by_way(table.functions),
        joins=_by_way(table.joins),
        halves=table.halves,
        methods={owner: _by_way(given) for owner, given in table.methods.items()},
        attributes={owner: _by_way(given) for owner, given in table.attributes.items()},
        elements={owner: _by_way(given) for owner, given in table.elements.items()},
        elementwise=table.elementwise,
        bases=_by_way(table.bases),
    )


def compiled_with_knowledge(formula: Formula) -> CompiledFormula:
    """A formula that sees other names of the same thing, and of which class values are."""
    from readiness.pattern.match import Options
    from readiness.pattern.plan import compile_formula

    return compile_formula(formula, aliases=aliases(), options=Options(types=value_types()))


def _by_way(given: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """What gives a class -> the class."""
    return {way: name for name, ways in given.items() for way in ways}


def _transfer(taken: str, put: str) -> Transfer:
    """`0[*]: "[*][1]"` moves each element of the first argument to the second place of each element of the result."""
    number, bracket, rest = taken.partition("[")
    return Transfer(int(number), parse_path(bracket + rest) if rest else (), parse_path(put) if put else ())


def texts() -> Iterator[str]:
    """All that is known, as it is written."""
    folder = builtin_rules().joinpath(FOLDER)
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        yield f"{file.name}\n{file.read_text(encoding='utf-8')}"


def _load(file: Traversable) -> MarkedYaml:
    return load(file.read_text(encoding="utf-8"), f"rules/{FOLDER}/{file.name}")


def validated(yaml: MarkedYaml, model: type[Model]) -> Model:
    """A file of knowledge as a model reads it; every mistake is told with its place."""
    try:
        return model.model_validate(yaml.value)
    except ValidationError as error:
        raise together(explain(error, yaml, model)) from error
