"""Whatever a person can read speaks of the work and not to its author. Every file is looked at: none is listed, none is forgotten."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import get_type_hints

import pytest
import yaml
from pathspec import GitIgnoreSpec

from readiness.rulebook.operators import Strict
from readiness.rulebook.parts import Sentence

ROOT = Path(__file__).parents[1]
ADDRESSED = re.compile(r"(?i)\b(you|yours?|yourself|just|simply|obviously|of course|as everybody knows)\b")
JUDGING = re.compile(r"(?i)\b(should have|bad|(?<!went )wrong|careless|sloppy|stupid)\b")
QUOTED = re.compile(r"https?://\S+|Did you mean|did you mean|<your [\w ]+>")
"""An address, the question that every command line asks in these words, and what stands where a reader's own value goes."""
PATTERN = re.compile(r"\(\?|\\[bdswBDSW.\[(]")
"""A regular expression in YAML: it recognises the words of others, and nobody is shown it as a text."""
OF_OTHERS = {
    "tests": "they hold the words that are looked for",
    "examples/readmission": "the project under review is somebody else's; what is said of it stands in PLANTED.md",
    "LICENSE": "a text of law, which is quoted whole",
}
TELLING = ("review", "mentor", "report", "score", "judge", "modelcard")
"""The packages that put into words what was found in somebody's work."""


def files() -> Iterator[Path]:
    """Every file of the project that holds text and is not kept out of it by git."""
    ignored = GitIgnoreSpec.from_lines((ROOT / ".gitignore").read_text(encoding="utf-8").splitlines())
    for folder, folders, names in os.walk(ROOT):
        here = Path(folder).relative_to(ROOT)
        folders[:] = [
            one
            for one in folders
            if one != ".git" and (here / one).as_posix() not in OF_OTHERS and not ignored.match_file(f"{here / one}/")
        ]
        yield from (Path(folder, name) for name in names if (here / name).as_posix() not in OF_OTHERS)


def constants(text: str, *, documentation: bool = True) -> Iterator[str]:
    """Help, errors, messages and docstrings; a list of words and a regular expression recognise the words of others."""
    nodes = list(ast.walk(ast.parse(text)))
    passed = [node for node in nodes if recognises(node) or (isinstance(node, ast.Expr) and not documentation)]
    unread = {id(part) for node in passed for part in ast.walk(node)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unread:
            yield node.value


def recognises(node: ast.AST) -> bool:
    """Whether a node makes a regular expression, or a list of words."""
    return (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("compile", "split")
    )


def scalars(node: yaml.Node | None, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text below a node, with the nearest key above it."""
    match node:
        case yaml.ScalarNode():
            yield key, node.value
        case yaml.SequenceNode():
            for one in node.value:
                yield from scalars(one, key)
        case yaml.MappingNode():
            for name, value in node.value:
                yield from scalars(value, str(name.value))


def values(content: str) -> Iterator[tuple[str, str]]:
    """The texts of a YAML file, each with its key."""
    for node in yaml.compose_all(content):
        yield from ((key, text) for key, text in scalars(node) if not PATTERN.search(text))


def texts(path: str, content: str) -> Iterator[str]:
    """What a person may read of a file; of a page or a template all of it."""
    if path.endswith(".py"):
        yield from constants(content)
    elif path.endswith((".yaml", ".yml")):
        yield from (text for _, text in values(content))
        yield from re.findall(r"(?m)(?:^|\s)#.*$", content)
    else:
        yield content


def said(words: re.Pattern[str], text: str) -> list[str]:
    """The unwanted words of a text with what stands around them."""
    shown = QUOTED.sub("", text)
    return [" ".join(shown[max(0, at.start() - 30) : at.end() + 30].split()) for at in words.finditer(shown)]


READ = [(str(path.relative_to(ROOT)), path.read_bytes()) for path in files()]
TEXTS = {path: content.decode() for path, content in READ if b"\0" not in content}


@pytest.mark.parametrize("path", sorted(TEXTS))
def test_nothing_speaks_to_its_reader(path: str) -> None:
    assert [found for text in texts(path, TEXTS[path]) for found in said(ADDRESSED, text)] == []


def sentence_keys() -> frozenset[str]:
    """The keys of rules and of the knowledge that hold a sentence for people, as their types say it."""
    for path in TEXTS:
        if path.startswith("bot/") and "Sentence" in TEXTS[path]:
            import_module(path.removeprefix("bot/").removesuffix(".py").replace("/", "."))
    models: list[type[Strict]] = [Strict]
    for model in models:
        models += model.__subclasses__()
    hints = [get_type_hints(model, include_extras=True) for model in models]
    return frozenset(name for hint in hints for name, kind in hint.items() if kind == Sentence) | {"title", "question"}


KEYS = sentence_keys()
SENTENCES = {
    f"{path}:{number}:{key}": text
    for path, content in TEXTS.items()
    if path.startswith("rules/") and path.endswith(".yaml")
    for number, (key, text) in enumerate(values(content))
    if key in KEYS
}
JUDGED = {
    **SENTENCES,
    **{path: text for path, text in TEXTS.items() if re.match(r"rules/lessons/.*\.md", path)},
    **{
        f"{path}:{number}": text
        for path, content in TEXTS.items()
        if re.match(rf"bot/readiness/(?:{'|'.join(TELLING)})/.*\.py", path)
        for number, text in enumerate(constants(content, documentation=False))
    },
}


def test_nothing_said_of_the_work_judges_who_did_it() -> None:
    assert {place: found for place, text in JUDGED.items() if (found := said(JUDGING, text))} == {}


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("errors.py", "raise UsageError('no such file', advice=f'Did you mean it? {path} is what you wrote.')"),
        ("cli/command.py", 'def command():\n    """Just check."""'),
        ("rules/a/b.yaml", "examples:\n  - bad: |\n      # you see it\n"),
        ("workflow.yml", "on: push  # simply all\n"),
        ("page.html", "<p title='Obviously'>"),
    ],
)
def test_whatever_is_read_of_a_file_is_looked_at(path: str, content: str) -> None:
    assert [found for text in texts(path, content) for found in said(ADDRESSED, text)] != []


def test_what_people_read_is_among_the_texts() -> None:
    assert {"README.md", "CHANGELOG.md", "action.yml", "docs/mentor.md", "rules/lessons/leakage.md"} <= TEXTS.keys()
    assert {"message", "why", "next_step", "title", "question", "says", "means"} <= KEYS
