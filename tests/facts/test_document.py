from readiness.facts.document import document_facts
from readiness.facts.model import FileFacts
from readiness.facts.sorts import FileKind
from readiness.source.document import DocumentSource


def facts(text, path="MODEL_CARD.md"):
    return document_facts(DocumentSource.parse(path, text), FileFacts(path, FileKind.DOCUMENT))


def sections(text):
    return {section.title: section for section in facts(text).document.sections}


def test_words_are_those_of_the_text_and_boilerplate_is_none():
    text = (
        "# Card\n## Bias\nUsers (both direct and downstream) should be made aware of the risks, biases and "
        "limitations of the model.\n## Data\nTwo words\n### Where\nThree [more words](a.md)\n```\ncode\n```\n"
    )
    found = sections(text)
    assert (found["Bias"].own_words, found["Bias"].words) == (0, 0)
    assert (found["Data"].own_words, found["Data"].words) == (2, 5)
    assert found["Data"].links == ("a.md",)


def test_the_title_names_the_document_and_answers_nothing():
    found = sections("# Model card: readmission risks\n\n## Risks\nSome.\n")
    assert found["Model card: readmission risks"].slots == ()
    assert found["Risks"].slots == ("limitations",)


def test_a_sentence_may_answer_under_another_heading():
    found = sections("# Card\n## Notes\nNo fairness audit has been performed. It is not intended for triage.\n")
    assert set(found["Notes"].slots) == {"bias", "out-of-scope"}
    assert found["Notes"].declared_gap


def test_a_heading_with_nothing_below_is_blank_and_code_or_a_child_is_something():
    found = sections("# Card\n## A\n<!-- prompt -->\n## B\n```\nx\n```\n## C\n### D\ntext\n## E\n![](a.png)\n")
    assert {title for title, section in found.items() if section.blank} == {"A"}


def test_placeholders_have_their_line_and_section():
    document = facts("# Card\n## Bias\n[More Information Needed]\n- **Owner:** TBD\n").document
    assert [(p.hit.location.line, p.section, p.slots) for p in document.placeholders] == [
        (3, "Bias", ("bias",)),
        (4, "Owner", ("owner",)),
    ]
    assert {section.title for section in document.sections if section.placeholder} == {"Card", "Bias", "Owner"}


def test_only_a_card_is_a_template():
    blanks = "{{ a }} {{ b }} {{ c }}"
    assert facts(blanks).document.template
    assert not facts(blanks, "README.md").document.template


def test_suppressions_and_front_matter_are_told():
    found = facts("---\nlicense: mit\ntags: [a, b]\nmodel-index: [{x: 1}]\n---\n<!-- readiness: ignore[a] why -->\n")
    assert found.suppressions[0].rules == ("a",)
    assert found.document.front_matter == {"license": "mit", "tags": "a, b", "model-index": ""}


def test_text_before_the_first_heading_and_the_front_matter_answer():
    document = facts("---\ndatasets: [stays]\n---\nRecall may be lower for women.\n\n## Notes\nNone.\n").document
    assert {"training-data", "bias"} <= set(document.answers)


def test_labels_without_markup_answer():
    found = sections("# Card\n## Notes\nLimitations: adults only\n\n| Training data | stays of 2022 |\n|---|---|\n")
    assert set(found["Notes"].slots) == {"limitations", "training-data"}


def test_a_label_with_nothing_filled_in_answers_nothing():
    assert sections("# Card\n## Notes\nLimitations: {{ limitations }}\n")["Notes"].slots == ()


def test_a_link_to_a_document_answers_what_its_name_says_and_an_anchor_does_not():
    found = sections("# Card\n## Notes\nSee [more](docs/KNOWN_LIMITATIONS.md) and [here](#bias).\n")
    assert found["Notes"].slots == ("limitations",)


def test_a_section_that_only_says_not_available_was_not_filled_in():
    found = facts("# Card\n## Bias\nN/A\n\n## Paper\nN/A\n\n## Details\n- **Finetuned from:** None\n").document
    assert [item.section for item in found.placeholders] == ["Bias"]


def test_a_long_line_is_quoted_by_what_was_not_filled_in():
    sentence = f"The data come from a number of hospitals {'in the north ' * 9}in [More Information Needed]."
    assert [item.text for item in facts(sentence).document.placeholders] == ["[More Information Needed]"]


def test_a_card_that_links_to_another_card_defers_to_it():
    assert facts("See [the card](docs/MODEL_CARD.md).", "README.md").document.defers is False
    assert facts("# Model card\nSee [it](docs/MODEL_CARD.md).", "README.md").document.defers
    assert not facts("# Model card\nSee [above](MODEL_CARD.md#top).").document.defers


def test_headings_without_a_known_word_are_not_understood():
    unknown = "# Card\n## Tukio\nx\n## Mwanzo\ny\n## Mwisho\nz\n"
    assert not facts(unknown).document.legible
    assert facts(unknown + "## Bias\nw\n").document.legible
    assert not facts("# Card\n## Обзор\nx\n").document.legible
