"""Archives of a commit are read without being unpacked: links, paths upwards and sizes are no danger."""

from __future__ import annotations

import io
import tarfile

import pytest

from readiness.review.github import archive
from readiness.review.github.archive import unpack
from readiness.review.github.contents import git_id
from readiness.review.github.failures import PlatformError


def tar(*members):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as file:
        for name, content in members:
            info = tarfile.TarInfo(f"acme-model-abc/{name}")
            if isinstance(content, bytes):
                info.size = len(content)
                file.addfile(info, io.BytesIO(content))
            else:
                info.type, info.linkname = content
                file.addfile(info)
    buffer.seek(0)
    return buffer


def everything(path):
    return True


def test_files_are_read_by_their_path_in_the_repository():
    tree = unpack(tar(("src/a.py", b"x = 1\n"), ("data.csv", b"1\n")), everything)
    assert {path: file.data for path, file in tree.files.items()} == {"src/a.py": b"x = 1\n", "data.csv": b""}


def test_links_are_named_and_not_followed():
    tree = unpack(tar(("a.py", (tarfile.SYMTYPE, "/etc/passwd")), ("b.py", (tarfile.LNKTYPE, "x"))), everything)
    assert (tree.files, tree.others) == ({}, frozenset({"a.py", "b.py"}))


@pytest.mark.parametrize("path", ["../up.py", "venv/lib.py", "node_modules/a.py", "a.pyi"])
def test_what_is_not_reviewed_on_disk_is_not_reviewed_here(path):
    assert unpack(tar((path, b"x\n")), everything).files == {}


def test_only_what_is_wanted_is_kept():
    assert list(unpack(tar(("a.py", b""), ("b.py", b"")), lambda path: path == "b.py").files) == ["b.py"]


def test_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "MAX_UNPACKED", 100)
    with pytest.raises(PlatformError, match="too many or too large"):
        unpack(tar(("a.py", b"x" * 101)), everything)


WHOLE = tar(("a.py", b"".join(b"a%d" % number**9 for number in range(1_000))), ("b.py", b"b")).getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"no archive", WHOLE[:60], WHOLE[:2_000] + b"\xff" * 100 + WHOLE[2_100:]],
    ids=["empty", "no archive", "cut off", "altered"],
)
def test_a_damaged_archive_is_explained(data):
    with pytest.raises(PlatformError, match="damaged"):
        unpack(io.BytesIO(data), everything)


def test_contents_are_named_as_git_names_them():
    assert git_id(b"hello\n") == "ce013625030ba8dba906f756967f9e9ca394464a"
