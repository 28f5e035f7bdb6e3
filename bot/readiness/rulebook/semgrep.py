"""Semgrep rule files for Python, read unchanged: the same formula as a native rule, with Semgrep's reading of names.

Search and taint mode are supported. What is not (join mode, other languages, code in other languages inside strings) is
an error that names the rule and the key; nothing is skipped silently.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from readiness.errors import PatternError, ReadinessError, RuleError
from readiness.finding import Confidence, Severity, Stage
from readiness.pattern import formula as f
from readiness.rulebook.marks import MarkedYaml, Path, load
from readiness.rulebook.semgrep_text import generic_regex

if TYPE_CHECKING:
    from readiness.pattern.find import Match
    from readiness.rulebook.parts import FixSpec
    from readiness.rulebook.schema import CodeRule, FlowRule
    from readiness.source.python import PythonSource

_PYTHON = frozenset({"python", "py", "python3", "python2"})
_TEXT_LANGUAGES = frozenset({"regex", "generic"})
_SEVERITIES = {
    "ERROR": Severity.ERROR,
    "CRITICAL": Severity.ERROR,
    "HIGH": Severity.ERROR,
    "WARNING": Severity.WARNING,
    "MEDIUM": Severity.WARNING,
    "INFO": Severity.NOTE,
    "LOW": Severity.NOTE,
    "INVENTORY": Severity.NOTE,
    "EXPERIMENT": Severity.NOTE,
}
_CONFIDENCES = {confidence.name: confidence for confidence in Confidence}
_OTHER_MODES = {"join": "joins of several rules", "extract": "extraction"}
_TYPES = {"string": "str", "number": "int", "boolean": "bool"}
"""Names of types that are the same in all of Semgrep's languages."""
_ENTROPY_OF_SECRETS = 3.5
"""Bits per character above which a string looks random."""


