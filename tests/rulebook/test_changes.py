"""The table of library changes is in order: names once, versions that follow each other, a way to find every row."""

from __future__ import annotations

from packaging.version import Version

from readiness.facts.dependencies import PYTHON
from readiness.rulebook.changes import changes_formula, changes_of

TABLE = changes_of("library-changes")


def test_every_change_has_a_name_of_its_own() -> None:
    assert len(TABLE.by_name) == len(TABLE.changes)


def test_what_is_deprecated_is_removed_later_and_returns_later_still() -> None:
    for change in TABLE.changes:
        for versions in (change, *change.also.values()):
            told = [Version(one) for one in (versions.since, versions.removed, versions.returned) if one]
            assert told, change.name
            assert told == sorted(set(told)), change.name


def test_the_formula_of_a_table_is_made_once_for_all_its_rules() -> None:
    assert changes_formula("library-changes") is changes_formula("library-changes")


def test_every_argument_of_a_change_is_named_with_its_callable() -> None:
    for change in TABLE.changes:
        if change.argument and change.exact:
            assert change.instead.endswith("=...)"), change.name


def test_every_package_is_imported_as_something() -> None:
    packages = {package for change in TABLE.changes for package in (change.package, *change.also)}
    assert [package for package in sorted(packages) if package != PYTHON and not TABLE.modules_of(package)] == []
