"""The command `readiness`."""

from __future__ import annotations

import click

from readiness import __version__
from readiness.cli._group import ModuleGroup


@click.group(
    cls=ModuleGroup,
    package="readiness.cli",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog='Completion in the shell: eval "$(_READINESS_COMPLETE=bash_source readiness)" in ~/.bashrc; zsh_source and '
    "fish_source do the same for zsh and fish.",
)
@click.version_option(__version__, prog_name="readiness", message="%(prog)s %(version)s")
def command() -> None:
    """Review data-science and machine-learning code the way a careful senior colleague would."""
