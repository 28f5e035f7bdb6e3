"""`readiness card new`: begin a model card from what the training code says."""

from __future__ import annotations

from pathlib import Path

import click

from readiness.errors import ExitCode, UsageError

PROFILES = {"nhs": "MODEL_CARD.md", "hf": "MODEL_CARD.md", "cyclonedx": "model_card.cdx.json"}
"""The forms of cards, and the file that each is written to unless another is named."""


@click.command(short_help="Begin a model card from the training code.")
@click.argument("training", required=False, type=click.Path(path_type=Path))
@click.option(
    "--profile", type=click.Choice(list(PROFILES)), default="nhs", show_default=True, help="The form of the card."
)
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Where the card is written.")
@click.option("--name", help="What the model is called. [default: the name of the folder]")
def command(training: Path | None, profile: str, output: Path | None, name: str | None) -> ExitCode:
    """Begin a model card for the model that the file TRAINING trains; it may be left out if only one does.

    The code is read and never run. What it tells stands in the card with its file and line; what only a person knows is asked, one
    question a line. `readiness card update` renews the former and leaves the answers alone.
    """
    from readiness.cli._cards import project_at, seen_from, summary, write
    from readiness.modelcard.scaffold.card import begun

    place = output or Path(PROFILES[profile])
    if place.exists():
        raise UsageError(
            f"{place} is there already", advice="`readiness card update` renews it; --output names another."
        )
    root, project = project_at(Path.cwd())
    card = begun(
        project, profile, seen_from(root, place), seen_from(root, training) if training else "", name or root.name
    )
    write(place, card)
    click.echo(f"Written: {place}. {summary(card)}")
    return ExitCode.CLEAN
