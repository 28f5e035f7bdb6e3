"""`readiness card check`: the questions that a model card answers, one row each."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from readiness.errors import ExitCode

if TYPE_CHECKING:
    from readiness.modelcard.card import Card
    from readiness.modelcard.slots import Answer

FORMATS = ("table", "json")
VERSION = 1
STATE_WIDTH = 18


@click.command(short_help="Show what a model card answers.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
def command(paths: tuple[Path, ...], form: str) -> ExitCode:
    """Show what the model cards at PATHS (default: all of the current folder) answer.

    The exit code is 1 if a card says nothing about its training data, its biases or its limitations.
    """
    from readiness.modelcard.find import find_cards
    from readiness.modelcard.slots import slot_table

    tables = [(card, slot_table(card)) for card in find_cards(paths or (Path(),))]
    if form == "json":
        click.echo(json.dumps({"version": VERSION, "cards": [_record(*table) for table in tables]}, indent=2))
    else:
        _print(tables)
    is_open = any(answer.is_open for _, answers in tables for answer in answers)
    return ExitCode.FINDINGS if is_open else ExitCode.CLEAN


def _record(card: Card, answers: tuple[Answer, ...]) -> dict[str, object]:
    return {"path": card.path, "format": card.format, "slots": [asdict(answer) for answer in answers]}


def _print(tables: list[tuple[Card, tuple[Answer, ...]]]) -> None:
    from readiness.report._text import visible

    for n, (card, answers) in enumerate(tables):
        click.echo("\n" * bool(n) + click.style(visible(card.path), bold=True))
        width = max(len(answer.title) for answer in answers)
        for answer in answers:
            place = f"line {answer.line}" if answer.line else ""
            colour = "red" if answer.is_open else None
            state = click.style(answer.state.value, fg=colour)
            rest = f"{' ' * (STATE_WIDTH - len(answer.state.value))}{place:10}{visible(answer.note)}".rstrip()
            click.echo(f"  {answer.title:{width}}  {state}{rest}")
