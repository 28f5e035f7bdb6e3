"""What a model hub asks of a card in its front matter, as far as the files of a project tell it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from readiness.finding import Location
from readiness.modelcard.scaffold.rows import Row, rows_of
from readiness.modelcard.scaffold.topics import read_topics
from readiness.modelcard.scaffold.training import Training

TOPIC = "metadata"


def metadata_lines(training: Training, name: str) -> list[str]:
    """The entries as YAML, each with a comment that names its source."""
    return [line for key, value, source in _entries(training, name) for line in _written(key, value, source)]


def task_of(model: str) -> str:
    """The task of a class of models, by its name; nothing if that does not tell."""
    tasks = read_topics().tasks
    return next((task for task, names in tasks.items() if re.search(names, model)), "")


def _entries(training: Training, name: str) -> Iterator[tuple[str, Any, Location]]:
    models = _rows("model", training)
    tasks = {task: row.source for row in models if (task := task_of(row.name))}
    library = next((fact for fact in training.settings if fact.topic == "estimator"), None)
    if library is not None:
        yield "library_name", library.owner.partition(".")[0], library.hit.location
    if len(tasks) != 1:
        return
    task, source = next(iter(tasks.items()))
    yield "pipeline_tag", task, source
    data, results = _rows("data", training), _rows("results", training)
    if len(data) == 1 and results:
        yield "model-index", [_index(name, task, data[0], results)], results[0].source


def _index(name: str, task: str, data: Row, results: list[Row]) -> dict[str, Any]:
    metrics = [{"type": row.name, "value": float(row.value), **_split(row)} for row in results]
    dataset = {"type": data.name, "name": data.name}
    return {"name": name, "results": [{"task": {"type": task}, "dataset": dataset, "metrics": metrics}]}


def _split(row: Row) -> dict[str, str]:
    return {"name": f"{row.name} ({row.of})"} if row.of else {}


def _written(key: str, value: Any, source: Location) -> Iterator[str]:
    yield f"# {source.path}:{source.line}"
    yield from yaml.safe_dump({key: value}, sort_keys=False, allow_unicode=True, width=1_000).splitlines()


def _rows(topic: str, training: Training) -> list[Row]:
    return rows_of(topic, read_topics().topics[topic], training)
