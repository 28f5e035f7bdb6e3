import codecs

import pytest

from readiness.errors import UnreadableSource
from readiness.source.text import decode, decode_data


def test_utf8_is_the_default_and_a_byte_order_mark_is_dropped():
    assert decode("a.md", codecs.BOM_UTF8 + "é".encode()) == "é"


def test_a_python_file_may_declare_its_encoding():
    assert decode("a.py", b"# -*- coding: latin-1 -*-\nname = '\xe9'\n").endswith("'é'\n")


def test_the_declaration_counts_for_python_only():
    with pytest.raises(UnreadableSource, match="not valid UTF-8"):
        decode("a.md", b"# coding: latin-1\n\xe9")


def test_a_wrong_byte_is_named_with_its_place():
    with pytest.raises(UnreadableSource) as refused:
        decode("a.py", b"x = 1\ny = '\xe9'\n")
    assert refused.value.where == "a.py:2:6"
    assert refused.value.line == 2


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"a\nb\0c", "NUL"),
        ("x".encode("utf-16"), "UTF-16"),
        (b"# coding: klingon\n", "unknown encoding"),
        (b"# coding: rot13\nx = 1\n", "rot13"),
        (b"# coding: unicode_escape\nx = 1\n", "not an encoding of source text"),
        (codecs.BOM_UTF8 + b"# coding: latin-1\n", "encoding problem"),
    ],
)
def test_what_is_no_text_is_refused_with_advice(data, what):
    with pytest.raises(UnreadableSource, match=what) as refused:
        decode("a.py", data)
    assert refused.value.advice


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_data_is_read_in_the_encoding_that_its_tool_wrote(encoding):
    assert decode_data("a.txt", "key = “é”".encode(encoding)) == "key = “é”"


def test_binary_data_is_refused():
    with pytest.raises(UnreadableSource, match="NUL"):
        decode_data("a.json", b"\x89PNG\0")
