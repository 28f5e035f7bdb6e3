import json

import pytest

from readiness.errors import UsageError
from readiness.facts.coverage import read_coverage

XML = """<?xml version="1.0" ?>
<coverage version="7"><packages><package><classes>
<class filename="pkg/a.py"><lines><line number="1" hits="1"/><line number="2" hits="0"/><line number="5" hits="3"/></lines></class>
</classes></package></packages></coverage>
"""
JSON = json.dumps({"meta": {}, "files": {"pkg/a.py": {"executed_lines": [1, 5]}}})


LCOV = """TN:one
SF:pkg/a.py
FN:1,f
DA:1,1,3f2a
DA:2,0
end_of_record
TN:two
SF:pkg/a.py
DA:5,3
end_of_record
"""


@pytest.mark.parametrize(("name", "text"), [("coverage.xml", XML), ("coverage.json", JSON), ("lcov.info", LCOV)])
def test_a_function_ran_if_a_line_of_its_body_did(tmp_path, name, text):
    report = tmp_path / name
    report.write_text(text)
    coverage = read_coverage(report)
    assert coverage.executed("pkg/a.py", 1, 3) is False
    assert coverage.executed("pkg/a.py", 4, 6) is True
    assert coverage.executed("src/pkg/a.py", 4, 6) is True
    assert coverage.executed("other/a.py", 4, 6) is None


def test_names_in_xml_count_from_the_folder_that_was_measured(tmp_path):
    report = tmp_path / "coverage.xml"
    files = "".join(
        f'<class filename="{name}"><lines><line number="2" hits="{hits}"/></lines></class>'
        for name, hits in (("util.py", 1), ("sub/util.py", 0))
    )
    report.write_text(f"<coverage><sources><source>/ci/work/src/pkg</source></sources>{files}</coverage>")
    coverage = read_coverage(report)
    assert coverage.executed("src/pkg/util.py", 1, 3) is True
    assert coverage.executed("src/pkg/sub/util.py", 1, 3) is False


def test_of_files_with_one_name_the_one_with_the_longest_common_end_is_meant(tmp_path):
    report = tmp_path / "coverage.json"
    report.write_text(
        json.dumps({"files": {"util.py": {"executed_lines": [2]}, "sub/util.py": {"executed_lines": []}}})
    )
    coverage = read_coverage(report)
    assert coverage.executed("pkg/sub/util.py", 1, 3) is False
    assert coverage.executed("pkg/util.py", 1, 3) is True


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "{}",
        "[1]",
        '{"files": {"a.py": {}}}',
        "<html/>",
        "SF:a.py\nDA:1",
        "SF:a.py\nDA:one,two",
        "<coverage",
        '<!DOCTYPE a [<!ENTITY b "c">]><coverage/>',
    ],
)
def test_what_is_no_report_is_refused_with_advice(tmp_path, text):
    report = tmp_path / "coverage.xml"
    report.write_text(text)
    with pytest.raises(UsageError) as refused:
        read_coverage(report)
    assert refused.value.advice
    assert refused.value.where == str(report)


def test_a_report_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(UsageError, match="cannot read"):
        read_coverage(tmp_path / "none.xml")
