"""Rule files -> the rule book: built-in rules, and rules of a team from files and folders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from readiness.errors import RuleError
from readiness.pattern import formula as f
from readiness.rulebook import knowledge
from readiness.rulebook.book import Rulebook
from readiness.rulebook.changes import changes_formula
from readiness.rulebook.checks import check
from readiness.rulebook.evidence import MatchThere
from readiness.rulebook.files import RuleFile, files_of
from readiness.rulebook.flows import flow_formulas
from readiness.rulebook.formulas import FormulaBuilder, about, joined
from readiness.rulebook.marks import MarkedYaml, Path, load
from readiness.rulebook.mistakes import did_you_mean, explain, together
from readiness.rulebook.order import check_order
from readiness.rulebook.parts import LISTED_PACKAGES
from readiness.rulebook.schema import (
    CUSTOM_PILLAR,
    KINDS,
    PILLARS,
    PLACED,
    ApiRule,
    BaseRule,
    FlowRule,
    RepositoryRule,
    Rule,
)


def load_rulebook(paths: Iterable[FilePath] = (), *, builtin: bool = True) -> Rulebook:
    """The built-in rules and those of the given files and folders; all mistakes of all files in one error."""
    return read_rulebook(files_of(paths, builtin=builtin))


def read_rulebook(files: Iterable[RuleFile]) -> Rulebook:
    """The rules of all files; all mistakes of all files in one error."""
    files = tuple(files)
    rules: list[Rule] = []
    errors: list[RuleError] = []
    for file in files:
        try:
            rules.extend(read_rules(file))
        except RuleError as error:
            errors.append(error)
    errors.extend(_duplicates(rules))
    errors.extend(check_order(rules, files) if not errors else ())
    if errors:
        raise together(errors)
    pillars = {pillar: index for index, pillar in enumerate(PILLARS)}
    return Rulebook(tuple(sorted(rules, key=lambda rule: (pillars.get(rule.pillar, len(PILLARS)), rule.id))))


def read_rules(file: RuleFile) -> list[Rule]:
    """The rule of our own file, or the rules of a Semgrep file."""
    yaml = load(file.text, file.name)
    if is_semgrep(yaml):
        from readiness.rulebook.semgrep import load_rules

        return [*load_rules(yaml)]
    return [native_rule(file, yaml)]


def is_semgrep(yaml: MarkedYaml) -> bool:
    """Whether a file holds rules as Semgrep writes them."""
    return isinstance(yaml.value, dict) and "rules" in yaml.value


def native_rule(file: RuleFile, yaml: MarkedYaml) -> Rule:
    """The rule that a document of our own form holds."""
    spec = _validated(file, yaml)
    pillar = file.folder if file.folder in PILLARS else spec.pillar
    formulas = dict(_formulas(spec, FormulaBuilder(yaml)))
    rule = spec.model_copy(update={"id": file.rule_id, "pillar": pillar, "source": file.name, "formulas": formulas})
    errors = [*_place(file, spec, yaml), *check(rule, yaml)]
    if errors:
        raise together(errors)
    if isinstance(rule, FlowRule):  # parts of several rules say the same, and are looked for once
        return rule.model_copy(update={"formulas": {key: f.placeless(one) for key, one in formulas.items()}})
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
        return KINDS[kind].model_validate(value, context={LISTED_PACKAGES: knowledge.packages})
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
    if isinstance(spec, ApiRule):
        yield "changes", changes_formula(spec.changes)
        return
    conditions = tuple(builder.conditions(getattr(spec, "with_", {}), ("with",)))
    focus: tuple[str, ...] = getattr(spec, "focus", ())
    bodies: list[tuple[str, Path, Any]] = [(key, (key,), getattr(spec, key)) for key in spec.clauses]
    if isinstance(spec, RepositoryRule):
        bodies += _evidence(spec)
    if isinstance(spec, FlowRule):
        yield from flow_formulas(spec, builder, conditions)
    bodies = [body for body in bodies if body[2] is not None]
    for index, (key, path, clause) in enumerate(bodies):
        body = builder.build(clause, path)
        yield key, joined(body, about(conditions, body, first=index == 0), focus if index == 0 else ())


def _evidence(spec: RepositoryRule) -> Iterator[tuple[str, Path, Any]]:
    for key in ("given", "unless"):
        for number, clause in enumerate(getattr(spec, key)):
            if isinstance(clause, MatchThere):
                yield f"{key}.{number}", (key, number, "match"), clause.match


def _duplicates(rules: list[Rule]) -> Iterator[RuleError]:
    seen: dict[str, Rule] = {}
    for rule in rules:
        for name in (rule.id, *rule.aliases):
            if name in seen:
                advice = f"The other one is {seen[name].source}."
                yield RuleError(f"the id `{name}` is used twice", where=rule.source, advice=advice)
            seen[name] = rule
