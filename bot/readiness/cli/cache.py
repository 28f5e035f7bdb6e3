"""`readiness cache`: where the results of earlier runs are kept and how large they are; `--clear` removes them."""

from __future__ import annotations

import click


@click.command("cache")
@click.option("--clear", is_flag=True, help="Remove all that is kept.")
def command(clear: bool) -> None:
    """Say where results of earlier runs are kept and how much room they take.

    They are found out anew whenever they are missing. READINESS_CACHE_DIR names another folder.
    """
    from readiness.cache.folder import cache_folder, kept_files

    kept = kept_files()
    size = sum(file.stat().st_size for file in kept)
    for file in kept if clear else ():
        file.unlink(missing_ok=True)
    click.echo(f"{cache_folder()}: {size / 1024**2:.1f} MiB{' removed' if clear else ''}")
