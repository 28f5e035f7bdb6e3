"""`readiness rules schema`: the JSON Schema of rule files, for completion and checks in an editor."""

from __future__ import annotations

import json

import click


@click.command(short_help="Print the JSON Schema of rule files.")
def command() -> None:
    """Print the JSON Schema of rule files; editors use it to complete keys and to mark mistakes."""
    from readiness.rulebook.schema import json_schema

    click.echo(json.dumps(json_schema(), indent=2, ensure_ascii=False))
