import pytest

CARD = "# Card\n\n## Training data\nAdmissions.\n\n## Bias\n"
SLOT = 'kind: document\ndocument: model-card\nfor_each: slot\nslots: [training-data, bias, limitations]\nwhen: {when}\nmessage: "About $slot.title."\n'


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ("$slot.missing", [("About `limitations and edge cases`.", 1)]),
        ("$slot.empty", [("About `biases and ethical considerations`.", 6)]),
        ("$slot.words > 0", [("About `training data`.", 3)]),
    ],
)
def test_slots_are_missing_empty_or_filled(run, when, found):
    findings = run(SLOT.format(when=when), {"MODEL_CARD.md": CARD})
    assert [(finding.message, finding.location.line) for finding in findings] == found


def test_remarks_about_different_missing_slots_are_different_findings(run):
    findings = run(SLOT.format(when="$slot.missing"), {"MODEL_CARD.md": "# Card\n"})
    assert len({(finding.anchor, finding.scope_key) for finding in findings}) == 3


def test_forms_and_other_documents_are_not_judged(run):
    files = {"README.md": "# A\n", "MODEL_CARD.md": "# {{ a }}\n{{ b }} {{ c }} {{ d }}\n", "notes.md": ""}
    assert run(SLOT.format(when="$slot.missing"), files) == []


def test_any_document(run):
    rule = 'kind: document\ndocument: any\nfor_each: document\nwhen: $document.words < 3\nmessage: "Short: $document.type."\n'
    found = run(rule, {"README.md": "# A\ntwo words\n", "notes.md": ""})
    assert [finding.message for finding in found] == ["Short: `readme`.", "Short: `document`."]


def test_sections_and_placeholders(run):
    section = (
        'kind: document\ndocument: readme\nfor_each: section\nwhen: $section.blank\nmessage: "Blank: $section.title."\n'
    )
    assert [f.message for f in run(section, {"README.md": "# A\n## B\n## C\ntext\n"})] == ["Blank: `B`."]
    placeholder = 'kind: document\ndocument: any\nfor_each: placeholder\nmessage: "Left in $placeholder.section."\n'
    assert [f.location.line for f in run(placeholder, {"notes.md": "# A\nTBD\n"})] == [2]


@pytest.mark.parametrize(
    ("target", "broken"),
    [
        ("b.md", True),
        ("a.md", False),
        ("a.md#part", False),
        ("a", False),
        ("sub%20folder/c.md", False),
        ("/docs/a.md", False),
        ("sub folder", False),
        ("../README.md", False),
        ("../../elsewhere.md", False),
        ("https://example.org/b.md", False),
        ("mailto:a@example.org", False),
        ("#part", False),
        ("//[bad", False),
    ],
)
def test_a_relative_link_exists_or_not(run, target, broken):
    rule = 'kind: document\ndocument: any\nfor_each: link\nwhen: not $link.exists\nmessage: "No $link.path."\n'
    files = {"docs/a.md": f"[x](<{target}>)\n", "docs/sub folder/c.md": "", "README.md": ""}
    found = run(rule, files)
    assert [finding.message for finding in found] == (["No `docs/b.md`."] if broken else [])
