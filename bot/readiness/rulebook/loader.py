"""Rule files -> the rule book: built-in rules, and rules of a team from files and folders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from readiness.errors import RuleError
from readiness.pattern import formula as f
from readiness.rulebook import knowledge
from readiness.rulebook.builtin import builtin_rules
from readiness.rulebook.checks import check
from readiness.rulebook.flows import flow_formulas
from readiness.rulebook.formulas import FormulaBuilder, about, joined
from readiness.rulebook.marks import MarkedYaml, Path, load
from readiness.rulebook.mistakes import did_you_mean, explain, together
from readiness.rulebook.schema import (
    CUSTOM_PILLAR,
    KINDS,
    PILLARS,
    PLACED,
    BaseRule,
    FlowRule,
    RepositoryRule,
    Rule,
    UnlessMatch,
)

SUFFIXES = (".yaml", ".yml")
LESSONS = "lessons"


@dataclass(frozen=True, slots=True)
class RuleFile:
    """The text of a rule file and what its place says: the id is the file's name, the pillar its folder."""

    name: str
    rule_id: str
    folder: str
    text: str


@dataclass(frozen=True, eq=False)
class Rulebook:
    """All rules of a run, in the order of their pillars and ids."""

    rules: tuple[Rule, ...]

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        """Rules by id; former ids lead to the rule as well."""
        former = {alias: rule for rule in self.rules for alias in rule.aliases}
        return former | {rule.id: rule for rule in self.rules}

    def get(self, rule_id: str) -> Rule:
        """The rule with this id, or an error that names the nearest one."""
        if rule_id not in self.by_id:
            raise RuleError(f"no rule is called `{rule_id}`", advice=did_you_mean(rule_id, sorted(self.by_id)))
        return self.by_id[rule_id]


def load_rulebook(paths: Iterable[FilePath] = (), *, builtin: bool = True) -> Rulebook:
    """The built-in rules and those of the given files and folders; all mistakes of all files in one error."""
    files = [
        *(_builtin_files(builtin_rules()) if builtin else ()),
        *(file for path in paths for file in rule_files(path)),
    ]
    rules: list[Rule] = []
    errors: list[RuleError] = []
    for file in files:
        try:
            rules.extend(read_rules(file))
        except RuleError as error:
            errors.append(error)
    errors.extend(_duplicates(rules))
    if errors:
        raise together(errors)
    pillars = {pillar: index for index, pillar in enumerate(PILLARS)}
    return Rulebook(tuple(sorted(rules, key=lambda rule: (pillars.get(rule.pillar, len(PILLARS)), rule.id))))


def rule_files(path: FilePath) -> Iterator[RuleFile]:
    """The rule files of a team: one file, or all of a folder."""
    if not path.exists():
        raise RuleError(
            "no such rule file or folder", where=str(path), advice="`readiness rules new ID` writes a rule."
        )
    files = sorted(p for p in path.rglob("*") if p.suffix in SUFFIXES and p.is_file()) if path.is_dir() else [path]
    if not files:
        raise RuleError("the folder holds no rule files (*.yaml)", where=str(path))
    for file in files:
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise RuleError(f"cannot be read: {error}", where=str(file)) from error
        yield RuleFile(str(file), file.stem, file.resolve().parent.name, text)


def read_rules(file: RuleFile) -> list[Rule]:
    """The rule of our own file, or the rules of a Semgrep file."""
    yaml = load(file.text, file.name)
    if is_semgrep(yaml):
        from readiness.rulebook.semgrep import load_rules

        return [*load_rules(yaml)]
    return [_native(file, yaml)]


def is_semgrep(yaml: MarkedYaml) -> bool:
    """Whether a file holds rules as Semgrep writes them."""
    return isinstance(yaml.value, dict) and "rules" in yaml.value


