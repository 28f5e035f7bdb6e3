"""What DVC recorded of data: paths as seen from the root of the project, each with its hash and line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.facts.dvc import is_dvc_file, recorded_hashes

LOCK = """schema: '2.0'
stages:
  prepare:
    cmd: python prepare.py
    deps:
    - path: raw/visits.csv
      hash: md5
      md5: 8fc1b2c4d9e01f23a4b5c6d7e8f90123
      size: 120
    outs:
    - path: ../shared/clean
      md5: 00c1b2c4d9e01f23a4b5c6d7e8f90123.dir
"""


def test_the_files_of_dvc_are_known_by_their_names():
    assert [is_dvc_file(path) for path in ("dvc.lock", "data/x.csv.dvc", "dvc.yaml", "uv.lock")] == [
        True,
        True,
        False,
        False,
    ]


def test_a_lock_tells_each_path_from_the_root():
    found = recorded_hashes("models/dvc.lock", LOCK)
    assert [(one.name, one.value, one.hit.location.line) for one in found] == [
        ("models/raw/visits.csv", "8fc1b2c4d9e01f23a4b5c6d7e8f90123", 8),
        ("shared/clean", "00c1b2c4d9e01f23a4b5c6d7e8f90123.dir", 12),
    ]


def test_a_file_of_one_output_tells_it():
    found = recorded_hashes("data/x.csv.dvc", "outs:\n- md5: 8fc1b2c4\n  path: x.csv\n")
    assert [(one.name, one.value) for one in found] == [("data/x.csv", "8fc1b2c4")]


WORDS = ["path: x.csv\n", "md5: 8fc1\n", "outs:\n", "path", "md5", "x.csv", "8fc1"]
SIGNS = [": ", ", ", "- ", "? ", "\n", "\r\n", "\r", "\f", "\t", "  ", *"{}[]#|\"'é\u2028\x85", "../", "&a ", "*a"]


@pytest.mark.parametrize("text", ["? - md5\n", "path: x.csv\n? md5", 'path: x.csv\nmd5: "8f\n  c1"'])
def test_a_file_without_a_hash_on_a_line_records_nothing(text):
    assert recorded_hashes("dvc.lock", text) == ()


@given(st.lists(st.sampled_from(WORDS + SIGNS)).map("".join))
def test_what_any_text_records_stands_where_it_is_told(text):
    for one in recorded_hashes("dvc.lock", text):
        place = one.hit.location
        (line,) = one.hit.source_lines
        assert one.value in line[place.column - 1 : place.end_column - 1]
