"""The facts of all files together: local programs, documents, what tests mention, what the project has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from pathspec import GitIgnoreSpec

from readiness.facts.cards import card_paths
from readiness.facts.coverage import Coverage
from readiness.facts.dependencies import Dependencies
from readiness.facts.document import MODEL_CARD, README
from readiness.facts.mentions import Mentions
from readiness.facts.model import FileFacts, FunctionFact
from readiness.facts.modules import Modules
from readiness.facts.signs import teaching
from readiness.facts.sorts import FileKind, Role
from readiness.facts.statement import Statements
from readiness.facts.texts import DocumentFact
from readiness.facts.uses import Uses
from readiness.rulebook.knowledge import distributions

_OWN = frozenset({Role.SOURCE, Role.EXAMPLE})
_CI = (".github/workflows/*", ".gitlab-ci.yml", "azure-pipelines.yml", ".circleci/*", "Jenkinsfile", ".ci/*")

_ABOUT_GROUPS = frozenset({"bias", "subgroups"})


@dataclass(frozen=True, slots=True)
class ProjectView:
    """What conditions may ask of the project, as seen from one file."""

    has_lock: bool
    """A lock file lies beside the file or above it."""
    has_tests: bool
    has_ci: bool
    has_model_card: bool
    has_coverage: bool
    has_manifest: bool
    """Some file says which packages have to be installed."""
    manifests_complete: bool
    """All that the manifests declare could be read."""
    is_library: bool
    """Others install this project."""
    teaches: bool
    """The file belongs to a course, a book, a tutorial or a collection of examples: nothing here goes to production."""
    is_for_others: bool
    """The project is a library, a tool, a template, or the code of a paper: it has no problem of its own."""
    card_names_groups: bool
    """A model card says for which groups the model works, or admits that nobody has looked."""
    has_statement: bool
    """Something tells what the project is for."""
    words: int
    """Words of text in its READMEs and notebooks."""
    files: int
    notebooks: int


@dataclass(frozen=True, slots=True)
class Earlier:
    """What a change began with: its files as they were, and the paths that it added, rewrote or deleted."""

    files: tuple[FileFacts, ...]
    changed: frozenset[str] | None = None
    """None if `files` are all that there was."""

    @classmethod
    def of_all(cls, files: Iterable[FileFacts]) -> Earlier:
        """A whole project as it was."""
        return cls(tuple(files))

    def together_with(self, files: Iterable[FileFacts]) -> tuple[FileFacts, ...]:
        """All files as they were: those that did not change are as they are now."""
        if self.changed is None:
            return self.files
        return (*(facts for facts in files if facts.path not in self.changed), *self.files)


class ProjectFacts:
    """All files of a run; what is costly is computed when a rule first asks."""

    def __init__(
        self,
        files: Iterable[FileFacts],
        coverage: Coverage | None = None,
        quiet: frozenset[str] = frozenset(),
        earlier: Earlier | None = None,
        description: str = "",
    ) -> None:
        self.files: Sequence[FileFacts] = tuple(files)
        self.quiet = quiet
        """The paths of files that only say something about others: nobody asks what is wrong in them."""
        self._earlier = earlier
        self._coverage = coverage
        self._description = description
        """What the author of a change says about it."""
        self._by_path = {facts.path: facts for facts in self.files}
        self._views: dict[str, ProjectView] = {}

    @cached_property
    def before(self) -> ProjectFacts | None:
        """The project as the change began with it; None if no change is looked at."""
        return None if self._earlier is None else ProjectFacts(self._earlier.together_with(self.files))

    @cached_property
    def rewritten(self) -> frozenset[str]:
        """The paths of files that were there before the change and have another content now."""
        if self._earlier is None:
            return frozenset()
        old = {facts.path: facts for facts in self._earlier.files if facts.path in self._by_path}
        if self._earlier.changed is not None:
            return self._earlier.changed & old.keys()
        return frozenset(path for path, facts in old.items() if facts != self._by_path[path])

    def gained(self, facts: FileFacts, rule: str) -> frozenset[str]:
        """The keys of what a rule finds in a file and did not find there before the change; none without a change."""
        if self.before is None:
            return frozenset()
        was = self.before.file(facts.path)
        return frozenset(facts.hits.get(rule, {})) - frozenset(was.hits.get(rule, {}) if was else ())

    def file(self, path: str) -> FileFacts | None:
        """The file at a path, if the project has it."""
        return self._by_path.get(path)

    def is_changed(self, facts: FileFacts) -> bool:
        """Whether the change added or rewrote a file."""
        return self.before is not None and self.before.file(facts.path) != facts

    def program_of(self, path: str) -> list[FileFacts]:
        """The file with the local modules that it imports or that import it, transitively."""
        return [self._by_path[found] for found in sorted(self._modules.program_of(path))]

    def imports_of(self, path: str) -> list[FileFacts]:
        """The file with the local modules that it imports, transitively."""
        return [self._by_path[found] for found in sorted(self._modules.imports_of(path))]

    def defines_package(self, name: str, importer: str) -> bool:
        """Whether a dotted name belongs to a package that is part of the project, as seen from a file."""
        found = self._modules.find(name.partition(".")[0], importer)
        return any(path.endswith("__init__.py") for path in found)

    def is_tested(self, facts: FileFacts, function: FunctionFact) -> bool:
        """Whether a test runs the function, if coverage was measured; otherwise whether one refers to it."""
        if self._coverage is not None:
            first = function.hit.location.file_line
            ran = self._coverage.executed(facts.path, first, max(function.end_line, first + 1))
            if ran is not None:
                return ran
        return self._mentions.of(facts.path, function)

    def copies(self, path: str, function: FunctionFact) -> tuple[str, ...]:
        """The other program files that hold the same function."""
        return tuple(other for other in self._same_body.get((function.name, function.body), ()) if other != path)

    def test_file(self, path: str) -> str:
        """Where the tests of a module are, or would be."""
        module = PurePosixPath(path)
        name = f"test_{(module.parent.name if module.stem == '__init__' else module.stem).strip('_')}.py"
        folders = set(module.parent.parts)
        return max(
            self._test_files.get(name, [f"tests/{name}"]),
            key=lambda test: len(folders.intersection(PurePosixPath(test).parts)),
        )

    def has_document(self, kind: str) -> bool:
        """Whether a document of this type exists; a card may have any format, a form for cards is none."""
        if any(facts.document.type == kind and not facts.document.template for facts in self.files if facts.document):
            return True
        others = [facts.path for facts in self.files if facts.document is None]
        return kind == MODEL_CARD and any(_is_card(path) for path in others)

    def card_of(self, path: str) -> FileFacts | None:
        """The model card that is about a file: the only one, or the only one in the nearest folder around the file."""
        around = set(PurePosixPath(path).parents)
        depths = [len(around.intersection(PurePosixPath(card.path).parents)) for card in self._cards]
        nearest = [card for card, depth in zip(self._cards, depths, strict=True) if depth == max(depths)]
        return nearest[0] if len(nearest) == 1 else None

    def has_path(self, globs: tuple[str, ...]) -> bool:
        """Whether a file of the project matches one of these globs."""
        matches = GitIgnoreSpec.from_lines(globs).match_file
        return any(matches(facts.path) for facts in self.files)

    def uses_package(self, names: tuple[str, ...]) -> bool:
        """Whether a file imports one of these packages or a manifest declares it."""
        return self.dependencies.names_any(names)

    def is_kept_elsewhere(self, path: str) -> bool:
        """Whether Git LFS or DVC keeps the content of a file, and git only a pointer to it."""
        if f"{path}.dvc" in self._by_path:
            return True
        file = PurePosixPath(path)
        return any(
            file.is_relative_to(folder) and globs.match_file(str(file.relative_to(folder)))
            for folder, globs in self._lfs
        )

    @cached_property
    def statements(self) -> Statements:
        """What the project says that it is for, and the description of a change."""
        return Statements(self.files, self._description)

    def exists(self, path: str) -> bool:
        """Whether the project has this file, or a folder with files."""
        return path in self._by_path or path in self._folders or path in ("", ".")

    def view(self, path: str) -> ProjectView:
        """The project as conditions see it from a file; they ask for each of its functions."""
        if path not in self._views:
            self._views[path] = self._view(path)
        return self._views[path]

    def _view(self, path: str) -> ProjectView:
        above = {str(folder) for folder in PurePosixPath(path).parents}
        return ProjectView(
            has_lock=not above.isdisjoint(self._locked_folders),
            has_tests=self._has_tests,
            has_ci=self._has_ci,
            has_model_card=self._has_model_card,
            has_coverage=self._coverage is not None,
            has_manifest=self._has_manifest,
            manifests_complete=self.dependencies.complete,
            is_library=self.dependencies.is_library,
            teaches=not above.isdisjoint(self._teaching_folders) or teaching().is_named_by(path),
            is_for_others=not above.isdisjoint(self._folders_for_others),
            card_names_groups=self._card_names_groups,
            has_statement=self.statements.best is not None,
            words=self._words,
            files=len(self.files),
            notebooks=self._notebooks,
        )

    @cached_property
    def _has_manifest(self) -> bool:
        return any(facts.kind is FileKind.MANIFEST for facts in self.files) or bool(self.dependencies.manifests)

    @cached_property
    def dependencies(self) -> Dependencies:
        """What the files import and what the manifests declare."""
        return Dependencies(self.files, distributions())

    @cached_property
    def _modules(self) -> Modules:
        return Modules(self.files)

    @cached_property
    def _mentions(self) -> Mentions:
        return Mentions(self.files, self._modules)

    @cached_property
    def uses(self) -> Uses:
        """What its programs name."""
        return Uses(self.files, is_library=self.dependencies.is_library)

    @cached_property
    def _cards(self) -> list[FileFacts]:
        return [facts for facts in self.files if facts.role in _OWN and is_filled_card(facts.document)]

    @cached_property
    def _lfs(self) -> list[tuple[PurePosixPath, GitIgnoreSpec]]:
        return [
            (PurePosixPath(facts.path).parent, GitIgnoreSpec.from_lines(facts.lfs)) for facts in self.files if facts.lfs
        ]

    @cached_property
    def _test_files(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for facts in self.files:
            if facts.role is Role.TEST:
                found[PurePosixPath(facts.path).name].append(facts.path)
        return found

    @cached_property
    def _same_body(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for facts in self.files:
            if facts.role is Role.SOURCE:
                for function in facts.functions:
                    if function.body:
                        found[function.name, function.body].append(facts.path)
        return found

    @cached_property
    def _folders(self) -> frozenset[str]:
        return frozenset(str(folder) for path in self._by_path for folder in PurePosixPath(path).parents)

    @cached_property
    def _locked_folders(self) -> frozenset[str]:
        locks = (facts.path for facts in self.files if facts.manifest and facts.manifest.is_lock)
        return frozenset(str(PurePosixPath(path).parent) for path in locks)

    @cached_property
    def _teaching_folders(self) -> frozenset[str]:
        readmes = (facts.path for facts in self.files if facts.document and facts.document.teaches)
        return frozenset(str(PurePosixPath(path).parent) for path in readmes)

    @cached_property
    def _folders_for_others(self) -> frozenset[str]:
        readmes = (facts.path for facts in self.files if facts.document and facts.document.is_for_others)
        return frozenset(str(PurePosixPath(path).parent) for path in readmes)

    @cached_property
    def _has_tests(self) -> bool:
        return any(facts.role is Role.TEST and facts.kind is FileKind.PYTHON for facts in self.files)

    @cached_property
    def _has_ci(self) -> bool:
        return self.has_path(_CI)

    @cached_property
    def _has_model_card(self) -> bool:
        return self.has_document(MODEL_CARD)

    @cached_property
    def _card_names_groups(self) -> bool:
        cards = [facts.document for facts in self.files if facts.document and facts.document.type == MODEL_CARD]
        sections = [section for card in cards for section in card.sections if _ABOUT_GROUPS.intersection(section.slots)]
        return any(section.names_group or section.declared_gap for section in sections)

    @cached_property
    def _words(self) -> int:
        readmes = [facts.document.words for facts in self.files if facts.document and facts.document.type == README]
        return sum(readmes) + sum(facts.notebook.words for facts in self.files if facts.notebook)

    @cached_property
    def _notebooks(self) -> int:
        return sum(facts.kind is FileKind.NOTEBOOK for facts in self.files)


def is_filled_card(document: DocumentFact | None) -> bool:
    """Whether a document is a model card, and no form for cards."""
    return document is not None and document.type == MODEL_CARD and not document.template


def _is_card(path: str) -> bool:
    return card_paths().is_card(path) and not card_paths().is_template(path)
