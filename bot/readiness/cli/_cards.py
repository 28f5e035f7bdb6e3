"""What the commands that write model cards share: the project around them, and what is said of their work."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from readiness.report._text import counted, visible

if TYPE_CHECKING:
    from readiness.modelcard.scaffold.project import Project
    from readiness.modelcard.scaffold.renewal import Part, Renewal


def project_at(folder: Path) -> tuple[Path, Project]:
    """The root of the project around a folder, and what its files tell."""
    from readiness.cli._options import Options
    from readiness.cli._settings import settings_of
    from readiness.collect.root import git_top
    from readiness.modelcard.scaffold.project import read_project

    root = git_top(folder) or folder
    return root, read_project(settings_of(Options(paths=(root,)), root))


def seen_from(root: Path, path: Path) -> str:
    """A path as it is written in a project."""
    from readiness.errors import UsageError

    whole = path.resolve()
    if not whole.is_relative_to(root):
        raise UsageError(f"{path} lies outside of the project", where=str(root), advice="Start it in that project.")
    return whole.relative_to(root).as_posix()


def write(file: Path, card: Renewal) -> None:
    """Write a card as it is, line ends included; one that is there holds what people wrote, and is never left half."""
    from readiness.errors import UsageError
    from readiness.fix.splice import FixRefused
    from readiness.fix.write import replace_source

    content = card.text.encode()
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return
    try:
        replace_source(file, file.read_bytes(), content)
    except FixRefused as refused:
        raise UsageError(f"the card is left as it was: {refused}", where=str(file)) from refused


def summary(card: Renewal) -> str:
    """What a new card holds."""
    from readiness.modelcard.scaffold.topics import ASK

    questions = sum(line.count(ASK) for line in card.text.splitlines())
    told = sum(1 for part in card.parts if part.new and ASK not in part.new[0])
    return (
        f'{counted(told, "part")} from the code; {counted(questions, "question")} to answer: look for "{ASK.strip()}".'
    )


def tell(card: Renewal, *, check: bool) -> None:
    """Say what an update did, or would do."""
    from readiness.modelcard.scaffold.renewal import State

    name = visible(card.path)
    told = [
        part for part in card.parts if part.state is State.EDITED or (part.is_stale if check else _is_renewed(part))
    ]
    if not told:
        click.echo(f"{name}: up to date")
    for part in told:
        what = "edited by hand, left as it is" if part.state is State.EDITED else "stale" if check else "renewed"
        click.echo(f"{name}:{part.line}: {part.name}: {what}")
        for line in _differences(part) if part.state is State.RENEWED else ():
            click.echo(f"  {visible(line)}")


def _is_renewed(part: Part) -> bool:
    return part.old != part.new and part.state == "renewed"


def _differences(part: Part) -> Iterator[str]:
    """The lines that go and those that come."""
    lines = difflib.unified_diff(part.old, part.new, lineterm="", n=0)
    return (line for line in lines if line[:1] in "+-" and not line.startswith(("---", "+++")))
