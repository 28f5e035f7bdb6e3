"""Files that declare or lock dependencies: which requirement stands on which line, and whether it fixes a version."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from configparser import ConfigParser
from configparser import Error as ConfigParserError
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Any

import yaml

from readiness.errors import UnreadableSource
from readiness.facts.model import DependencyFact, ManifestFact
from readiness.source.requirement import Declared, conda_dependency, dependency, logical_lines, poetry_dependency

MAX_CHARACTERS = 5_000_000

_LOCKS = frozenset(
    "uv.lock poetry.lock pdm.lock pipfile.lock conda-lock.yml conda-lock.yaml pixi.lock pylock.toml".split()
)
_NAMES = {
    "pyproject.toml": "pyproject",
    "setup.cfg": "setup.cfg",
    "setup.py": "setup.py",
    "pipfile": "pipfile",
    "pixi.toml": "pixi",
}
_REQUIREMENTS = re.compile(r"[\w.-]*(?:requirements|constraints)[\w.-]*\.(?:txt|in)")
_ENVIRONMENT = re.compile(r"(?:environment|conda|conda-env|env)(?:[-_.][\w.-]*)?\.ya?ml")
_LOCKED_NAME = re.compile(r'name = "([^"]+)"')
_LOCKED_VERSION = re.compile(r'version = "([^"]+)"')
_INCLUDED = re.compile(r"(?:-r|--requirement)[\s=]*(\S+)")
_GROUP_OF_FILE = re.compile(r"(?:^|[-_./])(dev|test|doc|build|lint|ci)(?:elop|elopment|s|ing)?(?:[-_./]|$)")


def manifest_type(path: str) -> str | None:
    """What a file declares by its name: requirements, pyproject, environment, ..., lock; None if it declares nothing."""
    name = PurePosixPath(path).name.lower()
    if name in _LOCKS or (name.startswith("pylock.") and name.endswith(".toml")):
        return "lock"
    if _ENVIRONMENT.fullmatch(name):
        return "environment"
    in_folder = PurePosixPath(path).parent.name.lower() == "requirements" and name.endswith((".txt", ".in"))
    if _REQUIREMENTS.fullmatch(name) or in_folder:
        return "requirements"
    return _NAMES.get(name)


def read_manifest(path: str, text: str) -> ManifestFact:
    """The dependencies that a file declares; raises `UnreadableSource` with the place of what is wrong."""
    kind = manifest_type(path) or "unknown"
    if kind == "lock":
        return ManifestFact(type=kind, dependencies=_locked(_File(path, kind, text.split("\n"))), is_lock=True)
    if len(text) > MAX_CHARACTERS:
        raise UnreadableSource(f"the file is larger than {MAX_CHARACTERS // 1_000_000} MB", where=path)
    reader = _READERS.get(kind)
    return reader(_File(path, kind, text.split("\n"))) if reader else ManifestFact(type=kind)


@dataclass(frozen=True, slots=True)
class _File:
    path: str
    type: str
    lines: list[str]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def find(self, needle: str, first: int = 1) -> int:
        """The first line from `first` on that holds the text, else `first`."""
        return next((n for n in range(first, len(self.lines) + 1) if needle in self.lines[n - 1]), first)

    def fact(self, declared: Declared | None, line: int, group: str) -> list[DependencyFact]:
        return [declared.fact(self.path, self.type, line, self.lines[line - 1], group)] if declared else []


# -- uv.lock, poetry.lock, pdm.lock, pylock.toml


def _locked(file: _File) -> tuple[DependencyFact, ...]:
    """The versions in a lock file whose packages begin with the lines of name and version, as most tools write them."""
    found: list[DependencyFact] = []
    for number, (first, second) in enumerate(pairwise(file.lines), 1):
        name, version = _LOCKED_NAME.fullmatch(first), _LOCKED_VERSION.fullmatch(second)
        if name and version:
            found += file.fact(dependency(f"{name[1]}=={version[1]}"), number, "")
    return tuple(found)


# -- requirements.txt


def _requirements(file: _File) -> ManifestFact:
    group = _group_of_file(file.path)
    found = [fact for line, text in logical_lines(file.lines) for fact in _requirement(file, line, text, group)]
    # Pinned tools for tests lock nothing that the model depends on.
    is_lock = bool(found) and group == "" and all(fact.pinned for fact in found)
    included = [path[1] for _, text in logical_lines(file.lines) if (path := _INCLUDED.match(text))]
    complete = all(map(manifest_type, included))
    return ManifestFact(type=file.type, dependencies=tuple(found), is_lock=is_lock, complete=complete)


def _requirement(file: _File, line: int, text: str, group: str) -> list[DependencyFact]:
    editable = re.match(r"(?:-e|--editable)[\s=]+(.*)", text)
    if text.startswith("-") and not editable:
        return []
    return file.fact(dependency(editable[1] if editable else text), line, group)


def _group_of_file(path: str) -> str:
    found = _GROUP_OF_FILE.search("/".join(PurePosixPath(path).parts[-2:]).lower())
    return {"doc": "docs", "lint": "dev", "ci": "dev"}.get(found[1], found[1]) if found else ""


# -- pyproject.toml, Pipfile, pixi.toml


def _toml(file: _File) -> dict[str, Any]:
    try:
        return tomllib.loads(file.text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"at line (\d+), column (\d+)", str(error))
        where = f"{file.path}:{place[1]}:{place[2]}" if place else file.path
        raise UnreadableSource(f"no valid TOML: {error}", where=where, advice="Correct the line.") from error


def _pyproject(file: _File) -> ManifestFact:
    data = _toml(file)
    project = _table(data, "project")
    poetry = _table(data, "tool", "poetry")
    facts = _listed(file, project.get("dependencies"), "")
    for extra, items in _table(project, "optional-dependencies").items():
        facts += _listed(file, items, f"optional:{extra}")
    for group, items in _table(data, "dependency-groups").items():
        facts += _listed(file, items, group)
    facts += _listed(file, _table(data, "tool", "uv").get("dev-dependencies"), "dev")
    facts += _poetry(file, _table(data, "tool", "pixi").get("dependencies"), "")
    facts += _poetry(file, _table(data, "tool", "pixi").get("pypi-dependencies"), "")
    for group, items in _table(data, "tool", "pdm", "dev-dependencies").items():
        facts += _listed(file, items, group)
    for name, environment in _table(data, "tool", "hatch", "envs").items():
        facts += _listed(file, _table(environment).get("dependencies"), name)
    facts += _listed(file, _table(data, "build-system").get("requires"), "build")
    facts += _poetry(file, poetry.get("dependencies"), "")
    facts += _poetry(file, poetry.get("dev-dependencies"), "dev")
    for group, table in _table(poetry, "group").items():
        facts += _poetry(file, _table(table, "dependencies"), group)
    names = bool(project.get("name") or poetry.get("name"))
    library = names and "build-system" in data and poetry.get("package-mode", True) is not False
    complete = not {"dependencies", "optional-dependencies"} & set(map(str, project.get("dynamic", ())))
    return ManifestFact(
        type=file.type,
        dependencies=tuple(facts),
        is_library=library,
        complete=complete,
        tools=tuple(_table(data, "tool")),
        python=_python(project.get("requires-python"), _table(poetry, "dependencies").get("python")),
    )


def _table(data: Any, *path: str) -> dict[str, Any]:
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, dict) else {}


def _python(*specifiers: Any) -> str:
    """The first that names versions of Python."""
    return next((one for one in specifiers if isinstance(one, str) and one != "*"), "")


def _listed(file: _File, items: Any, group: str) -> list[DependencyFact]:
    """Requirements in a list of strings, such as PEP 621 has them; each is found again in the text."""
    found: list[DependencyFact] = []
    for item in items if isinstance(items, list) else []:
        if isinstance(item, str):
            found += file.fact(dependency(item), _line_of_string(file, item), group)
    return found


def _line_of_string(file: _File, value: str) -> int:
    for quote in ('"', "'"):
        line = file.find(f"{quote}{value}{quote}")
        if f"{quote}{value}{quote}" in file.lines[line - 1]:
            return line
    return file.find(value.split("\n")[0])


def _poetry(file: _File, table: Any, group: str) -> list[DependencyFact]:
    """Requirements in a table of names, such as Poetry, Pipenv and pixi have them."""
    found: list[DependencyFact] = []
    for name, value in table.items() if isinstance(table, dict) else ():
        found += file.fact(poetry_dependency(name, value), _line_of_key(file, name, group), group)
    return found


def _line_of_key(file: _File, name: str, group: str) -> int:
    """The line `name = …`, below a table of the group if there is one."""
    key = re.compile(rf"""\s*["']?{re.escape(name)}["']?\s*(?:=|\.)""")
    header = re.compile(rf"\s*\[.*\b{re.escape(group)}\b.*\]") if group else None
    first = next((n for n, line in enumerate(file.lines) if header and header.match(line)), 0)
    lines = [n for n, line in enumerate(file.lines) if key.match(line)]
    return next((n for n in lines if n >= first), lines[0] if lines else 0) + 1


def _pipfile(file: _File) -> ManifestFact:
    data = _toml(file)
    facts = _poetry(file, data.get("packages"), "") + _poetry(file, data.get("dev-packages"), "dev")
    requires = _table(data, "requires")
    python = _python(requires.get("python_full_version"), requires.get("python_version"))
    return ManifestFact(type=file.type, dependencies=tuple(facts), python=python)


def _pixi(file: _File) -> ManifestFact:
    data = _toml(file)
    facts = _poetry(file, data.get("dependencies"), "") + _poetry(file, data.get("pypi-dependencies"), "")
    python = _python(_table(data, "dependencies").get("python"))
    return ManifestFact(type=file.type, dependencies=tuple(facts), python=python)


# -- setup.cfg


def _setup_cfg(file: _File) -> ManifestFact:
    parser = ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(file.text)
    except ConfigParserError as error:
        raise UnreadableSource(f"no valid configuration: {error.message}", where=file.path) from error
    facts = _cfg_lines(file, parser.get("options", "install_requires", fallback=""), "")
    facts += _cfg_lines(file, parser.get("options", "tests_require", fallback=""), "test")
    if parser.has_section("options.extras_require"):
        for extra, text in parser.items("options.extras_require"):
            facts += _cfg_lines(file, text, f"optional:{extra}")
    library = parser.has_option("metadata", "name")
    complete = "file:" not in parser.get("options", "install_requires", fallback="")
    return ManifestFact(
        type=file.type,
        dependencies=tuple(facts),
        is_library=library,
        complete=complete,
        tools=tuple(parser.sections()),
        python=parser.get("options", "python_requires", fallback=""),
    )


def _cfg_lines(file: _File, text: str, group: str) -> list[DependencyFact]:
    items = [
        line.split(" #")[0].strip() for line in re.split(r"[\n;]" if ";" in text and "\n" not in text else r"\n", text)
    ]
    return [fact for item in items if item for fact in file.fact(dependency(item), file.find(item), group)]


# -- environment.yml


def _environment(file: _File) -> ManifestFact:
    try:
        root = yaml.compose(file.text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{file.path}:{mark.line + 1}:{mark.column + 1}" if mark else file.path
        raise UnreadableSource("no valid YAML", where=where, advice="Correct the line.") from error
    facts: list[DependencyFact] = []
    for item in _yaml_list(root, "dependencies"):
        line = item.start_mark.line + 1
        if isinstance(item, yaml.ScalarNode):
            facts += file.fact(conda_dependency(item.value), line, "")
        for requirement in _yaml_list(item, "pip"):
            if isinstance(requirement, yaml.ScalarNode):
                facts += _requirement(
                    file, requirement.start_mark.line + 1, requirement.value.split(" #")[0].strip(), ""
                )
    return ManifestFact(type=file.type, dependencies=tuple(facts))


def _yaml_list(node: yaml.Node | None, key: str) -> list[yaml.Node]:
    for name, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if getattr(name, "value", None) == key and isinstance(value, yaml.SequenceNode):
            return list(value.value)
    return []


_READERS: dict[str, Callable[[_File], ManifestFact]] = {
    "requirements": _requirements,
    "pyproject": _pyproject,
    "pipfile": _pipfile,
    "pixi": _pixi,
    "setup.cfg": _setup_cfg,
    "environment": _environment,
}
