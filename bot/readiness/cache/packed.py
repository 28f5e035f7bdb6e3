"""Values as they lie in the store: small, and quick to make and to read."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar, cast

import msgspec

T = TypeVar("T")
_FAST = 1
_encoder = msgspec.msgpack.Encoder()
_decoder: Callable[[Any], msgspec.msgpack.Decoder[Any]] = cache(msgspec.msgpack.Decoder)


def packed(value: object) -> bytes | None:
    """A value as bytes; None for what has no form to keep it in, such as a file name that is no text."""
    try:
        return zlib.compress(_encoder.encode(value), _FAST)
    except UnicodeEncodeError:
        return None


def unpacked(content: bytes | None, kind: type[T]) -> T | None:
    """The value that was packed; None if there is none, or if it is damaged."""
    try:
        return None if content is None else cast(T, _decoder(kind).decode(zlib.decompress(content)))
    except (zlib.error, msgspec.DecodeError):
        return None
