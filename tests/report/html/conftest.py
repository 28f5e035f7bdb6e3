"""A page in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chromium import NoBrowser, Visit, browser, visit


@pytest.fixture
def open_page(tmp_path: Path) -> Callable[..., Visit]:
    """Write a page to a file, open it and carry out steps."""
    try:
        browser()
    except NoBrowser as missing:
        pytest.skip(str(missing))

    def opened(page: str, *steps: dict[str, Any], **options: Any) -> Visit:
        file = tmp_path / "page.html"
        file.write_text(page, encoding="utf-8")
        return visit(file, *steps, **options)

    return opened
