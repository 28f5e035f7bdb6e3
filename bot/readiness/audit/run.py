"""Audit repository after repository: what was done is not done again, and what fails is named and stops nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from readiness.audit.clone import Fetching, each_fetched
from readiness.audit.examine import Examiner
from readiness.audit.record import Record, Records
from readiness.audit.sources import Source
from readiness.errors import GitError, ReadinessError

_RECORDS = "repositories"
_CLONES = ".clones"


def audit(
    sources: Sequence[Source],
    folder: Path,
    examiner: Examiner,
    on_start: Callable[[int, int], None] = lambda done, total: None,
    on_record: Callable[[Record], None] = lambda record: None,
) -> list[Record]:
    """What there is to say of each repository, in the order of the sources; `on_record` hears of each that is new."""
    kept = Records(folder / _RECORDS, examiner.by)
    records = {source: record for source in sources if (record := kept.read(source)) is not None}
    waiting = [source for source in sources if source not in records]
    on_start(len(records), len(sources))
    with each_fetched(waiting, folder / _CLONES) as fetched:
        for fetching in fetched:
            record = _examined(fetching, examiner)
            kept.keep(fetching.source, record)
            records[fetching.source] = record
            on_record(record)
    return [records[source] for source in sources]


def _examined(fetching: Fetching, examiner: Examiner) -> Record:
    source = fetching.source
    try:
        return examiner.examine(source, fetching.clone())
    except GitError as error:
        return Record(name=source.name, address=source.address, failure=error.what)
    except ReadinessError:  # about the run, as when the cluster is gone
        raise
    except Exception as error:  # noqa: BLE001 - a fault of ours in one repository must not cost all others
        reason = f"the bot failed on it, please report this: {type(error).__name__}: {error}"
        return Record(name=source.name, address=source.address, failure=reason)
