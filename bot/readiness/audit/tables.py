"""The records of an audit for other programs: one JSON object a line, and Parquet where its library is installed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from readiness.audit.record import Record, write_result
from readiness.errors import UsageError

JSONL = "audit.jsonl"
PARQUET = "audit.parquet"


def write_jsonl(folder: Path, records: Iterable[Record]) -> None:
    """One repository a line."""
    write_result(folder / JSONL, b"".join(msgspec.json.encode(record) + b"\n" for record in records))


def read_jsonl(folder: Path) -> list[Record]:
    """The records of an earlier audit."""
    place = folder / JSONL
    try:
        return [msgspec.json.decode(line, type=Record) for line in place.read_bytes().splitlines()]
    except OSError as error:
        advice = "Name the folder that an earlier audit was written to."
        raise UsageError(f"there is no audit: {error.strerror}", where=str(place), advice=advice) from error
    except msgspec.DecodeError as error:
        raise UsageError(f"it is no audit: {error}", where=str(place)) from error


def can_write_parquet() -> bool:
    """Whether the library is installed."""
    return find_spec("pyarrow") is not None


def write_parquet(folder: Path, records: Sequence[Record]) -> None:
    """The same columns; counts by name are maps."""
    import pyarrow
    from pyarrow import parquet

    text, number = pyarrow.string(), pyarrow.int64()
    types = {
        "str": text,
        "int": number,
        "bool": pyarrow.bool_(),
        "dict[str, int]": pyarrow.map_(text, number),
        "dict[str, float]": pyarrow.map_(text, pyarrow.float64()),
    }
    schema = pyarrow.schema([(field.name, types[str(field.type)]) for field in fields(Record)])
    rows = [{name: _cell(value) for name, value in asdict(record).items()} for record in records]
    sink = pyarrow.BufferOutputStream()
    parquet.write_table(pyarrow.Table.from_pylist(rows, schema), sink)
    write_result(folder / PARQUET, sink.getvalue().to_pybytes())


def _cell(value: Any) -> Any:
    return list(value.items()) if isinstance(value, dict) else value
