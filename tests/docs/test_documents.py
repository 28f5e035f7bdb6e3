"""The page about documents shows what the program prints."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from readiness.cli._main import command

ROOT = Path(__file__).parents[2]


def test_the_slot_table_is_the_one_that_is_printed() -> None:
    page = (ROOT / "docs" / "documents.md").read_text(encoding="utf-8")
    shown = page.partition("$ readiness card check examples/readmission\n")[2].partition("```")[0]
    printed = CliRunner().invoke(command, ["card", "check", str(ROOT / "examples" / "readmission")]).output
    assert printed == shown
