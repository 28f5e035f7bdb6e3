"""For whom a review is written. A level decides how many comments there are and how deep they go, never what is true."""

from __future__ import annotations

from typing import Literal, get_args

Level = Literal["junior", "senior", "lead"]
LEVELS: tuple[Level, ...] = get_args(Level)
ROOM = {"junior": 3, "senior": 7, "lead": 50}
"""Comments of one run that do not block: who learns can take in a few at a time."""
