"""The facts of training code: which model with which parameters, on which data, split how, with which seed and threshold.

What an expression is worth is read as everywhere else (`constants.py`), and through the defaults of a command line. What
has no single value is kept as it is written and marked as unknown; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from readiness.facts.model import FileFacts, ImportFact, SettingFact
from readiness.facts.sorts import Role
from readiness.rulebook import knowledge
from readiness.rulebook.knowledge_forms import TrainingTable
from readiness.source.folding import Constant
from readiness.source.python import PythonSource
from readiness.source.tree import Node

ROLES = frozenset({Role.SOURCE, Role.EXAMPLE})
MAX_SETTINGS = 500
"""A file that sets more is a table of data."""

_LIKELIHOOD = re.compile(r"(?i)prob|score|risk")
_VERSION = re.compile(r"v?\d+\.\d+[\w.+-]*")
_CONFIGURATION = re.compile(r"(?i)conf|cfg|param|setting|option|(^|_)args?$")
_ABOVE = frozenset({">", ">="})


def training_settings(
    source: PythonSource, facts: FileFacts, imports: tuple[ImportFact, ...]
) -> tuple[SettingFact, ...]:
    """What a file decides about training; nothing if it neither imports a library that trains nor configures."""
    if facts.role not in ROLES or not _trains(facts.path, imports):
        return ()
    found = sorted(_Reading(source).settings(), key=lambda setting: setting.hit.location)
    return tuple(found[:MAX_SETTINGS])


def _trains(path: str, imports: tuple[ImportFact, ...]) -> bool:
    modules = (fact.module for fact in imports)
    return any(is_within(module, _packages()) for module in modules) or bool(_config_files().search(path))


@cache
def _packages() -> frozenset[str]:
    return frozenset((*knowledge.packages("training-libraries"), *knowledge.training().also_training))


@cache
def _config_files() -> re.Pattern[str]:
    return re.compile(knowledge.training().config_files)


def is_within(name: str, known: frozenset[str]) -> bool:
    """Whether a dotted name is one of the known ones, or in one of them."""
    while name and name not in known:
        name = name.rpartition(".")[0]
    return bool(name)


def sets_up_a_model(facts: FileFacts) -> bool:
    """Whether a file makes a model, or configures its training."""
    settings = knowledge.training().settings
    return any(setting.topic == "estimator" or is_within(setting.owner, settings) for setting in facts.settings)


@cache
def topics() -> dict[str, str]:
    """The topic of each name that training code gives to a setting."""
    return {name: topic for topic, names in knowledge.training().names.items() for name in names}


@cache
def _in_code() -> dict[str, str]:
    """The topics of names in code, where a number is no result."""
    return {name: topic for name, topic in topics().items() if topic != "result"}


class _Reading:
    """One program, read once for each way to decide something."""

    def __init__(self, source: PythonSource) -> None:
        self._source = source
        self._table: TrainingTable = knowledge.training()
        self._defaults = dict(self._command_line())
        self._dictionaries = dict(self._named_items())
        self._features = re.compile(self._table.feature_lists)
        self._targets = re.compile(self._table.target_names)
        self._not_metrics = tuple(map(re.compile, self._table.not_metrics))

    def settings(self) -> Iterator[SettingFact]:
        """All that the program decides."""
        for call in self._source.by_kind.get("Call", ()):
            yield from self._call(call)
        for assign in self._source.by_kind.get("Assign", ()):
            for target in assign.fields[0]:
                yield from self._assigned(target, assign.fields[1])
        for assign in self._source.by_kind.get("AnnAssign", ()):
            yield from self._assigned(assign.fields[0], assign.fields[2])
        for part in (*self._source.by_kind.get("Param", ()), *self._source.by_kind.get("DictItem", ())):
            yield from self._labelled(part)
        for comparison in self._source.by_kind.get("Compare", ()):
            yield from self._compared(comparison)

    def _command_line(self) -> Iterator[tuple[str, Node]]:
        """The options of `argparse` and click with the values that they have if nobody gives them."""
        for name in ("add_argument", "option", "Option"):
            for call in self._source.calls_by_name.get(name, ()):
                default = _keyword(call, "default")
                for argument in call.get("args"):
                    option = argument.fields[0] if argument.kind == "Constant" else None
                    if default is not None and isinstance(option, str) and option.startswith("--"):
                        yield option.lstrip("-").replace("-", "_"), default

    def _named_items(self) -> Iterator[tuple[int, str]]:
        """Where each entry of a dictionary that has a name begins, and that name."""
        for assign in self._source.by_kind.get("Assign", ()):
            targets, value = assign.fields[:2]
            if value.kind == "Dict" and _last_name(targets[0]):
                yield from ((item.enter, _last_name(targets[0])) for item in value.fields[0])

    def _call(self, call: Node) -> Iterator[SettingFact]:
        callee = self._source.resolve(call.fields[0]) or ""
        table = self._table
        if is_within(callee, table.models) and _is_class(callee) and callee not in table.not_models:
            yield self._setting("estimator", "estimator", callee.rpartition(".")[2], call.fields[0], callee)
            yield from self._keywords(call, callee)
        elif is_within(callee, table.settings):
            yield from self._keywords(call, callee)
        elif callee in table.splits:
            yield from (one for one in self._keywords(call, callee) if one.topic in ("split", "seed"))
        elif callee in table.readers:
            yield from self._first(call, "dataset", callee)
        elif callee in table.seeds:
            yield from self._first(call, "seed", callee)
        elif is_within(callee, table.metrics):
            yield from self._metric(call, callee)
        else:
            yield from self._loose_keywords(call)

    def _keywords(self, call: Node, callee: str) -> Iterator[SettingFact]:
        """The keyword arguments of a call that is known to configure training; an unknown value is told as such."""
        for argument in call.get("args"):
            if argument.kind == "Keyword":
                name, value = argument.fields[0].fields[0], argument.fields[1]
                yield self._valued(_in_code().get(name, "hyperparameter"), name, value, callee)

    def _loose_keywords(self, call: Node) -> Iterator[SettingFact]:
        for argument in call.get("args"):
            if argument.kind == "Keyword":
                yield from self._named(argument.fields[0].fields[0], argument.fields[1])
        if "add_argument" in self._source.last_names(call.fields[0]):
            default = _keyword(call, "default")
            for name in (name for name, node in self._defaults.items() if node is default):
                yield from self._named(name, default)

    def _metric(self, call: Node, callee: str) -> Iterator[SettingFact]:
        owner, _, name = callee.rpartition(".")
        if not any(pattern.search(name) for pattern in self._not_metrics) and not (
            _is_class(callee) or _is_class(owner)
        ):
            yield self._setting("metric", name, name, call.fields[0], callee)

    def _first(self, call: Node, topic: str, callee: str) -> Iterator[SettingFact]:
        first = next(iter(call.get("args")), None)
        if first is not None and first.kind not in ("Starred", "DoubleStarred"):
            yield self._valued(topic, topic, first.fields[1] if first.kind == "Keyword" else first, callee)

    def _assigned(self, target: Node, value: Node | None) -> Iterator[SettingFact]:
        name = _last_name(target)
        if value is None or not name:
            return
        listed = _listed(value)
        if listed and self._features.match(name):
            yield from (self._setting("feature", node.fields[0], node.fields[0], node, name) for node in listed)
        elif self._targets.match(name):
            column = _column(value)
            if column is not None:
                known = not (value.kind == "Subscript" and self._is_configuration(value.fields[0]))
                yield self._setting("target", "target", column.fields[0], column, name, known=known)
        else:
            yield from self._named(name, value)

    def _labelled(self, part: Node) -> Iterator[SettingFact]:
        """A parameter with a default, or an entry of a dictionary."""
        if part.kind == "Param":
            name, value = part.fields[0], part.fields[2]
            label = name.fields[0] if name is not None else None
        else:
            key, value = part.fields
            label = key.fields[0] if key.kind == "Constant" else None
        if isinstance(label, str):
            within = self._dictionaries.get(part.enter, "")
            yield from (replace(one, within=within) for one in self._named(label, value))

    def _compared(self, comparison: Node) -> Iterator[SettingFact]:
        """A score that is made a decision: `model.predict_proba(x)[:, 1] >= 0.35`."""
        left, ops, rights = comparison.fields
        number = self._number(rights[0]) if len(ops) == 1 and ops[0] in _ABOVE else None
        if isinstance(number, float) and 0 < number < 1 and self._is_likelihood(left):
            yield self._setting("threshold", "threshold", repr(number), comparison)

    def _is_likelihood(self, node: Node) -> bool:
        names = (part for part in self._source.nodes[node.enter : node.leave + 1] if part.kind == "Name")
        return any(_LIKELIHOOD.search(part.fields[0]) for part in names)

    def _is_configuration(self, node: Node) -> bool:
        """Whether a value is looked up where settings are kept, not in a table of data."""
        return any(_CONFIGURATION.search(name) for name in self._source.last_names(node))

    def _named(self, name: str, value: Node | None) -> Iterator[SettingFact]:
        """A number, or the text of a version, under a name that says what it is."""
        topic = _in_code().get(name.lower())
        if value is None or topic is None:
            return
        constant = self._source.constant(value) if topic == "version" else None
        if constant is not None and _VERSION.fullmatch(str(constant.value)):
            yield self._setting(topic, name.lower(), str(constant.value), value)
        number = self._number(value) if topic != "version" else None
        if number is not None:
            yield self._setting(topic, name.lower(), repr(number), value)

    def _number(self, node: Node) -> int | float | None:
        constant = self._source.constant(node)
        value = constant.value if constant is not None else None
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def _valued(self, topic: str, name: str, value: Node, owner: str) -> SettingFact:
        constant = self._value(value)
        if constant is None or not isinstance(constant.value, str | int | float | None):
            start, end = self._source.span(value)
            return self._setting(topic, name, " ".join(self._source.text[start:end].split()), value, owner, known=False)
        text = constant.value if isinstance(constant.value, str) else repr(constant.value)
        return self._setting(topic, name, text, value, owner)

    def _value(self, node: Node) -> Constant | None:
        """The value of an expression; `args.depth` has the default of the option `--depth`."""
        constant = self._source.constant(node)
        if constant is None and node.kind == "Attribute" and node.fields[0].kind == "Name":
            default = self._defaults.get(node.fields[1].fields[0])
            return self._source.constant(default) if default is not None else None
        return constant

    def _setting(
        self, topic: str, name: str, value: str, node: Node, owner: str = "", *, known: bool = True
    ) -> SettingFact:
        return SettingFact(topic, name, value, self._source.hit(*self._source.span(node)), owner, known)


def _is_class(dotted: str) -> bool:
    return dotted.rpartition(".")[2][:1].isupper()


def _keyword(call: Node, name: str) -> Node | None:
    for argument in call.get("args"):
        if argument.kind == "Keyword" and argument.fields[0].fields[0] == name:
            value: Node = argument.fields[1]
            return value
    return None


def _last_name(target: Node) -> str:
    """`b` of `b` and of `a.b`."""
    if target.kind == "Attribute":
        target = target.fields[1]
    return str(target.fields[0]) if target.kind == "Name" else ""


def _listed(value: Node) -> tuple[Node, ...]:
    """The texts of a list or tuple of texts, also of those columns taken from a table."""
    if value.kind == "Subscript" and len(value.fields[1]) == 1:
        value = value.fields[1][0]
    items: tuple[Node, ...] = value.fields[0] if value.kind in ("List", "Tuple") else ()
    return items if all(item.kind == "Constant" and isinstance(item.fields[0], str) for item in items) else ()


def _column(value: Node) -> Node | None:
    """The text that names one column: alone, or taken from a table."""
    if value.kind == "Subscript" and len(value.fields[1]) == 1:
        value = value.fields[1][0]
    return value if value.kind == "Constant" and isinstance(value.fields[0], str) else None
