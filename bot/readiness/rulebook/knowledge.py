"""Facts that several rules share, in `rules/knowledge/*.yaml`: lists of patterns, and other names of the same thing."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING, TypeVar

from packaging.utils import canonicalize_name
from pydantic import ValidationError

from readiness.errors import RuleError
from readiness.facts.distributions import Distributions
from readiness.flow.access import parse_path
from readiness.flow.knowledge import Knowledge, Transfer
from readiness.flow.row_knowledge import RowKnowledge
from readiness.pattern.type_knowledge import TypeKnowledge
from readiness.rulebook.builtin import builtin_rules
from readiness.rulebook.knowledge_forms import (
    AliasTable,
    CardClock,
    DistributionTable,
    FlowTable,
    OtherTool,
    OtherTools,
    PackageList,
    PatternList,
    RowTable,
    TrainingTable,
    TypeTable,
    WordList,
)
from readiness.rulebook.marks import MarkedYaml, load
from readiness.rulebook.mistakes import did_you_mean, explain, together
from readiness.rulebook.operators import Strict

if TYPE_CHECKING:
    from readiness.pattern.find import CompiledFormula
    from readiness.pattern.formula import Formula

FOLDER = "knowledge"
Model = TypeVar("Model", bound=Strict)


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
