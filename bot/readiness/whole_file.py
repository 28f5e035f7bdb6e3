"""Write a file so that whoever reads it, or stops us, finds the old content or the new one, never a half."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path

PRIVATE = 0o600


def replace_file(
    place: Path, content: bytes, *, mode: int = PRIVATE, before: Callable[[Path], None] = lambda new: None
) -> None:
    """Put a new file in the place of another one, if there is one; raises OSError.

    `before` is called with the new file when it is written and not yet in its place; if it raises, all stays as it was.
    """
    # Named before it is made: whenever an interruption comes, nothing is left behind.
    new = place.with_name(f".{place.name[:100]}.{secrets.token_hex(8)}")
    try:
        with open(new, "xb", opener=partial(os.open, mode=mode)) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        before(new)
        new.replace(place)
    finally:
        new.unlink(missing_ok=True)
