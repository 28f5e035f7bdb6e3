"""A whole check is fixed pass after pass; every fix is proven, and what is not is left out and said."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import pytest

from readiness.fix.passes import Fixes, fix_all
from readiness.fix.write import write_all

from .conftest import SAFE, UNSAFE, Analyse, stored_notebook


def after(fixes: Fixes, path: str = "a.py") -> bytes:
    return fixes.files[path].after


def reasons(fixes: Fixes) -> list[str]:
    return [left.reason for left in fixes.left_out]


def test_all_findings_of_all_files_are_fixed(analysed: Analyse) -> None:
    files = {"a_py": b"old_name(1)\nx = old_name(2)\n", "n_ipynb": stored_notebook("old_name(1)").encode()}
    fixes = fix_all(analysed(**files), unsafe=False)
    assert after(fixes) == b"new_name(1)\nx = new_name(2)\n"
    assert after(fixes, "n.ipynb") == files["n_ipynb"].replace(b'"old_name(1)"\n   ]\n', b'"new_name(1)"\n   ]\n')
    assert (fixes.fixed, fixes.more, fixes.report.findings) == (3, 0, ())


@pytest.mark.parametrize(
    "before",
    [
        b"x = 1\r\nold_name(1)\r\ny = 2\r\n",
        codecs.BOM_UTF8 + b"old_name(1)\n",
        b"# coding: latin-1\nold_name('\xe9')\n",
        b"old_name(1)",
        "a = '\N{GRINNING FACE}'; old_name('ü')\n".encode(),
    ],
    ids=["crlf", "bom", "latin-1", "no-newline", "utf-8"],
)
def test_everything_but_the_fix_keeps_its_bytes(analysed: Analyse, before: bytes) -> None:
    fixes = fix_all(analysed(a_py=before), unsafe=False)
    assert after(fixes) == before.replace(b"old_name", b"new_name")


def test_nested_findings_are_fixed_in_several_passes(analysed: Analyse) -> None:
    fixes = fix_all(analysed(a_py=b"old_name(old_name(old_name(1)), old_name(2))\n"), unsafe=False)
    assert after(fixes) == b"new_name(new_name(new_name(1)), new_name(2))\n"
    assert fixes.fixed == 4


def test_what_a_comment_silences_is_not_fixed(analysed: Analyse) -> None:
    text = b"old_name(1)  # readiness: ignore[named-thing] is kept\nold_name(2)\n"
    assert after(fix_all(analysed(a_py=text), unsafe=False)) == text.replace(b"old_name(2)", b"new_name(2)")


def test_unsafe_fixes_are_made_only_if_they_are_asked_for(analysed: Analyse) -> None:
    kept = fix_all(analysed(UNSAFE, a_py=b"old_name(1)\n"), unsafe=False)
    assert (kept.files, kept.more) == ({}, 1)
    made = fix_all(analysed(UNSAFE, a_py=b"old_name(1)\n"), unsafe=True)
    assert (after(made), made.more) == (b"new_name(1)\n", 0)


def test_a_fix_that_gives_no_program_is_left_out_and_the_others_are_made(analysed: Analyse) -> None:
    fix = r'{regex: {pattern: "(?s)old_name\\((.*)\\)", replacement: "new_name(\\1"}, safety: safe}'
    fixes = fix_all(analysed(fix, a_py=b"old_name()\nx = (old_name(1))\ny = 1\n"), unsafe=False)
    assert fixes.files == {}
    assert len(reasons(fixes)) == 2
    assert all("could not be read afterwards" in reason for reason in reasons(fixes))
    fix = r'{regex: {pattern: "old_name\\((?=\\d)|(?<=\\()x", replacement: "new_name("}, safety: safe}'
    fixes = fix_all(analysed(fix, a_py=b"old_name(1)\nold_name(x)\nold_name(2)\n"), unsafe=False)
    assert after(fixes) == b"new_name(1)\nold_name(x)\nnew_name(2)\n"
    assert len(reasons(fixes)) == 1


def test_a_fix_that_makes_another_finding_is_left_out(analysed: Analyse) -> None:
    fixes = fix_all(analysed('{replace: "old_name(old_name(1))", safety: safe}', a_py=b"old_name(1)\n"), unsafe=False)
    assert fixes.files == {}
    assert reasons(fixes) == ["named-thing would still speak"]


def test_ipython_syntax_is_left_alone(analysed: Analyse) -> None:
    stored = stored_notebook("!echo old_name(1)\n%time old_name(2)\nx = old_name(3)")
    fixes = fix_all(analysed(n_ipynb=stored.encode()), unsafe=False)
    assert after(fixes, "n.ipynb").decode() == stored.replace("%time old_", "%time new_").replace(
        "x = old_", "x = new_"
    )


def test_a_cell_that_nobody_can_read_is_in_the_way_of_no_other(analysed: Analyse) -> None:
    stored = stored_notebook("old_name(1)", "def (", "old_name(2)")
    fixes = fix_all(analysed(n_ipynb=stored.encode()), unsafe=False)
    assert after(fixes, "n.ipynb").decode() == stored.replace('"old_name(1)"\n   ]', '"new_name(1)"\n   ]').replace(
        "old_name(2)", "new_name(2)"
    )


def test_a_fix_that_breaks_a_cell_is_refused_beside_one_that_was_broken(analysed: Analyse) -> None:
    fix = '{regex: {pattern: "old_name", replacement: "new name"}, safety: safe}'
    fixes = fix_all(analysed(fix, n_ipynb=stored_notebook("def (", "old_name(1)").encode()), unsafe=False)
    assert fixes.files == {}
    assert "could not be read afterwards" in reasons(fixes)[0]


NEEDS_IMPORT = '{replace: "pd.new_name($...X)", imports: [import pandas as pd], safety: safe}'


def test_an_import_goes_into_the_cell_that_imports(analysed: Analyse) -> None:
    stored = stored_notebook("import os", "x = 1", "old_name(x)\nold_name(2)")
    fixes = fix_all(analysed(NEEDS_IMPORT, n_ipynb=stored.encode()), unsafe=False)
    cells = json.loads(after(fixes, "n.ipynb"))["cells"]
    assert ["".join(cell["source"]) for cell in cells] == [
        "import os\nimport pandas as pd",
        "x = 1",
        "pd.new_name(x)\npd.new_name(2)",
    ]


def test_an_import_goes_to_the_top_of_the_cell_if_no_cell_imports(analysed: Analyse) -> None:
    stored = stored_notebook("x = 1", "%matplotlib inline\n# beds\nold_name(x)")
    fixes = fix_all(analysed(NEEDS_IMPORT, n_ipynb=stored.encode()), unsafe=False)
    cells = json.loads(after(fixes, "n.ipynb"))["cells"]
    assert ["".join(cell["source"]) for cell in cells] == [
        "x = 1",
        "%matplotlib inline\n# beds\nimport pandas as pd\n\npd.new_name(x)",
    ]


def test_a_file_that_changed_since_it_was_read_is_not_fixed(analysed: Analyse, tmp_path: Path) -> None:
    checked = analysed(a_py=b"old_name(1)\n", b_py=b"old_name(2)\n")
    (tmp_path / "project/a.py").write_bytes(b"x = 1\nold_name(1)\n")
    fixes = fix_all(checked, unsafe=False)
    assert list(fixes.files) == ["b.py"]
    assert reasons(fixes) == ["the file changed while it was checked"]


def test_a_file_that_changed_before_it_is_written_is_left_alone_and_reported_as_it_was(
    analysed: Analyse, tmp_path: Path
) -> None:
    checked = analysed(SAFE, a_py=b"old_name(1)\n", b_py=b"old_name(2)\n")
    fixes = fix_all(checked, unsafe=False)
    (tmp_path / "project/a.py").write_bytes(b"changed = 1\n")
    refused = write_all(checked, fixes)
    assert "changed on disk" in refused["a.py"]
    assert (tmp_path / "project/a.py").read_bytes() == b"changed = 1\n"
    assert (tmp_path / "project/b.py").read_bytes() == b"new_name(2)\n"
    assert [finding.location.path for finding in fixes.report.findings] == ["a.py"]
    assert fixes.fixed == 1
