from hypothesis import given
from hypothesis import strategies as st

from readiness.facts.front_matter import front_matter_fields
from readiness.source.document import DocumentSource


def fields(text):
    found = front_matter_fields(DocumentSource.parse("MODEL_CARD.md", text))
    return [(field.name, field.value, field.nested, field.hit.location.line) for field in found]


def test_each_value_of_a_list_is_a_field_at_the_line_of_its_key():
    text = "---\nlicense: mit\nlanguage:\n  - en\n  - fr\n---\n# Risk\n"
    assert fields(text) == [("license", "mit", False, 2), ("language", "en", False, 3), ("language", "fr", False, 3)]


def test_what_is_nested_or_empty_has_no_text():
    text = "---\nmodel-index:\n  - name: a\nlicense:\nsize: 3\n---\n"
    assert fields(text) == [("model-index", "", True, 2), ("license", "", False, 4), ("size", "3", False, 5)]


def test_a_document_without_front_matter_has_no_fields():
    assert fields("# Risk\n\nlicense: mit\n") == []
    assert fields("---\nlicense: [mit\n---\n") == []


@given(
    st.lists(
        st.sampled_from(["---", "license: mit", "a: [1, {b: c}]", "a:", "  a: b", "'a b': c", "", "# T"]), max_size=12
    )
)
def test_every_field_stands_where_its_key_is_written(lines):
    for name, _, _, line in fields("\n".join(lines)):
        assert lines[line - 1].startswith(name)
