"""What one file tells the rest of the project: small, serialisable, versioned records.

Rules over several files read only these. A record holds plain values, so that it can be sent between processes and
stored; `msgspec` writes and reads it. Raise `FACTS_VERSION` whenever a field changes its meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from readiness.finding import Fix, Location

FACTS_VERSION = 5


class FileKind(StrEnum):
    """What a file is to the reviewer."""

    PYTHON = "python"
    NOTEBOOK = "notebook"
    DOCUMENT = "document"
    MANIFEST = "manifest"
    TEXT = "text"  # read as text only: configuration, data descriptions
    OTHER = "other"  # never read: its path is known, nothing else


class Role(StrEnum):
    """What a file is for; rules speak about `source` unless they say otherwise."""

    SOURCE = "source"
    TEST = "test"
    EXAMPLE = "example"
    VENDORED = "vendored"
    GENERATED = "generated"


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a rule's pattern matched, kept so that a project rule can be concluded without the tree."""

    location: Location
    symbol: str = ""
    anchor: str = ""
    scope_key: str = ""
    source_lines: tuple[str, ...] = ()
    bindings: dict[str, str] = field(default_factory=dict)
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class ImportFact:
    """One imported name: `from ..a import b as c` is module `..a`, name `b`, alias `c`."""

    module: str
    name: str = ""
    alias: str = ""


@dataclass(frozen=True, slots=True)
class PackageFact:
    """A top-level module that the file imports and that is neither relative nor a part of Python, at its first import."""

    module: str
    hit: Hit
    optional: bool = False
    """Each import of it stands in a branch or a `try`: the program is prepared to run without it."""
    lazy: bool = False
    """Only functions import it, when they are called."""


@dataclass(frozen=True, slots=True)
class FunctionFact:
    """A function or method that the file defines at module or class level."""

    name: str
    qualname: str
    hit: Hit
    statements: int
    public: bool
    is_method: bool
    class_name: str = ""
    decorators: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    kind: str = "function"
    """function, method, property, abstract, overload, stub, main (called only under `if __name__`), handler (of requests or
    events), or wrapper (one call)."""
    end_line: int = 1
    documented: bool = False
    """It begins with a docstring."""
    body: str = ""
    """A digest of its statements, the same for every copy of it; empty if it is short."""


@dataclass(frozen=True, slots=True)
class OutputFact:
    """One output of a notebook cell, without its data."""

    type: str  # stream, display_data, execute_result, error
    name: str = ""  # stdout/stderr, or the error's class
    size: int = 0
    mime: tuple[str, ...] = ()
    home: str = ""
    """The first home folder of a person that it shows, such as `/home/ana`."""
    emails: int = 0
    """How many different e-mail addresses it shows."""


@dataclass(frozen=True, slots=True)
class CellFact:
    """One cell: index counts all cells from 0, number is what a person counts from 1."""

    index: int
    type: str  # code, markdown, raw
    id: str = ""
    execution_count: int | None = None
    tags: tuple[str, ...] = ()
    lines: int = 0
    empty: bool = False
    outputs: tuple[OutputFact, ...] = ()
    hit: Hit | None = None
    """Where a finding about the cell is anchored: its first line of code."""
    commented: bool = False
    """Code with a line that is only a comment."""
    imports: int = 0
    """Import statements outside of functions, branches and `try`."""
    statements: int = 0
    """Statements at any depth; a magic and a shell command are none."""
    repeats: int | None = None
    """The number of the first cell above that holds the same code."""

    @property
    def number(self) -> int:
        """What a person counts, from 1."""
        return self.index + 1


@dataclass(frozen=True, slots=True)
class UndefinedName:
    """A name that a notebook uses before any cell above has defined it."""

    name: str
    hit: Hit
    cell: int
    defined_later: bool
    """A later cell defines it: the notebook runs only in another order than it is written."""
    defined_in_cell: int | None = None


@dataclass(frozen=True, slots=True)
class StatementFact:
    """Where a text tells what the project is for, and what it says there, by `rules/knowledge/framing.yaml`."""

    title: str
    hit: Hit
    place: int
    """The smaller, the better a place it is for a statement of the whole project."""
    words: int = 0
    sentences: int = 0
    answers: tuple[str, ...] = ()
    """The questions that it answers: outcome, number, population, horizon, serving, explanation."""
    promises: tuple[str, ...] = ()
    """What it promises of predictions: real-time, batch, explanation."""
    buzzwords: tuple[str, ...] = ()
    aims_at_score: bool = False
    """Its target is a score of the model."""
    legible: bool = True
    """It is in the language that the knowledge has words of."""


@dataclass(frozen=True, slots=True)
class StaleUse:
    """A name in a cell that was run before the cell above that defines it was run again."""

    name: str
    hit: Hit
    number: int
    """The cell that uses the name, counted from 1, and its execution count."""
    execution_count: int
    defined_in: int
    defined_count: int


@dataclass(frozen=True, slots=True)
class NotebookFact:
    """The whole notebook, for rules of kind `notebook`."""

    cells: tuple[CellFact, ...] = ()
    language: str = "python"
    nbformat: int = 4
    undefined_names: tuple[UndefinedName, ...] = ()
    statement: StatementFact | None = None
    stale_uses: tuple[StaleUse, ...] = ()
    name: str = ""
    """The file's name without its ending."""
    words: int = 0
    """Words in cells of Markdown."""
    code_cells: int = 0
    code_lines: int = 0
    functions: int = 0


