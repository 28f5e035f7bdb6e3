"""`readiness card update`: renew what a machine wrote into model cards, and nothing else."""

from __future__ import annotations

from pathlib import Path

import click

from readiness.errors import ExitCode, UsageError


@click.command(short_help="Renew what the code tells a model card.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--check", is_flag=True, help="Write nothing; the exit code is 1 if a card states what the code does not."
)
def command(paths: tuple[Path, ...], check: bool) -> ExitCode:
    """Renew the parts that a machine wrote in the model cards at PATHS (default: all of the current folder).

    What a person wrote is never touched; a part that was edited by hand is named and left as it is. With --check a part is stale if
    a value or a file differs; a line that only moved is no reason.
    """
    from readiness.cli._cards import project_at, seen_from, tell, write
    from readiness.modelcard.find import card_files, text_of
    from readiness.modelcard.scaffold.card import is_renewable, renewed

    found = {file: text_of(file, shown) for file, shown in card_files(paths or (Path(),))}
    found = {file: text for file, text in found.items() if is_renewable(str(file), text)}
    if not found:
        raise UsageError("no model card here has a part to renew", advice="`readiness card new` begins one that has.")
    root, project = project_at(Path.cwd())
    cards = {file: renewed(project, seen_from(root, file), text) for file, text in found.items()}
    for file, card in cards.items():
        tell(card, check=check)
        if not check and card.text != found[file]:
            write(file, card)
    is_stale = check and any(card.is_stale for card in cards.values())
    return ExitCode.FINDINGS if is_stale else ExitCode.CLEAN
