"""What one file tells the rest of the project: small, serialisable, versioned records.

Rules over several files read only these. A record holds plain values, so that it can be sent between processes and
stored; `msgspec` writes and reads it. Raise `FACTS_VERSION` whenever a field changes its meaning.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from readiness.facts.cells import NotebookFact
from readiness.facts.hit import Hit
from readiness.facts.sorts import FileKind, Role
from readiness.facts.texts import DocumentFact

FACTS_VERSION = 8
IMAGE = "image"
"""The group of the package that a container image is named after."""


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
    python: str = ""
    """The versions of Python that it asks for."""


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

    topic: str  # estimator, hyperparameter, dataset, feature, target, split, seed, metric, threshold, result, version, hash,
    # library, claim
    name: str
    value: str
    """A text without its quotes, a number as Python writes it; the expression as it is written if `known` is false."""
    hit: Hit
    owner: str = ""
    """The class or function that is called, or where in a file of parameters it stands."""
    known: bool = True
    within: str = ""
    """What tells it from others of its name and owner: the dictionary in code, the keys above it in a file of results."""


@dataclass(frozen=True, slots=True)
class RowFact:
    """A row that a program takes or builds: the fields of a request, or the columns of a table that are written in code."""

    name: str
    """The class of the request, or the function that makes the table."""
    columns: tuple[str, ...]
    hit: Hit


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
    idle: frozenset[str] = frozenset()
    """Functions and classes of the module that the file itself neither calls nor names."""
    hits: dict[str, dict[str, tuple[Hit, ...]]] = field(default_factory=dict)
    """Rule id -> name of the rule's query (`match`, `when`, `unless`, ...) -> where it matched; if that does not matter, here."""
    notebook: NotebookFact | None = None
    document: DocumentFact | None = None
    manifest: ManifestFact | None = None
    suppressions: tuple[SuppressionFact, ...] = ()
    settings: tuple[SettingFact, ...] = ()
    rows: tuple[RowFact, ...] = ()
    words: frozenset[str] = frozenset()
    """Every name and short text of a program that is no test, without signs and in small letters."""
    lfs: tuple[str, ...] = ()
    """Of a `.gitattributes`: the globs of files whose content Git LFS keeps."""