@dataclass(frozen=True, slots=True)
class SectionFact:
    """One heading of a document and what stands under it (child sections included in `words`, not in `own_words`)."""

    title: str
    level: int  # 1-6; 7 for a bold label or list label, 8 for a table row
    hit: Hit
    own_words: int = 0
    words: int = 0
    placeholder: bool = False
    links: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    """What the heading is about, by `rules/knowledge/card-slots.yaml`: limitations, bias, training-data, ..."""
    declared_gap: bool = False
    names_group: bool = False
    """Speaks of groups of people (or sites, devices, seasons), by the words of the same file."""
    blank: bool = False
    """Nothing at all stands under the heading: no text, picture, code or further heading."""


@dataclass(frozen=True, slots=True)
class LinkFact:
    """A link of a document: `target` as written."""

    target: str
    hit: Hit


@dataclass(frozen=True, slots=True)
class PlaceholderFact:
    """A line that was never filled in."""

    text: str
    hit: Hit
    section: str = ""
    slots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldFact:
    """One value of a document's front matter; what is nested has no text of its own."""

    name: str
    value: str
    nested: bool
    hit: Hit


@dataclass(frozen=True, slots=True)
class DocumentFact:
    """A Markdown document as rules of kind `document` see it."""

    type: str = "document"  # model-card, readme, document
    title: str = ""
    front_matter: dict[str, str] = field(default_factory=dict)
    fields: tuple[FieldFact, ...] = ()
    """The values of the front matter, one by one."""
    sections: tuple[SectionFact, ...] = ()
    placeholders: tuple[PlaceholderFact, ...] = ()
    links: tuple[LinkFact, ...] = ()
    words: int = 0
    answers: tuple[str, ...] = ()
    """Slots that are answered outside of all sections, or in the front matter."""
    defers: bool = False
    """A card that links to another card, where the rest may stand."""
    legible: bool = True
    """Its headings are in words that the knowledge of cards has: what is not found there is not there."""
    template: bool = False
    """A card that is itself a template ({{ }} in its body or 'template' in its path): never judged."""
    teaches: bool = False
    """A README that introduces a course, a book, a tutorial or a collection of examples."""
    is_for_others: bool = False
    """A README that introduces a library, a tool, a template, or the code of a paper."""
    statement: StatementFact | None = None
    text: str = ""
    """Of a model card only: rules compare what it says with the code."""


IMAGE = "image"
"""The group of the package that a container image is named after."""


@dataclass(frozen=True, slots=True)
class DependencyFact:
    """One declared requirement; `name` is normalised as PEP 503 says."""

    name: str
    specifier: str
    hit: Hit
    pinned: bool = False
    """Fixes one version: ==1.2, ===, @ file or commit, a hash, an image digest; `==1.*` does not."""
    bounded: bool = False
    group: str = ""  # "", dev, test, docs, build, optional:<extra>, image
    manifest: str = (
        ""  # requirements, pyproject, environment, setup.cfg, setup.py, pipfile, dockerfile, script, notebook, document
    )
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ManifestFact:
    """A file that declares or locks dependencies."""

    type: str
    """requirements, pyproject, environment, setup.cfg, setup.py, pipfile, pixi, lock; or what installs packages by a
    command: dockerfile, script, notebook; or what tells a person to: document."""
    dependencies: tuple[DependencyFact, ...] = ()
    is_lock: bool = False
    is_library: bool = False
    """Declares an installable distribution ([project] name + build system): libraries should not pin."""
    complete: bool = True
    """All that it declares is known; false if a list is computed, or stands in a file whose name does not tell."""
    tools: tuple[str, ...] = ()
    """The tools that it configures, as `ruff` of `[tool.ruff]`."""


@dataclass(frozen=True, slots=True)
class SuppressionFact:
    """`# readiness: ignore[rule-a, rule-b] reason`: silences these rules on the line it stands on or the next one."""

    rules: tuple[str, ...]
    reason: str
    hit: Hit
    first_line: int
    last_line: int
    cell: int | None = None
    whole_file: bool = False


@dataclass(frozen=True, slots=True)
class SettingFact:
    """One thing that a project decides: in training code, in a file of parameters, or as a result that it has stored."""

    topic: str  # estimator, hyperparameter, dataset, feature, target, split, seed, metric, threshold, result, version, hash
    name: str
    value: str
    """A text without its quotes, a number as Python writes it; the expression as it is written if `known` is false."""
    hit: Hit
    owner: str = ""
    """The class or function that is called, or where in a file of parameters it stands."""
    known: bool = True


@dataclass(frozen=True, slots=True)
class FileFacts:
    """All that is known of one file after its analysis."""

    path: str
    kind: FileKind
    role: Role = Role.SOURCE
    version: int = FACTS_VERSION
    size: int = 0
    lines: int = 0
    imports: tuple[ImportFact, ...] = ()
    packages: tuple[PackageFact, ...] = ()
    functions: tuple[FunctionFact, ...] = ()
    references: frozenset[str] = frozenset()
    """Canonical dotted names that the file calls or loads, and bare names of attributes it calls (`.name`)."""
    hits: dict[str, dict[str, tuple[Hit, ...]]] = field(default_factory=dict)
    """Rule id -> name of the rule's query (`match`, `when`, `unless`) -> where it matched; if that does not matter, here."""
    notebook: NotebookFact | None = None
    document: DocumentFact | None = None
    manifest: ManifestFact | None = None
    suppressions: tuple[SuppressionFact, ...] = ()
    settings: tuple[SettingFact, ...] = ()
    lfs: tuple[str, ...] = ()
    """Of a `.gitattributes`: the globs of files whose content Git LFS keeps."""
