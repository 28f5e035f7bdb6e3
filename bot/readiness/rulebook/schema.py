"""What a rule file may hold: one strict model for each kind of rule; the JSON Schema for editors comes from them too."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import Field, TypeAdapter
from pydantic.json_schema import SkipJsonSchema

from readiness.finding import Confidence, Severity, Stage
from readiness.flow.knowledge import Options
from readiness.rulebook.choice import Choice
from readiness.rulebook.evidence import Given, Unless
from readiness.rulebook.flow_parts import PropagatorPart, Sanitizers, Sinks, Sources
from readiness.rulebook.operators import (
    Clause,
    Conditions,
    ExpressionText,
    Metavariable,
    Metavariables,
    RegexText,
    Strict,
)
from readiness.rulebook.parts import Example, Fix, Link, Sentence, Sketch, Superseded, Where, Word

PILLARS = (
    "framing",
    "validation",
    "reproducibility",
    "documentation",
    "ethics",
    "testing",
    "operations",
    "notebook",
    "security",
    "correctness",
)
CUSTOM_PILLAR = "custom"
PLACED = ("id", "source", "formulas", "reading")
"""Fields that the loader fills; no rule file may."""


class BaseRule(Strict):
    """What every rule says, whatever its kind."""

    clauses: ClassVar[tuple[str, ...]] = ()
    """The keys that hold a formula."""

    id: SkipJsonSchema[str] = ""
    pillar: str = Field(
        default=CUSTOM_PILLAR, description="For rules outside the folders that are named after pillars."
    )
    source: SkipJsonSchema[str] = ""
    title: str = Field(min_length=1)
    severity: Annotated[Severity, Choice(Severity)]
    confidence: Annotated[Confidence, Choice(Confidence)]
    stage: Annotated[Stage, Choice(Stage)]
    lesson: Word
    message: Sentence
    why: Sentence
    next_step: Sentence = ""
    sketch: Sketch = Field(default="", description="A few lines of Python over the names that were found.")
    learn: tuple[Link, ...] = Field(min_length=1)
    examples: tuple[Example, ...] = Field(min_length=2)
    where: Where = Where()
    mask: tuple[Metavariable, ...] = Field(default=(), description="Metavariables whose text is never shown.")
    off: bool = Field(default=False, description="Runs only if it is selected by its id.")
    aliases: tuple[Word, ...] = Field(default=(), description="Former ids.")
    tags: tuple[Word, ...] = ()
    supersedes: tuple[Superseded, ...] = Field(
        default=(),
        description="Rules that stay silent where this one speaks: about the same lines, or in the same file.",
    )

    formulas: SkipJsonSchema[dict[str, Any]] = Field(default={})
    """`readiness.pattern.formula.Formula` by the key that holds it, built by the loader."""

    def __hash__(self) -> int:
        return hash((self.id, self.source))

    def names(self) -> frozenset[str]:
        """The `$items` that expressions and texts may use beside metavariables."""
        return frozenset()

    @property
    def compares_card(self) -> bool:
        """Whether it holds what a model card states against the rest of the project."""
        return False


class _Formulaic(BaseRule):
    """A rule whose top-level `with` and `focus` belong to its formulas."""

    with_: Conditions = Field(default={}, alias="with")
    focus: Metavariables = ()


class CodeRule(_Formulaic):
    """Finds code that looks like a formula."""

    clauses: ClassVar[tuple[str, ...]] = ("match",)
    kind: Literal["code"]
    match: Clause
    texts: tuple[RegexText, ...] = Field(
        default=(), description="Searched only in the texts of `where` that are no code."
    )
    fix: Fix | None = Field(default=None, description="A template for the code, or how to change it.")


class FlowRule(BaseRule):
    """Finds what reaches a place that it should not reach."""

    kind: Literal["flow"]
    report: Literal["source", "sink"] = Field(default="sink", description="Where the finding stands.")
    sources: tuple[Sources, ...] = Field(min_length=1)
    sinks: tuple[Sinks, ...] = Field(min_length=1)
    sanitizers: tuple[Sanitizers, ...] = ()
    propagators: tuple[PropagatorPart, ...] = ()
    together: tuple[Word, ...] = Field(
        default=(), description="Names of sinks that one source must reach, each at another place."
    )
    unless: tuple[Word, ...] = Field(
        default=(), description="Names of sinks: of a source that reaches one of them, nothing is told."
    )
    unify: bool = Field(default=False, description="`$X` of a source and `$X` of its sink must be the same code.")
    with_: Conditions = Field(default={}, alias="with")
    fix: Fix | None = Field(default=None, description="A template for the code that the finding stands at.")
    reading: SkipJsonSchema[Options | None] = None
    """How programs are read, if not in our own way."""

    def names(self) -> frozenset[str]:
        """Where a flow begins and ends."""
        return frozenset({"SOURCE", "SINK"})


class AbsenceRule(_Formulaic):
    """Finds code that lacks something else beside it."""

    clauses: ClassVar[tuple[str, ...]] = ("when", "unless", "given")
    kind: Literal["absence"]
    when: Clause = Field(description="What asks for it.")
    unless: Clause = Field(description="What satisfies it, anywhere in the scope.")
    given: Clause | None = Field(default=None, description="What must be in the scope as well for the rule to speak.")
    scope: Literal["call", "statement", "function", "file", "program"]
    report: Literal["first", "each"] = "first"
    silent_if: ExpressionText | None = Field(
        default=None, description="A condition over `$project`, with the scope `program` only."
    )
    fix: Fix | None = None

    def names(self) -> frozenset[str]:
        """What a rule about a program may ask of the project around it."""
        return frozenset({"project"} if self.scope == "program" else ())


Topic = Literal[
    "estimator",
    "hyperparameter",
    "dataset",
    "feature",
    "target",
    "split",
    "seed",
    "metric",
    "threshold",
    "version",
    "result",
    "hash",
    "library",
    "claim",
]
"""What a setting of training code is about."""


class _Item(BaseRule):
    """A rule that asks a condition of each item of a sort."""

    items: ClassVar[dict[str, tuple[str, ...]]] = {}
    """What `for_each` may be, and the `$names` that each gives to `when`."""
    for_each: str
    when: ExpressionText | None = None

    def names(self) -> frozenset[str]:
        """The names of the item and of what it belongs to."""
        return frozenset(self.items[self.for_each])


class NotebookRule(_Item):
    """Asks a condition of the cells, outputs or names of a notebook."""

    items: ClassVar[dict[str, tuple[str, ...]]] = {
        "cell": ("cell", "notebook"),
        "executed_pair": ("A", "B", "notebook"),
        "output": ("output", "cell", "notebook"),
        "undefined_name": ("name", "notebook"),
        "stale_use": ("stale", "notebook"),
        "notebook": ("notebook",),
    }
    kind: Literal["notebook"]
    for_each: Literal["cell", "executed_pair", "output", "undefined_name", "stale_use", "notebook"]
    report: Literal["first", "each"] = "each"
    silent_if: ExpressionText | None = Field(default=None, description="A condition over `$project`.")

    def names(self) -> frozenset[str]:
        """The item, and the project around the notebook if the rule asks for it."""
        return _Item.names(self) | ({"project"} if self.silent_if is not None else frozenset())


class DocumentRule(_Item):
    """Asks a condition of the sections, placeholders or links of a document."""

    items: ClassVar[dict[str, tuple[str, ...]]] = {
        "slot": ("slot", "document"),
        "section": ("section", "document"),
        "placeholder": ("placeholder", "document"),
        "field": ("field", "document"),
        "link": ("link", "document"),
        "document": ("document",),
    }
    kind: Literal["document"]
    document: Literal["model-card", "readme", "document", "any"]
    for_each: Literal["slot", "section", "placeholder", "field", "link", "document"]
    slots: tuple[Word, ...] = Field(default=(), description="The questions that the document must answer, for `slot`.")


class RepositoryRule(_Item):
    """Asks a condition of functions, dependencies, files or matches, with the whole project in view."""

    clauses: ClassVar[tuple[str, ...]] = ("match",)
    items: ClassVar[dict[str, tuple[str, ...]]] = {
        "match": ("project", "others"),
        "function": ("function", "project", "others"),
        "import": ("import", "project", "others"),
        "dependency": ("dependency", "manifest", "project", "others"),
        "manifest": ("manifest", "project", "others"),
        "file": ("file", "project", "others"),
        "statement": ("statement", "project", "others"),
        "contradiction": ("contradiction", "project", "others"),
        "clock": ("clock", "project", "others"),
        "row": ("row", "project", "others"),
        "project": ("project", "others"),
    }
    kind: Literal["repository"]
    for_each: Literal[
        "match",
        "function",
        "import",
        "dependency",
        "manifest",
        "file",
        "statement",
        "contradiction",
        "clock",
        "row",
        "project",
    ]
    facts: tuple[Topic, ...] = Field(default=(), description="Which settings, for `contradiction`.")
    match: Clause | None = None
    with_: Conditions = Field(default={}, alias="with")
    focus: Metavariables = ()
    given: tuple[Given, ...] = Field(default=(), description="Silent unless the project has all of this.")
    unless: tuple[Unless, ...] = Field(default=(), description="Silent if the project has any of this.")
    report: Literal["each", "file", "project"] = "each"
    per: ExpressionText | None = Field(
        default=None, description="With `file` or `project`: speaks once for each value of this expression."
    )

    @property
    def compares_card(self) -> bool:
        """Whether it is asked for contradictions."""
        return self.for_each == "contradiction"


class ChangeRule(_Item):
    """Asks a condition of what a change did: of settings that it changes, files that it rewrites, or evidence that it takes away."""

    clauses: ClassVar[tuple[str, ...]] = ("match", "replaced_by", "needed_by")
    items: ClassVar[dict[str, tuple[str, ...]]] = {
        "setting": ("setting", "card"),
        "evidence": ("evidence",),
        "file": ("file", "card"),
    }
    kind: Literal["change"]
    for_each: Literal["setting", "evidence", "file"]
    facts: tuple[Topic, ...] = Field(default=(), description="Which settings, for `setting`.")
    change: Literal["changed", "added", "removed"] = "changed"
    card: Literal["states-old", "lists-others"] | None = Field(
        default=None, description="Only if the model card still states the old value, or lists others of the sort."
    )
    mends_card: bool = Field(default=False, description="Offer to write the new value into the card.")
    match: Clause | None = Field(default=None, description="What counts as evidence, for `evidence`.")
    replaced_by: Clause | None = Field(default=None, description="What may take its place.")
    needed_by: Clause | None = Field(default=None, description="What must still be there for it to be missed.")
    with_: Conditions = Field(default={}, alias="with")
    focus: Metavariables = ()

    @property
    def compares_card(self) -> bool:
        """Whether a change matters to it for what the card states."""
        return self.card is not None


class ApiRule(BaseRule):
    """Finds what the declared version of a library deprecated or removed, by a table of changes."""

    kind: Literal["api"]
    changes: Word = Field(description="The table in `rules/knowledge/`.")
    when: ExpressionText = Field(description="A condition over `$change`.")

    def names(self) -> frozenset[str]:
        """The change, and what this project declares of its library."""
        return frozenset({"change"})


class SuppressionRule(BaseRule):
    """Judges the comments that silence other rules."""

    kind: Literal["suppression"]
    when: ExpressionText

    def names(self) -> frozenset[str]:
        """The comment."""
        return frozenset({"suppression"})


Rule = (
    CodeRule
    | FlowRule
    | AbsenceRule
    | NotebookRule
    | DocumentRule
    | RepositoryRule
    | ChangeRule
    | ApiRule
    | SuppressionRule
)
KINDS: dict[str, type[Rule]] = {get_args(model.model_fields["kind"].annotation)[0]: model for model in get_args(Rule)}


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a rule file, for completion and checks in editors."""
    adapter: TypeAdapter[Rule] = TypeAdapter(Annotated[Rule, Field(discriminator="kind")])
    schema = adapter.json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Readiness rule", **schema}
