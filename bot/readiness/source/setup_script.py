"""What a `setup.py` declares, as far as it stands there in so many words."""

from __future__ import annotations

from collections.abc import Iterator

from readiness.facts.model import DependencyFact, ManifestFact
from readiness.source.python import PythonSource
from readiness.source.requirement import dependency
from readiness.source.tree import Node

_LISTS = {"install_requires": "", "tests_require": "test", "setup_requires": "build"}
_KIND = "setup.py"


def read_setup_script(source: PythonSource) -> ManifestFact | None:
    """The requirements in the call of `setup`; None if there is no such call."""
    call = next(iter(source.calls_by_name.get("setup", ())), None)
    if call is None:
        return None
    keywords = {part.get("name").get("id"): part.get("value") for part in call.get("args") if part.kind == "Keyword"}
    found = [fact for name, group in _LISTS.items() for fact in _listed(source, keywords.get(name), group)]
    readable = all(_is_list(keywords[name]) for name in _LISTS if name in keywords)
    computed = "extras_require" in keywords or any(part.kind == "DoubleStarred" for part in call.get("args"))
    complete = readable and not computed
    asked = keywords.get("python_requires")
    python = asked.get("value") if asked is not None and _is_text(asked) else ""
    return ManifestFact(_KIND, tuple(found), is_library=True, complete=complete, python=python)


def _listed(source: PythonSource, value: Node | None, group: str) -> Iterator[DependencyFact]:
    for item in value.get("elts") if value is not None and value.kind == "List" else ():
        declared = dependency(item.get("value")) if _is_text(item) else None
        if declared is not None:
            yield declared.at(source.hit(*source.span(item)), _KIND, group)


def _is_list(value: Node) -> bool:
    return value.kind == "List" and all(map(_is_text, value.get("elts")))


def _is_text(node: Node) -> bool:
    return node.kind == "Constant" and isinstance(node.get("value"), str)
