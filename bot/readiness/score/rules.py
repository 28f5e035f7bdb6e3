"""The signs of the score sheet as rules, so that the engine looks for them as it looks for everything."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from readiness.engine.rulebooks import kept_or_made
from readiness.errors import RuleError
from readiness.rulebook import knowledge
from readiness.rulebook.book import Rulebook
from readiness.rulebook.marks import MarkedYaml
from readiness.rulebook.mistakes import did_you_mean
from readiness.rulebook.schema import Rule
from readiness.score.sheet import NAME, Evidence, Sheet, name_of_silent


def rules_of(sheet: Sheet, rulebook: Rulebook) -> Rulebook:
    """What to look for: each sign, and the rules whose silence counts."""
    yaml = knowledge.read(NAME)
    return replace(rulebook, rules=kept_or_made(partial(_read, sheet, rulebook, yaml), yaml.text).rules)


def _read(sheet: Sheet, rulebook: Rulebook, yaml: MarkedYaml) -> Rulebook:
    from readiness.rulebook.unspoken import unspoken_rule  # which brings the compiler and libcst

    signs = [
        unspoken_rule(name, sign.what, sign.find, yaml.below((*path, "find"))) for name, path, sign in sheet.signs()
    ]
    return Rulebook((*signs, *_asked(sheet, rulebook, yaml)))


def _asked(sheet: Sheet, rulebook: Rulebook, yaml: MarkedYaml) -> list[Rule]:
    """The rules that evidence names; a name that is none, or no shared sign, is an error at its place."""
    asked: dict[str, Rule] = {}
    for _, path, sign in sheet.signs():
        if not isinstance(sign, Evidence):
            continue
        for key, words, known in (
            ("silent", sign.silent, rulebook.by_id),
            ("full_with", sign.full_with, sheet.shared),
            ("only_with", sign.only_with, sheet.shared),
        ):
            for number, word in enumerate(words):
                if word not in known:
                    where = yaml.where((*path, key, number))
                    raise RuleError(
                        f"nothing is called `{word}`", where=where, advice=did_you_mean(word, sorted(known))
                    )
        asked |= {word: _unheard(rulebook.by_id[word]) for word in sign.silent}
    return [*asked.values()]


def _unheard(rule: Rule) -> Rule:
    """The rule under another name: what it finds for the score is no finding of the review that it may take part in."""
    return rule.model_copy(update={"id": name_of_silent(rule.id)})
