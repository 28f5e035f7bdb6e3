"""Cards on disk: one is begun from a template, one is renewed from the facts of the project. Both are the same step."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from importlib.resources import files
from pathlib import PurePosixPath
from urllib.parse import quote, unquote

from readiness.errors import UsageError
from readiness.modelcard.scaffold import blocks, cyclonedx
from readiness.modelcard.scaffold.metadata import TOPIC as METADATA
from readiness.modelcard.scaffold.metadata import metadata_lines
from readiness.modelcard.scaffold.project import Project
from readiness.modelcard.scaffold.renewal import Renewal
from readiness.modelcard.scaffold.rows import rows_of
from readiness.modelcard.scaffold.tables import topic_lines
from readiness.modelcard.scaffold.topics import read_topics
from readiness.modelcard.scaffold.training import Training, training_file, training_of
from readiness.report._text import visible
from readiness.rulebook.mistakes import did_you_mean
from readiness.source.document import DocumentSource

_JSON = ".json"
_TRAINING = re.compile(r"<!--\s*readiness:card\s+training=(\S+)")
_MODEL_CARD = re.compile(r"(?i)model card(?: for|:)\s*")


def begun(project: Project, profile: str, path: str, training: str, name: str) -> Renewal:
    """A new card for the model that the file `training` trains."""
    forms = files(__package__).joinpath("templates").iterdir()
    template = next(form for form in forms if form.name.partition(".")[0] == profile).read_text(encoding="utf-8")
    return renewed(project, path, _filled(template, path, training_file(project.facts, training), name))


def renewed(project: Project, path: str, text: str) -> Renewal:
    """A card with all that a machine wrote as the files tell it now."""
    trained = _training_named_in(path, text)
    file = training_file(project.facts, trained)
    training = training_of(project.facts, project.findings, file, str(PurePosixPath(path).parent))
    if path.endswith(_JSON):
        return cyclonedx.renewed(path, text, training)
    name = _MODEL_CARD.sub("", DocumentSource.parse(path, text).title) or file
    return blocks.renewed(path, text, partial(_lines, path, training, name))


def is_renewable(path: str, text: str) -> bool:
    """Whether a machine wrote a part of a card."""
    return cyclonedx.TRAINING in text if path.endswith(_JSON) else blocks.has_blocks(text)


def _filled(template: str, path: str, training: str, name: str) -> str:
    if not path.endswith(_JSON):
        shown = " ".join(visible(name).split())
        return template.replace("{name}", shown).replace("{training}", quote(training))
    bom = cyclonedx.loaded(path, template)
    component = cyclonedx.component_of(path, bom)
    component["name"] = name
    component["properties"] = [{"name": cyclonedx.TRAINING, "value": training}, *cyclonedx.properties_of(component)]
    return cyclonedx.written(bom)


def _training_named_in(path: str, text: str) -> str:
    if path.endswith(_JSON):
        properties = cyclonedx.properties_of(cyclonedx.component_of(path, cyclonedx.loaded(path, text)))
        return next((str(one.get("value", "")) for one in properties if one["name"] == cyclonedx.TRAINING), "")
    named = _TRAINING.search(text)
    return unquote(named[1]) if named else ""


def _lines(path: str, training: Training, name: str, block: blocks.Block) -> Iterable[str]:
    if block.topic == METADATA:
        return metadata_lines(training, name)
    topics = read_topics().topics
    if block.topic not in topics:
        advice = did_you_mean(block.topic, sorted([*topics, METADATA]))
        raise UsageError(f"nothing is told under `{block.topic}`", where=f"{path}:{block.line}", advice=advice)
    topic = topics[block.topic]
    return topic_lines(topic, rows_of(block.topic, topic, training))
