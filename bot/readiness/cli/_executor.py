"""`--executor`: the cluster that analyses the files, if it is not this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from readiness.errors import UsageError

if TYPE_CHECKING:
    from readiness.engine.workers import MakeWorkers

_DASK = "dask="
_SCHEMES = ("tcp", "tls")


@contextmanager
def workers(executor: str | None) -> Iterator[MakeWorkers | None]:
    """The workers of the named cluster for as long as they are needed; none for processes on this machine."""
    if executor is None:
        yield None
        return
    address = _address(executor)
    if find_spec("distributed") is None:
        advice = 'Install them: pip install "readiness-bot[cluster]".'
        raise UsageError("a cluster takes packages that are not installed", where="--executor", advice=advice)
    from readiness.engine.cluster.client import cluster

    with cluster(address) as found:
        yield found


def _address(executor: str) -> str:
    address = executor.removeprefix(_DASK)
    try:
        parts = urlsplit(address)
        known = parts.scheme in _SCHEMES and parts.hostname and parts.port and not (parts.path or parts.query)
    except ValueError:  # the port is no number
        known = False
    if not executor.startswith(_DASK) or not known:
        advice = "Write dask=tcp://HOST:8786, the address that `dask scheduler` prints."
        raise UsageError(f"`{executor}` names no cluster", where="--executor", advice=advice)
    return address
