"""Bytes of a page become text.

The order: byte order mark, valid UTF-8, the server's header, the page's own declaration, detection, windows-1252. Valid
UTF-8 comes before the header because servers misname UTF-8 far more often than another encoding happens to be valid.
"""

import codecs
import re
from typing import NamedTuple

import webencodings

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]+)", re.I)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.S)
_META = re.compile(rb"<meta\s[^>]*?charset\s*=\s*[\"']?\s*([\w:.-]+)", re.I)
_XML = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w:.-]+)", re.I)
_DECLARED_WITHIN = 8192
_DETECTED_ON = 65_536
_DETECTED_FROM = 20
"""Bytes beyond ASCII below which detection is guesswork, and windows-1252 the better guess."""
_DAMAGE = 0.002
"""The share of characters that may be damaged before we stop believing a declared encoding."""


class Decoded(NamedTuple):
    """Text, the encoding it was in, and how that was found."""

    text: str
    encoding: str
    """Python's name."""
    origin: str
    """``bom``, ``utf-8``, ``header``, ``meta``, ``detected`` or ``fallback``."""


def decode(body: bytes, content_type: str = "") -> Decoded:
    """Decode a page or a text file. Never fails: what cannot be decoded becomes U+FFFD."""
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return Decoded(body[len(bom) :].decode(encoding, "replace"), encoding, "bom")
    if _could_be_utf8(body) and (text := _strict_utf8(body)) is not None:
        return Decoded(text, "utf-8", "utf-8")
    for origin, label in (("header", _header_label(content_type)), ("meta", _meta_label(body))):
        text = _decode_as(body, label)
        if text is not None:
            return Decoded(text, label, origin)
    label = _detect(body)
    text = _decode_as(body, label)
    if text is not None:
        return Decoded(text, label, "detected")
    return Decoded(body.decode("cp1252", "replace"), "cp1252", "fallback")


def _could_be_utf8(body: bytes) -> bool:
    """Zero bytes mean UTF-16 and escapes mean ISO-2022: both are valid UTF-8 by accident."""
    head = body[:_DECLARED_WITHIN]
    return b"\0" not in head and b"\x1b" not in head


def _strict_utf8(body: bytes) -> str | None:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _header_label(content_type: str) -> str:
    match = _HEADER.search(content_type)
    return _python_name(match[1]) if match else ""


def _meta_label(body: bytes) -> str:
    head = _COMMENT.sub(b"", body[:_DECLARED_WITHIN])
    match = _XML.match(head) or _META.search(head)
    if not match:
        return ""
    name = _python_name(match[1].decode("ascii", "replace"))
    # As browsers do: a declaration that can be read as ASCII cannot be UTF-16.
    return "utf-8" if name.startswith("utf-16") else name


def _python_name(label: str) -> str:
    """The codec for a label as the web uses it: ``latin1`` and ``ascii`` both mean windows-1252 there."""
    encoding = webencodings.lookup(label)
    if encoding is None or encoding.name in ("x-user-defined", "replacement"):
        return ""
    return "gb18030" if encoding.name == "gbk" else str(encoding.codec_info.name)  # browsers read GBK as its superset


def _decode_as(body: bytes, label: str) -> str | None:
    if not label:
        return None
    text = body.decode(label, "replace")
    return text if text.count("\ufffd") <= len(text) * _DAMAGE else None


def _detect(body: bytes) -> str:
    if _looks_like_utf16(body):
        return "utf-16-le" if body[1:200:2].count(0) > body[:200:2].count(0) else "utf-16-be"
    if sum(byte > 127 for byte in body[:_DETECTED_ON]) < _DETECTED_FROM:
        return ""
    from charset_normalizer import from_bytes  # slow to import, and few pages get here

    best = from_bytes(body[:_DETECTED_ON]).best()
    return best.encoding if best else ""


def _looks_like_utf16(body: bytes) -> bool:
    head = body[:200]
    return head.count(0) > len(head) * 0.35
