"""A compressed body made plain, never larger than was asked for."""

import zlib

_GZIP = 16 + zlib.MAX_WBITS
"""What zlib calls the format of gzip: its window, and 16."""
_GZIP_START = b"\x1f\x8b"
_CHAIN = 3
"""Codings one over the other. By hand: a server makes one and a proxy another."""
_MEMBERS = 100
"""By hand: files of gzip that were joined are few; each member costs a copy of the rest."""
ACCEPTED = "gzip, deflate"
"""The value of the ``Accept-Encoding`` header: what `decompress` reads."""


class CompressionError(ValueError):
    """A body is damaged or compressed in a way that we cannot read."""


def decompress(body: bytes, encoding: str, limit: int) -> bytes:
    """Undo a ``Content-Encoding``. Stops at ``limit + 1`` bytes, so a longer result is a sign of too large a page.

    Raises `CompressionError` for an unknown coding and for damaged or incomplete data.
    """
    codings = [coding.strip() for coding in encoding.lower().split(",") if coding.strip() not in ("", "identity")]
    if len(codings) > _CHAIN:
        raise CompressionError(f"is compressed {len(codings)} times over")
    for coding in reversed(codings):
        body = _undo(body, coding, limit + 1)
    return body


def _undo(body: bytes, coding: str, most: int) -> bytes:
    try:
        if coding in ("gzip", "x-gzip"):
            return _inflate(body, _GZIP, most)
        if coding == "deflate":
            return _undeflate(body, most)
    except zlib.error as error:
        raise CompressionError(f"came damaged ({error})") from None
    raise CompressionError(f"is compressed with {coding}, which cannot be read")


def _undeflate(body: bytes, most: int) -> bytes:
    """The coding means zlib's format, but some servers send bare deflate data."""
    try:
        return _inflate(body, zlib.MAX_WBITS, most)
    except zlib.error:
        return _inflate(body, -zlib.MAX_WBITS, most)


def _inflate(body: bytes, window: int, most: int) -> bytes:
    plain = bytearray()
    for _ in range(_MEMBERS):
        stream = zlib.decompressobj(window)
        plain += stream.decompress(body, most - len(plain))
        if len(plain) >= most:
            return bytes(plain)
        if not stream.eof:
            raise CompressionError("came incomplete")
        body = stream.unused_data
        if not body.startswith(_GZIP_START):  # the end, or padding
            return bytes(plain)
    raise CompressionError("came in too many compressed parts")
