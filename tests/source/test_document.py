import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.errors import UnreadableSource
from readiness.source import document as module
from readiness.source.document import LABEL_LEVEL, ROW_LEVEL, DocumentSource


def headings(text):
    return [(section.title, section.level, section.line) for section in DocumentSource.parse("a.md", text).sections]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# One\n\n## Two ##", [("One", 1, 1), ("Two", 2, 3)]),
        ("One\n===\n\nTwo\n---", [("One", 1, 1), ("Two", 2, 4)]),
        ('<h2 align="center">One <b>two</b></h2>', [("One two", 2, 1)]),
        ("## 📊 1.2 Data", [("Data", 2, 1)]),
        ("## **Bold** `code` [link](x.md):", [("Bold code link", 2, 1)]),
        ("**Caveats:** few", [("Caveats", LABEL_LEVEL, 1)]),
        ("**Caveats**: few", [("Caveats", LABEL_LEVEL, 1)]),
        ("**Caveats**", [("Caveats", LABEL_LEVEL, 1)]),
        (
            "- **Limitations & Risks:** few\n- **Owner:** we",
            [("Limitations & Risks", LABEL_LEVEL, 1), ("Owner", LABEL_LEVEL, 2)],
        ),
        ("text\n**A:** x\n**B:** y", [("A", LABEL_LEVEL, 2), ("B", LABEL_LEVEL, 3)]),
        ("| a | b |\n|--|--|\n| **Owner:** | we |\n| x | y |", [("Owner", ROW_LEVEL, 3)]),
        ("## 3D data", [("3D data", 2, 1)]),
    ],
)
def test_a_heading_is_whatever_a_reader_takes_for_one(text, found):
    assert headings(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "```\n# no\n```",
        "    # no",
        "<!-- # no -->",
        "<!--\n# no\n-->",
        "**bold** words in a sentence",
        "a #tag",
        "---\n# no: 1\n---",
    ],
)
def test_code_comments_and_emphasis_are_no_headings(text):
    assert headings(text) == []


def test_a_section_ends_where_the_next_of_its_level_begins():
    document = DocumentSource.parse("a.md", "# A\na\n## B\nb\n- **C:** c\n## D\nd")
    ends = {section.title: (section.first, section.own_end, section.end) for section in document.sections}
    assert ends == {"A": (2, 2, 7), "B": (4, 4, 5), "C": (5, 5, 5), "D": (7, 7, 7)}


def test_prose_is_without_code_comments_headings_and_front_matter():
    document = DocumentSource.parse(
        "a.md", "---\nx: 1\n---\n# T\nsaid <!-- not\nsaid --> too\n```\ncode\n```\n**L:** label"
    )
    assert document.prose_between(1, 10) == [(5, "said "), (6, " too"), (10, "label")]


def test_the_row_of_a_table_holds_what_stands_beside_its_label():
    document = DocumentSource.parse("a.md", "| a | b |\n|--|--|\n| **Owner** | we |")
    row = document.sections[0]
    assert document.prose_between(row.first, row.end) == [(3, "we")]


def test_links_of_every_sort_have_their_place():
    text = 'See [a](b.md), <img src="c.png">\nand ![d](<e f.png>), [g], https://h.org/i.\n\n[g]: ./é.md'
    links = {link.target: (link.line, link.column) for link in DocumentSource.parse("a.md", text).links}
    assert links["b.md"] == (1, 9)
    assert links["c.png"] == (1, 26)
    assert links["e f.png"] == (2, 11)
    assert links["https://h.org/i"] == (2, 27)
    assert "./é.md" in links


def test_comments_have_their_place():
    document = DocumentSource.parse("a.md", "a\n\n<!-- one -->\n\nb <!-- two\nthree -->")
    assert [(c.text.strip(), c.line, c.column, c.end_line) for c in document.comments] == [
        ("one", 3, 1, 3),
        ("two\nthree", 5, 3, 6),
    ]


def test_front_matter_is_read_safely():
    assert DocumentSource.parse("a.md", "---\nmodel-index: [a]\n---\n").front_matter == {"model-index": ["a"]}
    assert DocumentSource.parse("a.md", "---\na: !!python/object:os.system x\n---\n").front_matter == {}
    assert DocumentSource.parse("a.md", "---\n: : [\n---\n").front_matter == {}


def test_a_document_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(module, "MAX_CHARACTERS", 10)
    with pytest.raises(UnreadableSource, match="larger than"):
        DocumentSource.parse("a.md", "x" * 11)


PIECES = st.sampled_from(
    [
        "# A",
        "## B",
        "B\n---",
        "**L:** x",
        "- **M:**",
        "|a|b|\n|--|--|\n|**R**|x|",
        "```",
        "<!-- c",
        "-->",
        "<h2>H</h2>",
        "",
        "> # Q",
        "text",
        "1. x",
    ]
)


@given(st.lists(PIECES, max_size=12))
def test_sections_nest_and_stay_within_the_document(pieces):
    document = DocumentSource.parse("a.md", "\n".join(pieces))
    assert len(document.prose) == len(document.lines)
    lines = [section.line for section in document.sections]
    assert lines == sorted(lines)
    for section in document.sections:
        assert section.line <= section.end <= len(document.lines)
        assert section.own_end <= section.end


@pytest.mark.parametrize(
    "text",
    ["<h1>" * 50_000, "<!--" * 50_000, "<a " * 20_000, "|**a**|b|\n|--|--|\n" + "|**a**|b|\n" * 5_000, "> " * 5_000],
)
def test_hostile_markdown_loses_neither_lines_nor_what_stands_before_it(text):
    document = DocumentSource.parse("a.md", f"# Before\n\n{text}\n")
    assert "Before" in [section.title for section in document.sections]
    assert len(document.prose) == len(document.lines)