def _native(file: RuleFile, yaml: MarkedYaml) -> Rule:
    spec = _validated(file, yaml)
    pillar = file.folder if file.folder in PILLARS else spec.pillar
    formulas = dict(_formulas(spec, FormulaBuilder(yaml)))
    rule = spec.model_copy(update={"id": file.rule_id, "pillar": pillar, "source": file.name, "formulas": formulas})
    errors = [*_place(file, spec, yaml), *check(rule, yaml)]
    if errors:
        raise together(errors)
    return rule


def _validated(file: RuleFile, yaml: MarkedYaml) -> Rule:
    value = yaml.value
    if not isinstance(value, dict):
        raise RuleError("a rule is a mapping of keys to values", where=yaml.where(()))
    for key in PLACED:
        if key in value:
            advice = f"The rule's id is the name of the file: `{file.rule_id}`." if key == "id" else ""
            raise RuleError(f"unknown key `{key}`", where=yaml.where((key,), key=True), advice=advice)
    kind = value.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        what = f"`kind`: `{kind}` is not known" if kind else "the key `kind` is missing"
        raise RuleError(what, where=yaml.where(("kind",)), advice=did_you_mean(kind, KINDS))
    try:
        return KINDS[kind].model_validate(value)
    except ValidationError as error:
        raise together(explain(error, yaml, KINDS[kind])) from error


def _place(file: RuleFile, spec: BaseRule, yaml: MarkedYaml) -> Iterator[RuleError]:
    if spec.pillar not in (*PILLARS, CUSTOM_PILLAR):
        advice = did_you_mean(spec.pillar, (*PILLARS, CUSTOM_PILLAR))
        yield RuleError(f"`pillar`: `{spec.pillar}` is not known", where=yaml.where(("pillar",)), advice=advice)
    elif file.folder in PILLARS and spec.pillar not in (file.folder, CUSTOM_PILLAR):
        what = f"`pillar` says {spec.pillar}, but the file is in the folder {file.folder}"
        yield RuleError(what, where=yaml.where(("pillar",)), advice="Remove the key; the folder says it.")


def _formulas(spec: Rule, builder: FormulaBuilder) -> Iterator[tuple[str, f.Formula]]:
    conditions = tuple(builder.conditions(getattr(spec, "with_", {}), ("with",)))
    focus: tuple[str, ...] = getattr(spec, "focus", ())
    bodies: list[tuple[str, Path, Any]] = [(key, (key,), getattr(spec, key)) for key in spec.clauses]
    if isinstance(spec, RepositoryRule):
        unless = enumerate(spec.unless)
        bodies += [(f"unless.{n}", ("unless", n, "match"), u.match) for n, u in unless if isinstance(u, UnlessMatch)]
    if isinstance(spec, FlowRule):
        yield from flow_formulas(spec, builder, conditions)
    bodies = [body for body in bodies if body[2] is not None]
    for index, (key, path, clause) in enumerate(bodies):
        body = builder.build(clause, path)
        yield key, joined(body, about(conditions, body, first=index == 0), focus if index == 0 else ())


def _builtin_files(root: Traversable) -> Iterator[RuleFile]:
    for folder in sorted(root.iterdir(), key=lambda item: item.name):
        if not folder.is_dir() or folder.name in (knowledge.FOLDER, LESSONS):
            continue
        for file in sorted(folder.iterdir(), key=lambda item: item.name):
            if file.name.endswith(SUFFIXES):
                name = f"rules/{folder.name}/{file.name}"
                if folder.name not in PILLARS:
                    advice = did_you_mean(folder.name, PILLARS)
                    raise RuleError(f"the folder `{folder.name}` is no pillar", where=name, advice=advice)
                yield RuleFile(name, file.name.rsplit(".", 1)[0], folder.name, file.read_text(encoding="utf-8"))


def _duplicates(rules: list[Rule]) -> Iterator[RuleError]:
    seen: dict[str, Rule] = {}
    for rule in rules:
        for name in (rule.id, *rule.aliases):
            if name in seen:
                advice = f"The other one is {seen[name].source}."
                yield RuleError(f"the id `{name}` is used twice", where=rule.source, advice=advice)
            seen[name] = rule
