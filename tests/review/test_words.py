"""Texts quote hostile code without letting it act."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from readiness.review.marker import FindingMarker, SummaryMarker, finding_marker, summary_marker
from readiness.review.model import Comment
from readiness.review.render.comment import comment
from readiness.review.render.words import MAX_BODY, clipped, fence
from readiness.review.settings import ReviewConfig
from readiness.review.topics import Anchor, Topic

FINGERPRINT = "0123456789abcdef"
HOSTILE = ["@everyone", "#1", "acme/bot#2", "<!-- readiness:v1 fp=0 -->", "</details>", "![x](https://evil.example/p.png)",
           "https://evil.example", "\u202egnp.exe", "`", "```", "|", "<script>", "::error::x", "line\nbreak"]  # fmt: skip


def ours(body):
    return Comment("C", 1, "bot", body, ours=True)


@given(st.lists(st.text(alphabet="`~ab\n", max_size=12), max_size=4))
def test_a_fence_is_never_ended_by_what_it_holds(lines):
    lines = [line.replace("\n", "") for line in lines]
    (token,) = MarkdownIt().parse(fence(lines))
    assert token.content == "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_in_a_comment_stay_words(finding, analysis, pull, words):
    hostile = finding(path=f"{words}.py", message=f"Do not use {words} here.", source_lines=(words,))
    topic = Topic((hostile, replace(hostile, fingerprint="f" * 16)), Anchor(hostile.location.path))
    body = comment(topic, analysis([hostile]), pull(), ReviewConfig())
    tokens = MarkdownIt("commonmark").parse(body)
    inline = [child for token in tokens for child in token.children or ()]
    links = {token.attrs.get("href", token.attrs.get("src", "")) for token in inline}
    assert not any("evil" in str(link) for link in links if "/blob/" not in str(link))
    prose = [token.content for token in inline if token.type == "text"]
    assert not any(active in part for part in prose for active in ("@everyone", "#1", "bot#2", "https://evil"))
    assert body.count("<!--") == 1
    assert finding_marker(ours(body)) is not None
    html = [token.content for token in [*tokens, *inline] if token.type.startswith("html")]
    assert not any("script" in part for part in html)


def test_a_sketch_is_a_block_of_code_behind_the_next_step(finding, analysis, pull):
    asked = finding(next_step="Count them.", sketch='print(rows["sex"])\nprint(rows)')
    body = comment(Topic((asked,), Anchor("a.py", 10)), analysis([asked]), pull(), ReviewConfig())
    assert '**Next step:** Count them.\n\n```python\nprint(rows["sex"])\nprint(rows)\n```' in body


def test_a_marker_is_read_from_the_last_line_only():
    line = FindingMarker((FINGERPRINT,), "a-rule", "abcdef0").line()
    assert finding_marker(ours(f"text\n\n{line}\n")) is not None
    assert finding_marker(ours(f"{line}\n\ntext")) is None
    assert finding_marker(replace(ours(line), ours=False)) is None


def test_a_finding_marker_is_read_as_it_was_written():
    marker = FindingMarker((FINGERPRINT, "f" * 16), "a-rule", "abcdef0", fixed=True, explains=True)
    assert finding_marker(ours(marker.line())) == marker


@given(st.text(), st.booleans())
def test_no_rule_name_can_end_the_comment_early(rule, fixed):
    line = FindingMarker((FINGERPRINT,), rule, "abcdef0", fixed).line()
    assert line.count("-->") == 1
    assert finding_marker(ours(line)) is not None


PRINTS = st.lists(st.text("0123456789abcdef", min_size=16, max_size=16), max_size=5).map(tuple)


LISTS = st.fixed_dictionaries(dict.fromkeys(("seen", "posted", "withdrawn", "resolved", "fixed"), PRINTS))


@given(LISTS, st.booleans())
def test_a_summary_marker_is_read_as_it_was_written(lists, complete):
    marker = SummaryMarker("a" * 40, "b" * 40, "c" * 16, complete, previous="d" * 40, heard=(1, 22), **lists)
    assert summary_marker(ours(marker.line())) == marker


def test_a_long_body_is_cut_and_keeps_its_marker():
    body = "\n\n".join(["<details><summary>x</summary>", *(["word " * 50] * 500), "</details>"])
    cut = clipped(body, "<!-- marker -->", "The rest did not fit.")
    assert len(cut) <= MAX_BODY
    assert cut.endswith("<!-- marker -->")
    assert cut.count("<details>") == cut.count("</details>")
