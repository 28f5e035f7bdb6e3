"""The facts of a project as cards need them: every file is read, none is run."""

from __future__ import annotations

from dataclasses import dataclass

from readiness.cache.store import Store
from readiness.collect.files import collect
from readiness.engine.processes import processes
from readiness.engine.run import analysed
from readiness.facts.project import ProjectFacts
from readiness.finding import Finding
from readiness.modelcard.scaffold.topics import evidence_rules
from readiness.rulebook.book import Rulebook
from readiness.settings import Settings


@dataclass(frozen=True, slots=True)
class Project:
    """What all files tell, and where code does what a topic asks for."""

    facts: ProjectFacts
    findings: tuple[Finding, ...]


def read_project(settings: Settings) -> Project:
    """Analyse the files that the settings name."""
    outcomes = analysed(
        collect(settings).files, Rulebook(evidence_rules()), store=Store(None), workers=processes(settings.config.jobs)
    )
    facts = ProjectFacts(outcome.facts for outcome in outcomes)
    return Project(facts, tuple(finding for outcome in outcomes for finding in outcome.findings))