def _options(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The options of a rule."""
    options = given.get("options")
    return options if isinstance(options, dict) else {}


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one rule of a file."""

    yaml: MarkedYaml
    path: Path
    generic: bool = False
    """Patterns are of the language `generic`: they look at text."""

    def rule(self, given: Mapping[str, Any]) -> CodeRule | FlowRule:
        """The rule as one of ours."""
        from readiness.rulebook.schema import CodeRule, FlowRule
        from readiness.rulebook.semgrep_taint import taint_keys

        self._check_supported(given)
        if str(given.get("mode", "search")) == "taint":
            keys = taint_keys(given, _options(given), self.whole, self.error)
            return FlowRule.model_construct(kind="flow", **self._head(given), **keys)
        formulas = {"match": self.whole(given)}
        return CodeRule.model_construct(kind="code", match="", formulas=formulas, **self._head(given))

    def _head(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """What every rule says, whatever its mode."""
        from readiness.rulebook.parts import Where

        message = " ".join(str(given.get("message", "")).split())
        metadata = given.get("metadata") if isinstance(given.get("metadata"), dict) else {}
        confidence = str((metadata or {}).get("confidence", "")).upper()
        return {
            "id": str(given["id"]),
            "source": self.yaml.name,
            "title": str(given["id"]),
            "severity": _SEVERITIES.get(str(given.get("severity", "")).upper(), Severity.WARNING),
            "confidence": _CONFIDENCES.get(confidence, Confidence.MEDIUM),
            "stage": Stage.EXPLORATION,
            "lesson": "semgrep",
            "message": message,
            "why": message,
            "next_step": "",
            "learn": (),
            "examples": (),
            "where": Where(),
            "fix": self._fix(given),
        }

    def error(self, what: str, *path: str | int, advice: str = "") -> RuleError:
        return RuleError(what, where=self.yaml.where((*self.path, *path)), advice=advice)

    def _check_supported(self, given: Mapping[str, Any]) -> None:
        if "id" not in given:
            raise self.error("this Semgrep rule has no `id`")
        name = given["id"]
        mode = str(given.get("mode", "search"))
        if mode not in ("search", "taint"):
            what = _OTHER_MODES.get(mode, "this mode")
            raise self.error(f"`{name}`: mode `{mode}` is not supported yet: {what}", "mode")
        languages = {str(language).lower() for language in given.get("languages") or ()}
        if not languages & _PYTHON:
            written = ", ".join(sorted(languages)) or "none"
            raise self.error(f"`{name}`: only rules for Python are supported, not {written}", "languages")

    def whole(self, given: Mapping[str, Any], options: Mapping[str, Any] | None = None, path: Path = ()) -> f.Formula:
        """The formula of a rule, or of a part of it with the options of the rule."""
        options = _options(given) if options is None else options
        return f.Semgrep(
            self.formula(given, path),
            symbolic=bool(options.get("symbolic_propagation", False)),
            constants=bool(options.get("constant_propagation", True)),
            where=self._where(path),
        )

    def _fix(self, given: Mapping[str, Any]) -> str | FixSpec | None:
        from readiness.rulebook.parts import FixSpec, RegexFix

        if "fix-regex" in given:
            fix = given["fix-regex"]
            regex = RegexFix(pattern=fix["regex"], replacement=fix["replacement"], count=fix.get("count"))
            return FixSpec.model_construct(regex=regex)
        return str(given["fix"]) if "fix" in given else None

    # formulas

    def formula(self, given: Mapping[str, Any], path: Path) -> f.Formula:
        """The only operator of a mapping that may hold other keys too."""
        keys = [key for key in given if key in _OPERATORS]
        if len(keys) != 1:
            known = ", ".join(_OPERATORS)
            raise self.error(f"exactly one of these keys is needed: {known}", *path)
        return self._operator(keys[0], given[keys[0]], (*path, keys[0]))

    def _operator(self, key: str, value: Any, path: Path) -> f.Formula:
        read = _OPERATORS.get(key)
        if read is None:
            raise self.error(f"the operator `{key}` is not supported", *path)
        return read(self, value, path)

    def _items(self, value: Any, path: Path) -> tuple[f.Formula, ...]:
        if not isinstance(value, list):
            raise self.error("a list of operators is needed", *path)
        return tuple(
            self._operator(key, one[key], (*path, index, key))
            for index, one in enumerate(value)
            for key in one
            if key not in _IGNORED
        )

    def _nested(self, value: Any, path: Path) -> f.Formula:
        return self.pattern(value, path) if isinstance(value, str) else self.formula(value, path)

    def _where(self, path: Path) -> str:
        return self.yaml.where((*self.path, *path))

    def pattern(self, value: Any, path: Path) -> f.Formula:
        if self.generic:
            return f.Regex(generic_regex(str(value)), self._where(path))
        return f.Match(str(value), self._where(path))

    def regex(self, value: Any, path: Path) -> f.Formula:
        return f.Regex(str(value), self._where(path))

    def all(self, value: Any, path: Path) -> f.Formula:
        return f.All(self._items(value, path), self._where(path))

    def any(self, value: Any, path: Path) -> f.Formula:
        return f.Any(self._items(value, path), self._where(path))

    def inside(self, value: Any, path: Path) -> f.Formula:
        return f.Inside(self._nested(value, path), self._where(path))

    def not_(self, value: Any, path: Path) -> f.Formula:
        return f.Not(self._nested(value, path), self._where(path))

    def not_inside(self, value: Any, path: Path) -> f.Formula:
        return f.NotInside(self._nested(value, path), self._where(path))

    def not_regex(self, value: Any, path: Path) -> f.Formula:
        return f.Not(self.regex(value, path), self._where(path))

    def focus(self, value: Any, path: Path) -> f.Formula:
        return f.Focus((value,) if isinstance(value, str) else tuple(value), self._where(path))

    # conditions

    def _condition(self, condition: f.Condition, path: Path) -> f.Formula:
        return f.Conditions((condition,), self._where(path))

    def metavariable_regex(self, value: Any, path: Path) -> f.Formula:
        literal = not value.get("constant-propagation", False)
        where = self._where(path)
        name, regex = value["metavariable"], str(value["regex"])
        return self._condition(f.MatchesRegex(name, regex, anchored=True, literal=literal, where=where), path)

    def metavariable_comparison(self, value: Any, path: Path) -> f.Formula:
        return self._condition(f.Where(str(value["comparison"]), self._where(path)), path)

    def metavariable_pattern(self, value: Any, path: Path) -> f.Formula:
        language = str(value.get("language", "python")).lower()
        if language not in _PYTHON | _TEXT_LANGUAGES:
            raise self.error(f"`metavariable-pattern` in the language {language} is not supported", *path)
        formula = replace(self, generic=language == "generic").formula(value, path)
        text = language in _TEXT_LANGUAGES
        return self._condition(
            f.MatchesFormula(value["metavariable"], formula, text=text, where=self._where(path)), path
        )

    def metavariable_type(self, value: Any, path: Path) -> f.Formula:
        written = value.get("types") or [value["type"]]
        types = tuple(_TYPES.get(str(name), str(name)) for name in written)
        return self._condition(f.HasType(value["metavariable"], types, self._where(path)), path)

    def metavariable_analysis(self, value: Any, path: Path) -> f.Formula:
        if value.get("analyzer") != "entropy":
            raise self.error(f"the analyzer `{value.get('analyzer')}` is not supported", *path)
        condition = f"entropy({value['metavariable']}) > {_ENTROPY_OF_SECRETS}"
        return self._condition(f.Where(condition, self._where(path)), path)


_OPERATORS = {
    "pattern": _Reader.pattern,
    "patterns": _Reader.all,
    "pattern-either": _Reader.any,
    "pattern-inside": _Reader.inside,
    "pattern-not": _Reader.not_,
    "pattern-not-inside": _Reader.not_inside,
    "pattern-regex": _Reader.regex,
    "pattern-not-regex": _Reader.not_regex,
    "focus-metavariable": _Reader.focus,
    "metavariable-regex": _Reader.metavariable_regex,
    "metavariable-comparison": _Reader.metavariable_comparison,
    "metavariable-pattern": _Reader.metavariable_pattern,
    "metavariable-type": _Reader.metavariable_type,
    "metavariable-analysis": _Reader.metavariable_analysis,
}
_IGNORED = frozenset({"comment"})


def load_rules(yaml: MarkedYaml) -> list[CodeRule | FlowRule]:
    """The rules of a Semgrep file; a rule that is not supported is an error."""
    rules = [read() for _, read in _readers(yaml)]
    for rule in rules:
        try:
            _compile(rule)
        except PatternError as error:
            raise RuleError(error.what, where=error.where, advice=error.advice) from error
    return rules


def _readers(yaml: MarkedYaml) -> Iterator[tuple[str, partial[CodeRule | FlowRule]]]:
    """The id of each rule, and what reads it."""
    rules = yaml.value.get("rules") if isinstance(yaml.value, dict) else None
    if not isinstance(rules, list):
        raise RuleError("a Semgrep file has a list under `rules`", where=yaml.where(()))
    for index, given in enumerate(rules):
        if not isinstance(given, dict):
            raise RuleError("a rule is a mapping of keys to values", where=yaml.where(("rules", index)))
        yield str(given.get("id", "")), partial(_Reader(yaml, ("rules", index)).rule, given)


def _compile(rule: CodeRule | FlowRule) -> None:
    """Report a pattern that cannot be compiled before the rule is used."""
    from readiness.kinds.base import compile_all

    compile_all([rule])


def run(rule_path: str | FilePath, target_path: str | FilePath) -> Iterator[dict[str, object]]:
    """Every finding of a Semgrep rule file in one Python file, as a record; a rule that cannot run is an `error`.

    `start_offset` and `end_offset` count bytes of the stored file; `fix` is what should stand there instead.
    """
    from readiness.source.python import PythonSource
    from readiness.source.text import decode

    try:
        yaml = load(FilePath(rule_path).read_text(encoding="utf-8"), str(rule_path))
        text = decode(str(target_path), FilePath(target_path).read_bytes())
        source = PythonSource.parse(str(target_path), text)
        readers = list(_readers(yaml))
    except ReadinessError as error:
        yield {"error": str(error)}
        return
    for rule_id, read in readers:
        try:
            yield from _records(read(), source)
        except (ReadinessError, RecursionError) as error:
            yield {"rule_id": rule_id, "error": str(error)}


def _records(rule: CodeRule | FlowRule, source: PythonSource) -> Iterator[dict[str, object]]:
    for match in _matches(rule, source):
        yield _record(rule, match, source)


def _matches(rule: CodeRule | FlowRule, source: PythonSource) -> list[Match]:
    from readiness.kinds.base import compiled
    from readiness.kinds.flow import matches
    from readiness.pattern.find import find

    return find(compiled(rule), source) if rule.kind == "code" else matches(rule, source)


def _record(rule: CodeRule | FlowRule, match: Match, source: PythonSource) -> dict[str, object]:
    from readiness.pattern.fixes import build_fix

    record: dict[str, object] = {
        "rule_id": rule.id,
        "line": source.lines.position(match.start)[0],
        "end_line": source.lines.position(max(match.start, match.end - 1))[0],
        "start_offset": _bytes_before(source, match.start),
        "end_offset": _bytes_before(source, match.end),
    }
    fix = None if rule.fix is None else build_fix(rule.fix, match, source)
    if fix is not None:
        record["fix"] = fix.edits[0].replacement
    return record


def _bytes_before(source: PythonSource, offset: int) -> int:
    return len(source.text[:offset].encode())
