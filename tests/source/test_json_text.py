import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.errors import UnreadableSource
from readiness.source.json_text import JsonMap

documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


def strings_by_path(value, path=()):
    """What the map should file: a string under its path, the strings of an array under the array."""
    found = {}
    if isinstance(value, dict):
        for key, item in value.items():
            merge(found, {(*path, key): [item]} if isinstance(item, str) else strings_by_path(item, (*path, key)))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            merge(found, {path: [item]} if isinstance(item, str) else strings_by_path(item, (*path, index)))
    return found


def merge(into, more):
    for path, items in more.items():
        into.setdefault(path, []).extend(items)


@given(documents, st.sampled_from([None, 0, 1, 4]), st.booleans())
def test_every_string_is_found_under_its_path_on_the_line_that_holds_it(document, indent, ascii_only):
    text = json.dumps(document, indent=indent, ensure_ascii=ascii_only)
    places = JsonMap("a.json", text, keep_below=100)
    lines = text.split("\n")
    for path, expected in strings_by_path(document).items():
        found = places.strings(path)
        assert [value for value, _ in found] == expected
        for value, line in found:
            assert json.dumps(value, ensure_ascii=ascii_only) in lines[line - 1]


def test_a_duplicate_key_is_refused_even_if_it_is_escaped():
    with pytest.raises(UnreadableSource, match="'source' occurs twice") as refused:
        JsonMap("a.ipynb", '{"source": 1,\n "s\\u006furce": 2}')
    assert refused.value.where == "a.ipynb:2:2"


def test_the_same_key_in_different_objects_is_fine():
    assert JsonMap("a.json", '[{"a": "x"}, {"a": "y"}]').strings((1, "a")) == [("y", 1)]


def test_deep_nesting_is_refused_before_any_library_reads_it():
    with pytest.raises(UnreadableSource, match="deeper than 100"):
        JsonMap("a.ipynb", "[" * 100_000)


@pytest.mark.parametrize("text", ["", "}", "]]", '{"a"', '{"a": "b', '"\\', "{,,}", "[1, }"])
def test_invalid_text_is_left_to_the_json_library(text):
    assert JsonMap("a.json", text).strings(("no", "such", "place")) == []
