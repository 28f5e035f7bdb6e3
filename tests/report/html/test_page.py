"""The page in headless Chromium: it says the whole report, can be read and used by everybody, and runs nothing of others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chromium import Visit
from readiness.finding import Finding, Severity
from readiness.judge.report import Report
from readiness.report import html
from readiness.report.html.sealed import prose

Open = Callable[..., Visit]
SHOW_ALL = {
    "evaluate": "document.querySelectorAll('.rule, article').forEach(one => one.style.contentVisibility = 'visible')"
}
"""What is far below the window is not drawn, so axe could not say whether it can be read."""
SHOWN = {
    "evaluate": "[...document.querySelectorAll('article')].filter(one => one.checkVisibility()).map(one => one.querySelector('h4').textContent)"
}
STATUS = {"evaluate": "document.getElementById('shown').textContent"}
HOSTILE = ("</script><script>document.title='mine'</script>", '"><img src=x onerror=alert(1)>', "<!--", "{{ 7 * 7 }}")


class _Texts(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def hostile(report: Report, words: str) -> Report:
    """Everything that the reviewed project can say, said by it."""

    def findings() -> Iterator[Finding]:
        for one in report.findings:
            steps = tuple(replace(step, text=words) for step in one.steps)
            place = replace(one.location, path=words, column=1, end_line=one.location.line, end_column=1)
            yield replace(
                one, message=words, next_step=words, sketch=words, source_lines=(words,), steps=steps, location=place
            )

    skipped = tuple(replace(one, path=words, reason=words) for one in report.skipped)
    return replace(report, findings=tuple(findings()), skipped=skipped)


@pytest.mark.parametrize("words", HOSTILE)
def test_text_of_the_project_adds_no_element(report: Report, words: str) -> None:
    assert _Texts(html.render(hostile(report, words))).tags == _Texts(html.render(hostile(report, "words"))).tags


def test_text_of_the_project_runs_nothing_and_asks_for_nothing(report: Report, open_page: Open) -> None:
    visit = open_page(html.render(hostile(report, "".join(HOSTILE))), {"evaluate": "document.title"}, STATUS)
    assert visit.complaints == []
    assert visit.results == ["Readiness report: incomplete", "5 findings"]


@given(st.text(st.characters(categories=("L", "N", "P", "S"))))
def test_prose_is_shown_as_it_was_written_and_code_between_backticks(words: str) -> None:
    parsed = _Texts(f"<p>{prose(words)}</p>")
    assert parsed.tags == ["p"] + ["code"] * (words.count("`") // 2)
    assert "".join(parsed.texts).replace("`", "") == words.replace("`", "")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1000, 390])
def test_axe_finds_no_violation(report: Report, open_page: Open, dark: bool, width: int) -> None:
    overflow = {"evaluate": "document.documentElement.scrollWidth"}
    visit = open_page(html.render(report), SHOW_ALL, {"axe": None}, overflow, dark=dark, width=width)
    assert visit.complaints == []
    assert visit.results[1:] == [[], width]


def test_a_clean_report_needs_no_filter(open_page: Open) -> None:
    visit = open_page(
        html.render(Report(analysed=3)), {"axe": None}, {"evaluate": "document.querySelectorAll('form').length"}
    )
    assert visit.results == [[], 0]


def test_filters_go_together_and_say_how_much_is_left(report: Report, open_page: Open) -> None:
    visit = open_page(
        html.render(report),
        {"select": ["[name=pillar]", "reproducibility"]}, SHOWN,
        {"select": ["[name=file]", "notebooks/eda.ipynb"]}, SHOWN, STATUS,
        {"fill": ["[name=words]", "no such words"]}, SHOWN, STATUS,
        {"click": "[type=reset]"}, {"evaluate": "new Promise(done => setTimeout(done, 50))"}, SHOWN, STATUS,
    )  # fmt: skip
    pillar, file, said, none, nothing, _, _, everything, total = (
        visit.results[1],
        *visit.results[3:5],
        *visit.results[6:],
    )
    assert (len(pillar), file) == (3, ["notebooks/eda.ipynb cell 4, line 2, column 9"])
    assert (said, none, nothing) == ("1 of 5 findings", [], "0 of 5 findings")
    assert (len(everything), total) == (5, "5 findings")


def test_words_find_a_rule_and_what_its_findings_say(report: Report, open_page: Open) -> None:
    visit = open_page(
        html.render(report),
        {"fill": ["[name=words]", "MODEL-CARD"]}, SHOWN,
        {"fill": ["[name=words]", "fitted rows"]}, SHOWN,
    )  # fmt: skip
    assert visit.results[1::2] == [["src/train.py"], ["notebooks/eda.ipynb cell 3, line 4, column 1"]]


def test_the_keyboard_reaches_all_that_can_be_used(report: Report, open_page: Open) -> None:
    focus = {
        "evaluate": "(one => one.name || one.id || one.type || one.className || one.hostname)(document.activeElement)"
    }
    visit = open_page(html.render(report), *[{"press": "Tab"}, focus] * 8)
    assert visit.results[1::2] == ["skip", "theme", "severity", "pillar", "file", "words", "reset", "docs.python.org"]


@pytest.mark.parametrize("dark", [False, True])
def test_the_theme_follows_the_system_until_a_reader_chooses(report: Report, open_page: Open, dark: bool) -> None:
    paper = {"evaluate": "getComputedStyle(document.body).backgroundColor"}
    offered = {"evaluate": "document.getElementById('theme').textContent"}
    visit = open_page(html.render(report), paper, offered, {"click": "#theme"}, paper, offered, dark=dark)
    before, was, _, after, now = visit.results
    assert (was, now) == (("Light theme", "Dark theme") if dark else ("Dark theme", "Light theme"))
    assert (before, after) == (("rgb(21, 24, 28)", "rgb(255, 255, 255)")[:: 1 if dark else -1])


def test_a_print_has_everything_but_the_controls(report: Report, open_page: Open) -> None:
    visible: dict[str, Any] = {
        "evaluate": "['theme', 'filter'].map(id => document.getElementById(id).checkVisibility())"
    }
    drawn = {
        "evaluate": "[...document.querySelectorAll('article')].map(one => getComputedStyle(one).contentVisibility)"
    }
    visit = open_page(html.render(report), visible, {"media": "print"}, visible, drawn, dark=True)
    assert visit.results == [[True, True], None, [False, False], ["visible"] * 5]


def test_the_most_severe_rule_comes_first(report: Report) -> None:
    texts = _Texts(html.render(report)).texts
    titles = [text.strip() for text in texts if text.strip() in {rule.title for rule in report.rules}]
    assert titles[0] == next(rule.title for rule in report.rules if rule.severity is Severity.ERROR)
    assert titles[-1] == "No model card"
