"""The columns of rows are read where they are literal; a row with one that is not has none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.collect.classify import kind_of, role_of
from readiness.collect.source_file import SourceFile
from readiness.engine.read import read_unit
from readiness.facts.model import FileFacts
from readiness.facts.rows import as_word


def facts(text: str, path: str = "app.py") -> FileFacts:
    file = SourceFile(path, kind_of(path, len(text)), role_of(path, path), len(text), data=text.encode())
    return read_unit(file)[0].facts


def rows(text: str, path: str = "app.py") -> list[tuple[str, tuple[str, ...], int]]:
    return [(row.name, row.columns, row.hit.location.line) for row in facts(text, path).rows]


STAY = (
    "from pydantic import BaseModel, Field\nclass Stay(BaseModel):\n    age: int\n    ward: str = 'A'\n    days: int\n"
)


def test_a_request_has_the_fields_of_its_class() -> None:
    method = "    limit = 3\n    def whole(self):\n        inner: int = 1\n        return inner\n"
    assert rows(STAY + method) == [("Stay", ("age", "ward", "days"), 2)]


def test_a_class_has_the_fields_of_the_class_above_it() -> None:
    below = "class Emergency(Stay):\n    minutes: int\n    age: float\n"
    assert rows(STAY + below)[1] == ("Emergency", ("age", "ward", "days", "minutes"), 6)


@pytest.mark.parametrize(
    "table",
    [
        "pd.DataFrame([{'age': a, 'ward': w, 'days': 1}])",
        "pd.DataFrame({'age': [a], 'ward': [w], 'days': [1]})",
        "pd.DataFrame([[a, w, 1]], columns=['age', 'ward', 'days'])",
        "pd.DataFrame(data={'x': 1}, columns=('age', 'ward', 'days'))",
    ],
)
def test_a_table_has_the_columns_that_are_written(table: str) -> None:
    assert rows(f"import pandas as pd\nrow = {table}\n") == [("pandas.DataFrame", ("age", "ward", "days"), 2)]


@pytest.mark.parametrize(
    "table",
    [
        "pd.DataFrame([{'age': a, 'ward': w, **rest, 'days': 1}])",
        "pd.DataFrame({'age': [a], name: [w], 'days': [1], 'beds': 2})",
        "pd.DataFrame([[a, w, 1]], columns=COLUMNS)",
        "pd.DataFrame([[a, w, 1]], columns=['age', 'ward', *more])",
        "pd.DataFrame([{'age': 1, 'ward': 2, 'days': 3}, {'age': 2}])",
        "pd.DataFrame(rows)",
        "pd.DataFrame()",
        "pd.DataFrame({'age': [a], 'ward': [w]})",
        "Frame({'age': [a], 'ward': [w], 'days': [1]})",
    ],
)
def test_what_is_not_known_or_short_is_no_row(table: str) -> None:
    assert rows(f"import pandas as pd\nrow = {table}\n") == []


def test_the_words_of_a_program_are_its_names_and_short_texts() -> None:
    text = f"row['Hours per week'] = stay.total_days\nf(ward_id=1)\n'''{'long ' * 20}'''\n"
    assert facts(text).words == {"row", "hoursperweek", "stay", "totaldays", "f", "wardid"}


def test_a_test_has_neither_rows_nor_words() -> None:
    told = facts(STAY, "tests/test_app.py")
    assert (told.rows, told.words) == ((), frozenset())


@given(st.lists(st.text("abc1", min_size=1), min_size=1, max_size=4), st.sampled_from([" ", "-", "_", ""]))
def test_a_name_is_the_same_word_however_its_parts_are_joined(parts: list[str], sign: str) -> None:
    assert as_word(sign.join(parts)) == as_word("_".join(parts).upper())
