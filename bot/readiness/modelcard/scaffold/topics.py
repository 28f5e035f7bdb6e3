"""The topics of a card that a project's files can tell, from `rules/knowledge/card-topics.yaml`."""

from __future__ import annotations

from functools import cache
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from readiness.rulebook import knowledge
from readiness.rulebook.operators import RegexText, Strict
from readiness.rulebook.parts import Word
from readiness.rulebook.schema import Rule
from readiness.rulebook.unspoken import unspoken_rule

NAME = "card-topics"
ASK = "To answer: "
"""How a question begins; `card-slots.yaml` knows a line that begins so as one that was never filled in."""


class Topic(Strict):
    """What is told under a topic, and what is asked if the files do not tell it."""

    settings: tuple[Word, ...] = ()
    use: str = ""
    of_program: bool = False
    """Only in what the training program imports; elsewhere it says nothing of the model."""
    libraries: bool = False
    known: bool = True
    """Tell what has a value; otherwise what has one only when the program runs."""
    show: Literal["name", "value", "list"]
    column: str
    ask: str = ""
    then_ask: str = ""
    """Asked below what is told."""

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        if sum(map(bool, (self.settings, self.use, self.libraries))) != 1:
            raise PydanticCustomError("topic", "needs one of `settings`, `use` and `libraries`")
        return self


class Topics(Strict):
    """All topics by their names."""

    about: str
    skip: frozenset[str] = Field(description="Parameters that change nothing of a model.")
    tasks: dict[str, RegexText] = Field(description="The names of classes of models that have a task.")
    topics: dict[Word, Topic]


@cache
def read_topics() -> Topics:
    """The topics that come with the tool."""
    return knowledge.validated(knowledge.read(NAME), Topics)


def evidence_rules() -> tuple[Rule, ...]:
    """A rule for each topic that is told by what code does, with the topic's name as its id."""
    yaml = knowledge.read(NAME)
    told = {name: topic for name, topic in read_topics().topics.items() if topic.use}
    return tuple(
        unspoken_rule(name, topic.column, {"kind": "code", "match": {"use": topic.use}}, yaml.below(("topics", name)))
        for name, topic in told.items()
    )
