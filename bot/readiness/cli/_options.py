"""Options that several commands share."""

from __future__ import annotations

import click

no_cache = click.option(
    "--no-cache", is_flag=True, envvar="READINESS_NO_CACHE", help="Analyse every file anew, and keep nothing."
)
