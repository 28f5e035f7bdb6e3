"""What all kinds share: which files a rule looks at, its compiled formulas, and how a finding says what was found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from pathspec import GitIgnoreSpec

from readiness.facts.hit import Hit
from readiness.facts.model import FileFacts
from readiness.facts.sorts import FileKind, Role
from readiness.finding import Finding, Fix

if TYPE_CHECKING:
    from readiness.engine.unit import Unit
    from readiness.pattern.find import CompiledFormula, Match
    from readiness.pattern.formula import Formula
    from readiness.rulebook.schema import AbsenceRule, BaseRule, CodeRule
    from readiness.source.python import PythonSource

CODE = (FileKind.PYTHON, FileKind.NOTEBOOK)
MAX_VALUE = 60
MASK = "****"
_OPTIONAL = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
PLAIN_NAME = r"[A-Za-z_][\w.]{0,59}"
"""What may stand for a name in a sketch."""
_REFERENCE = re.compile(r"\$((?:\.\.\.)?[A-Za-z_][A-Za-z_0-9]*|[0-9]+)((?:\.[a-z_]+)*)")


@dataclass(frozen=True, slots=True)
class TextSearch:
    """What to look for in text that is no code: of which sorts, and in which files, all if none is named."""

    regex: str
    texts: tuple[str, ...]
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A formula that a rule looks for in every file, to conclude from what all files together hold."""

    key: str
    everywhere: bool = False
    """Also in files that the rule does not look at: what satisfies it counts wherever it stands."""
    places: bool = True
    """Where it is found matters, not only whether it is."""
    key_if_idle: str = ""
    """The key of its places where all stand in definitions that the file does not name: the project knows if they run."""
    moot_with: str = ""
    """Another query, asked before: what it finds in a file makes this one's places there of no interest."""
    fix: Callable[[Match, PythonSource], Fix | None] | None = None
    """How a place that is found can be mended."""
    text: TextSearch | None = None
    """Searched instead of a formula."""


def applies(rule: BaseRule, unit: Unit) -> bool:
    """Whether the rule looks at this file, by what the file is, where it lies and what it imports."""
    return looks_at(rule, unit.facts)


def looks_at(rule: BaseRule, facts: FileFacts) -> bool:
    """Whether the rule looks at a file, by its facts alone."""
    where = rule.where
    if not is_meant(rule, facts.kind, facts.role):
        return False
    if where.paths and not globs(where.paths).match_file(facts.path):
        return False
    if where.not_paths and globs(where.not_paths).match_file(facts.path):
        return False
    return not where.needs or _imports(facts, where.needs)


def is_meant(rule: BaseRule, kind: FileKind, role: Role) -> bool:
    """Whether the rule looks at files of a kind and role at all."""
    return role in rule.where.roles and (kind not in CODE or kind.value in rule.where.files)


