"""Bytes of a file -> the parsed unit that rules look at, with the facts that need no rule."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from readiness.collect.source_file import SourceFile
from readiness.engine.unit import Unit
from readiness.errors import KeptElsewhere
from readiness.facts.document import MODEL_CARD, document_facts
from readiness.facts.dvc import is_dvc_file, recorded_hashes
from readiness.facts.libraries import fixed_libraries
from readiness.facts.model import FileFacts
from readiness.facts.notebook import notebook_facts
from readiness.facts.python import python_facts
from readiness.facts.sorts import FileKind
from readiness.facts.stored import stored_settings
from readiness.facts.text import text_facts
from readiness.finding import Skipped
from readiness.rulebook import knowledge
from readiness.source.document import DocumentSource
from readiness.source.manifest import read_manifest
from readiness.source.notebook import NotebookSource
from readiness.source.python import PythonSource
from readiness.source.setup_script import read_setup_script
from readiness.source.text import decode, decode_data

_LFS_POINTER = "version https://git-lfs.github.com/spec/"


def read_unit(file: SourceFile) -> tuple[Unit, tuple[Skipped, ...]]:
    """Parse one file; raises `UnreadableSource` if nothing of it can be read, and names the parts that cannot."""
    facts = FileFacts(path=file.path, kind=file.kind, role=file.role, size=file.size)
    unit = Unit(path=file.path, kind=file.kind, role=file.role, text="", facts=facts)
    # pip reads lists of requirements in other encodings too.
    is_data = file.kind in (FileKind.TEXT, FileKind.MANIFEST)
    text = (decode_data if is_data else decode)(file.path, file.read())
    if text.startswith(_LFS_POINTER):
        raise KeptElsewhere("Git LFS keeps it, and the commit has only a pointer", where=file.path)
    unit = replace(unit, text=text, facts=replace(facts, size=len(text), lines=text.count("\n") + 1))
    return _READERS[file.kind](unit)


def _python(unit: Unit) -> tuple[Unit, tuple[Skipped, ...]]:
    source = PythonSource.parse(unit.path, unit.text, aliases=knowledge.aliases())
    facts = python_facts(source, unit.facts)
    if PurePosixPath(unit.path).name == "setup.py":
        facts = replace(facts, manifest=read_setup_script(source))
    return replace(unit, python=source, facts=facts), ()


def _notebook(unit: Unit) -> tuple[Unit, tuple[Skipped, ...]]:
    notebook = NotebookSource.parse(unit.path, unit.text, aliases=knowledge.aliases())
    facts = notebook_facts(notebook, unit.facts)
    return replace(unit, notebook=notebook, python=notebook.program, facts=facts), tuple(notebook.skipped)


def _document(unit: Unit) -> tuple[Unit, tuple[Skipped, ...]]:
    document = DocumentSource.parse(unit.path, unit.text)
    facts = document_facts(document, unit.facts)
    if facts.document is not None and facts.document.type == MODEL_CARD:
        facts = replace(facts, document=replace(facts.document, text=unit.text))
    return replace(unit, document=document, facts=facts), ()


def _manifest(unit: Unit) -> tuple[Unit, tuple[Skipped, ...]]:
    manifest = read_manifest(unit.path, unit.text)
    facts = replace(unit.facts, manifest=manifest, settings=tuple(fixed_libraries(manifest)))
    return replace(unit, facts=facts), ()


def _text(unit: Unit) -> tuple[Unit, tuple[Skipped, ...]]:
    read = recorded_hashes if is_dvc_file(unit.path) else stored_settings
    facts = replace(unit.facts, settings=read(unit.path, unit.text))
    return replace(unit, facts=text_facts(unit.text, facts)), ()


_READERS = {
    FileKind.PYTHON: _python,
    FileKind.NOTEBOOK: _notebook,
    FileKind.DOCUMENT: _document,
    FileKind.MANIFEST: _manifest,
    FileKind.TEXT: _text,
}
