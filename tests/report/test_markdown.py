"""Text of the reviewed project cannot format, link or mention anything in a pasted report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from readiness.finding import Confidence, Finding, Location, Severity, Stage
from readiness.judge.report import Report
from readiness.report._text import visible
from readiness.report.markdown import code, render, text

PRINTED = st.text(st.characters(categories=("L", "N", "P", "S")), min_size=1)


def inline(markdown: str) -> list[Token]:
    """The inline parts of one paragraph, read as GitHub would: HTML, tables and bare links included."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(f"x {markdown} x")
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    return tokens[1].children or []


@given(PRINTED)
def test_code_comes_back_as_it_was(words: str) -> None:
    spans = [token.content for token in inline(code(words)) if token.type == "code_inline"]
    assert spans == [words]


@given(st.text(st.characters(categories=("L", "N", "P", "S"), exclude_characters="`"), min_size=1))
def test_prose_comes_back_as_it_was_and_formats_nothing(words: str) -> None:
    tokens = inline(text(words))
    assert {token.type for token in tokens} <= {"text", "text_special"}
    assert "".join(token.content for token in tokens).replace("\u200b", "") == f"x {visible(words)} x".replace(
        "\u200b", ""
    )


@given(st.text(alphabet="a`*_<>[]()! "))
def test_backticks_in_any_order_make_only_text_and_code(words: str) -> None:
    assert {token.type for token in inline(text(words))} <= {"text", "text_special", "code_inline"}


@pytest.mark.parametrize("words", ["@team", "#12", "GH-12", "https://example.org", "www.example.org"])
def test_what_github_would_link_is_broken_by_a_space_without_width(words: str) -> None:
    shown = "".join(token.content for token in inline(text(words)))
    assert words not in shown
    assert words in shown.replace("\u200b", "")


def test_a_sketch_is_a_block_of_code_behind_the_next_step() -> None:
    finding = Finding(
        "a-rule", "ethics", Severity.NOTE, Confidence.LOW, Stage.CANDIDATE, Location("a.py"), "For whom?",
        next_step="Count them.", sketch='print(rows["sex"])\n\nprint(rows)',
    )  # fmt: skip
    (block,) = [token for token in MarkdownIt().parse(render(Report(findings=(finding,)))) if token.type == "fence"]
    assert (block.info, block.content) == ("python", 'print(rows["sex"])\n\nprint(rows)\n')