@cache
def globs(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    """Globs as in `.gitignore`, ready to match."""
    return GitIgnoreSpec.from_lines(patterns)


def _imports(facts: FileFacts, packages: Iterable[str]) -> bool:
    modules = {fact.module for fact in facts.imports}
    return any(module == package or module.startswith(f"{package}.") for package in packages for module in modules)


Plans: TypeAlias = "dict[tuple[BaseRule, str], CompiledFormula]"
_plans: Plans = {}
"""What is compiled in this process, by rule and key."""


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    """The rules of which another process compiled the formulas, and what brings these."""

    rules: frozenset[BaseRule]
    bring: Callable[[], Plans]


_kept: list[_Kept] = []


def compiled(rule: BaseRule, key: str = "match") -> CompiledFormula:
    """The formula of one of the rule's keys, compiled once in a process."""
    if (rule, key) not in _plans:
        _bring(rule)
    plan = _plans.get((rule, key))
    if plan is None:
        formula = rule.formulas[key]
        plan = _plans[rule, key] = _shared(repr(formula), formula)
    return plan


def _bring(rule: BaseRule) -> None:
    for kept in [one for one in _kept if rule in one.rules]:
        _kept.remove(kept)
        _plans.update(kept.bring())


@cache
def _shared(said: str, formula: Formula) -> CompiledFormula:
    """Rules whose formulas say the same share one, and what it finds in a program; 1 says something else than True."""
    from readiness.rulebook.knowledge import compiled_with_knowledge

    del said
    return compiled_with_knowledge(formula)


def compile_all(rules: Iterable[BaseRule]) -> Plans:
    """Compile what the rules will need, so that processes forked from this one have it."""
    return {(rule, key): compiled(rule, key) for rule, key in keys_of(rules)}


def keys_of(rules: Iterable[BaseRule]) -> list[tuple[BaseRule, str]]:
    """Every formula of the rules: whose it is, and under which key."""
    return [(rule, key) for rule in rules for key in rule.formulas]


def compiled_before(rules: Iterable[BaseRule], bring: Callable[[], Plans]) -> None:
    """Take what another process compiled, once a formula of the rules is asked for: a run with nothing to analyse asks for none."""
    _kept.append(_Kept(frozenset(rules), bring))


def finding(
    rule: BaseRule,
    hit: Hit,
    names: Mapping[str, object] | None = None,
    *,
    message: str | None = None,
    fix: Fix | None = None,
    project: bool = False,
) -> Finding:
    """What the rule says at a place; `names` are the `$items` beside the metavariables that the hit brings."""
    values: dict[str, object] = {**hit.bindings, **(names or {})}
    return Finding(
        rule=rule.id,
        pillar=rule.pillar,
        severity=rule.severity,
        confidence=rule.confidence,
        stage=rule.stage,
        location=hit.location,
        message=render(message or rule.message, values),
        next_step=render(rule.next_step or _title(rule), values),
        sketch=sketched(rule.sketch, values),
        symbol=hit.symbol,
        bindings={name: shortened(value) for name, value in hit.bindings.items()},
        fix=fix or hit.fix,
        anchor=hit.anchor,
        scope_key=hit.scope_key,
        source_lines=hit.source_lines,
        project=project,
    )


def found_at(rule: CodeRule | AbsenceRule, source: PythonSource, found: Match) -> Finding:
    """What the rule says at a place, with its fix."""
    return finding(rule, hit_of(rule, source, found), fix=fix_of(rule, found, source))


def fix_of(rule: CodeRule | AbsenceRule, found: Match, source: PythonSource) -> Fix | None:
    """How the rule mends a place, if it does."""
    from readiness.pattern.fixes import build_fix

    return None if rule.fix is None else build_fix(rule.fix, found, source)


def hit_of(rule: BaseRule, source: PythonSource, found: Match) -> Hit:
    """A place as it is kept when the tree is gone."""
    return masked(rule, source.hit(found.start, found.end, found.texts()))


def masked(rule: BaseRule, hit: Hit) -> Hit:
    """The hit without the values that the rule keeps secret: they may stand nowhere in a report."""
    hide = hider(rule, hit)
    return replace(
        hit,
        anchor=hide(hit.anchor),
        source_lines=tuple(map(hide, hit.source_lines)),
        bindings={name: hide(value) for name, value in hit.bindings.items()},
    )


def hider(rule: BaseRule, hit: Hit) -> Callable[[str], str]:
    """What takes the secret values of a place out of a text."""
    secrets = sorted(_secrets(rule, hit), key=len, reverse=True)

    def hide(text: str) -> str:
        for secret in secrets:
            text = text.replace(secret, MASK)
        return text

    return hide


def _secrets(rule: BaseRule, hit: Hit) -> set[str]:
    values = (hit.bindings.get(name, "") for name in rule.mask)
    parts = {part.strip("\"'") for value in values for part in (value, *value.splitlines())}
    return {part for part in parts if part.strip()}


def render(text: str, names: Mapping[str, object]) -> str:
    """A text of a rule with its references replaced; what comes from the reviewed code is always inside backticks.

    A part in `[[ ]]` is left out if something that it refers to is empty or zero.
    """
    text = _OPTIONAL.sub(lambda part: part[1] if _is_full(part[1], names) else "", text)

    def put(reference: re.Match[str]) -> str:
        name = f"${reference[1]}"
        if name not in names:
            return reference[0]
        value, rest = _read(names[name], reference[2].split(".")[1:])
        quoted = text.count("`", 0, reference.start()) % 2 == 1
        if isinstance(value, tuple) and not quoted:
            return _listed(value) + rest
        if isinstance(value, tuple):  # inside of a quotation
            value = ", ".join(map(str, value))
        if isinstance(value, bool) or not isinstance(value, str):
            return f"{'none' if value is None else value}{rest}"
        return f"{shortened(value)}{rest}" if quoted else f"`{shortened(value)}{rest}`"

    return _REFERENCE.sub(put, text)


def sketched(text: str, names: Mapping[str, object]) -> str:
    """The lines of a sketch with the names that were found, or nothing if one was not found or is no plain name.

    Other code than a name could mean something else where the sketch puts it, or act in a report.
    """
    values = {reference[0]: _named(reference, names) for reference in _REFERENCE.finditer(text)}
    if not all(re.fullmatch(PLAIN_NAME, value, re.ASCII) for value in values.values()):
        return ""
    return _REFERENCE.sub(lambda reference: values[reference[0]], text).rstrip()


def _named(reference: re.Match[str], names: Mapping[str, object]) -> str:
    value, rest = _read(names.get(f"${reference[1]}", ""), reference[2].split(".")[1:])
    return f"{value}{rest}" if isinstance(value, str) and value else ""


def _listed(values: tuple[object, ...]) -> str:
    """Several values as a part of a sentence: `a`, `b` and `c`."""
    *first, last = [f"`{shortened(str(value))}`" for value in values] or ["none"]
    return f"{', '.join(first)} and {last}" if first else last


def shortened(value: str) -> str:
    """Code as it can stand in a sentence: on one line, not long, and without backticks that would end the quotation."""
    line = " ".join(value.replace("`", "'").split())
    line = "".join(character for character in line if character.isprintable())
    return line if len(line) <= MAX_VALUE else line[: MAX_VALUE - 1] + "…"


def _is_full(part: str, names: Mapping[str, object]) -> bool:
    references = (match for match in _REFERENCE.finditer(part) if f"${match[1]}" in names)
    return all(_read(names[f"${match[1]}"], match[2].split(".")[1:])[0] for match in references)


def _read(value: Any, path: list[str]) -> tuple[Any, str]:
    """The field at the end of a path; behind a value that has no fields, the path is text (`$FRAME.sample`)."""
    while path and is_dataclass(value):
        name, *path = path
        if not _is_public(value, name):
            raise AttributeError(f"{type(value).__name__} has no field {name}")
        value = getattr(value, name)
    return value, "".join(f".{name}" for name in path)


def _is_public(value: Any, name: str) -> bool:
    return name in {field.name for field in fields(value)} or isinstance(getattr(type(value), name, None), property)


def _title(rule: BaseRule) -> str:
    fix = getattr(rule, "fix", None)
    return "" if fix is None or isinstance(fix, str) else fix.title
