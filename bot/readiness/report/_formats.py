"""The formats of a report: each module beside this one without a leading underscore is one, with a function `render`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path

from readiness.judge.report import Report

PACKAGE = "readiness.report"
Render = Callable[[Report], str]


def names() -> list[str]:
    """All formats."""
    modules = pkgutil.iter_modules([str(Path(__file__).parent)])
    return sorted(module.name for module in modules if not module.name.startswith("_"))


def renderer(name: str) -> Render:
    """The function that writes a report in a format."""
    render: Render = importlib.import_module(f"{PACKAGE}.{name}").render
    return render


def by_suffix() -> dict[str, str]:
    """File suffix -> format, as each format declares it."""
    return {suffix: name for name in names() for suffix in importlib.import_module(f"{PACKAGE}.{name}").SUFFIXES}
