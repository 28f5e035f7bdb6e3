"""All rules of a run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from readiness.errors import RuleError
from readiness.rulebook.mistakes import did_you_mean
from readiness.rulebook.schema import Rule


@dataclass(frozen=True, eq=False)
class Rulebook:
    """All rules of a run, in the order of their pillars and ids."""

    rules: tuple[Rule, ...]
    key: str = ""
    """What tells the texts and the program that the rules were made of from all others; empty if that was not asked."""
    everywhere: frozenset[str] = frozenset()
    """The rules whose findings are wanted even of files of which otherwise the facts are enough."""

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
