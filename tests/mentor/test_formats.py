"""Every format says the same mentoring report, and what the project says in it is harmless."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from readiness.cli.mentor import FORMATS, command


def said(project: Path, *options: str) -> str:
    done = CliRunner().invoke(command, [str(project), "--jobs", "1", "--quiet", *options], catch_exceptions=False)
    assert done.exit_code == 0
    return click.unstyle(done.output)


@pytest.fixture(scope="module")
def texts(unchanged_project: Path) -> dict[str, str]:
    """The report of one project in every format."""
    return {form: said(unchanged_project, "--format", form) for form in FORMATS}


@pytest.mark.parametrize("form", FORMATS)
def test_a_format_names_what_works_what_is_first_and_what_is_asked(texts: dict[str, str], form: str) -> None:
    text = " ".join(texts[form].split())
    for words in ("stratified by", "train.py", "Whom could the model fail", "hardcoded-path"):
        assert words in text


def test_the_order_is_that_of_a_conversation(texts: dict[str, str]) -> None:
    headings = re.findall(r"^### (.*)$", texts["markdown"], re.MULTILINE)
    assert headings[:3] == ["What works", "Begin here", "Questions that a senior reviewer will ask"]
    assert headings[3:5] == ["Model card", "ML Test Score"]
    assert headings[5].startswith("The concept of this project: ")


def test_what_is_seen_of_it_at_once_is_short(texts: dict[str, str]) -> None:
    seen = texts["markdown"].partition("<details>")[0]
    assert len([line for line in seen.splitlines() if line]) <= 60


def test_json_has_the_whole_report(texts: dict[str, str]) -> None:
    record = json.loads(texts["json"])
    assert record["verdict"]["word"] == "mend first"
    assert [one["rule"] for one in record["works"]] == ["stratified-and-seeded", "gap-declared"]
    assert {slot["slot"]: slot["state"] for slot in record["cards"][0]["slots"]}["training-data"] == "placeholder"
    assert record["next_point"] in {test["id"] for test in record["score"]["tests"]}
    assert record["concept"]["finding"]["line"] >= 1


def test_hostile_names_add_no_markup(project: Path) -> None:
    (project / "<img src=x>.py").write_text((project / "train.py").read_text())
    (project / "train.py").unlink()
    page = said(project, "--format", "html")
    assert "<img" not in page
    assert "&lt;img src=x&gt;.py" in page
