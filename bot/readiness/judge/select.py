"""Which rules run: those that are selected and not ignored, by id, former id, glob of ids, or pillar."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from fnmatch import fnmatchcase

from readiness.config import Config
from readiness.errors import UsageError
from readiness.finding import Confidence
from readiness.rulebook.book import Rulebook
from readiness.rulebook.schema import BaseRule, ChangeRule, Rule


def choose(rulebook: Rulebook, config: Config, *, compares: bool = True) -> Rulebook:
    """The rules that a run needs; a word that names no rule is an error, so that a typing mistake hides nothing.

    A run that `compares` nothing needs no rules about changes.
    """
    named = [
        *config.select,
        *config.ignore,
        *config.severity,
        *(word for part in config.per_path.values() for word in part.ignore),
    ]
    for word in named:
        _must_name_a_rule(word, rulebook)
    latest = max([config.stage, *(part.stage for part in config.per_path.values() if part.stage)])
    wanted = (rule for rule in rulebook.rules if _wanted(rule, config) and rule.stage <= latest)
    ran = tuple(rule for rule in wanted if compares or not isinstance(rule, ChangeRule))
    return replace(rulebook, rules=ran)


def names(word: str, rule: BaseRule) -> bool:
    """Whether a word of `select` or `ignore` means a rule."""
    return word == rule.pillar or any(fnmatchcase(name, word) for name in (rule.id, *rule.aliases))


def _wanted(rule: Rule, config: Config) -> bool:
    if any(names(word, rule) for word in config.ignore):
        return False
    if rule.off:
        return _is_selected(rule, config)
    return is_heard(rule, rule.confidence, config) and (
        not config.select or any(names(word, rule) for word in config.select)
    )


def is_heard(rule: BaseRule, confidence: Confidence, config: Config) -> bool:
    """Whether a project hears a rule: of low confidence only if it asks for all, or for this one by its id."""
    return config.all or confidence > Confidence.LOW or _is_selected(rule, config)


def _is_selected(rule: BaseRule, config: Config) -> bool:
    return not {rule.id, *rule.aliases}.isdisjoint(config.select)


def _must_name_a_rule(word: str, rulebook: Rulebook) -> None:
    if any(names(word, rule) for rule in rulebook.rules):
        return
    known = {rule.id for rule in rulebook.rules} | {rule.pillar for rule in rulebook.rules}
    near = get_close_matches(word, known, n=1)
    advice = f"Did you mean `{near[0]}`?" if near else "`readiness rules` lists all rules."
    raise UsageError(f"no rule is called `{word}`", advice=advice)
