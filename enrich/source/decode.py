"""Bytes of a page become text.

The order: byte order mark, valid UTF-8, the server's header, the page's own declaration, detection, windows-1252. Valid
UTF-8 comes before the header because servers misname UTF-8 far more often than another encoding happens to be valid.
"""

import codecs
import re
from typing import NamedTuple

import webencodings

from enrich.text.language import choose_language
from enrich.text.pattern import lazy_pattern

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HEADER = lazy_pattern(r"charset\s*=\s*[\"']?\s*([^\s\"';,]+)", re.I)
_COMMENT = lazy_pattern(rb"<!--.*?(?:-->|\Z)", re.S)
_META = lazy_pattern(rb"<meta\s[^>]*?charset\s*=\s*[\"']?\s*([\w:.-]+)", re.I)
_XML = lazy_pattern(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w:.-]+)", re.I)
_DECLARED_WITHIN = 8192
"""Bytes in which a page declares its encoding. HTML asks for 1,024; of 54 real pages one declares it at 6,010."""
_DETECTED_ON = 65_536
"""Bytes. By hand, a bound of time: the detector reads them in every encoding that could be meant."""
_DETECTED_FROM = 20
"""Bytes beyond ASCII below which detection is guesswork, and windows-1252 the better guess."""
_LANGUAGE = lazy_pattern(rb"<html\s[^>]*?lang\s*=\s*[\"']?\s*([a-z]{2})(?![a-z])", re.I)
_LEGACY = {
    "cp1252": "en de fr es pt it nl sv da no fi is ca gl eu id",
    "cp1250": "pl cs sk hu sl hr bs ro sq",
    "cp1251": "ru uk bg sr mk be kk mn",
    "koi8-r": "ru",
    "cp1253": "el",
    "cp1254": "tr az",
    "cp1255": "he",
    "cp1256": "ar fa ur",
    "cp1257": "lt lv et",
    "cp1258": "vi",
    "cp874": "th",
    "cp932": "ja",
    "euc_jp": "ja",
    "cp949": "ko",
    "gb18030": "zh",
    "big5": "zh",
}
"""The encodings that pages were written in before UTF-8, and the languages written in them."""
_TAG = lazy_pattern(rb"<[^<>]*+>")
_MENDED = "enrich.mended"
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
    return Decoded(_western(body), "cp1252", "fallback")


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
    if label == "utf-8":
        return _mend_utf8(body)
    text = body.decode(label, "replace")
    return text if text.count("\ufffd") <= len(text) * _DAMAGE else None


def _mend_utf8(body: bytes) -> str | None:
    """UTF-8 in which a few bytes are windows-1252, as pasted texts are; None when most letters beyond ASCII are.

    A page that calls itself UTF-8 and is none is another encoding altogether.
    """
    broken = 0

    def read_as_cp1252(error: UnicodeError) -> tuple[str, int]:
        nonlocal broken
        assert isinstance(error, UnicodeDecodeError)
        broken += error.end - error.start
        return _western(error.object[error.start : error.end]), error.end

    codecs.register_error(_MENDED, read_as_cp1252)
    text = body.decode("utf-8", _MENDED)
    beyond = sum(character > "\x7f" for character in text)
    return text if broken * 2 <= beyond else None


def _western(body: bytes) -> str:
    """Windows-1252 as the web reads it: its five unused bytes are controls, and no byte is an error."""
    return str(webencodings.decode(body, "windows-1252")[0])


def _detect(body: bytes) -> str:
    if _looks_like_utf16(body):
        return "utf-16-le" if body[1:200:2].count(0) > body[:200:2].count(0) else "utf-16-be"
    declared = _by_language(body[:_DETECTED_ON])
    if declared or sum(byte > 127 for byte in body[:_DETECTED_ON]) < _DETECTED_FROM:
        return declared
    from charset_normalizer import from_bytes  # slow to import, and few pages get here

    best = from_bytes(body[:_DETECTED_ON]).best()
    return best.encoding if best else ""


def _by_language(body: bytes) -> str:
    """The encoding that pages in the declared language were written in, if the text then reads as that language."""
    match = _LANGUAGE.search(body[:_DECLARED_WITHIN])
    language = match[1].decode("ascii").lower() if match else ""
    lines = [line for line in _TAG.sub(b" ", body).splitlines() if not line.isascii()]
    for label in (label for label, languages in _LEGACY.items() if language in languages.split()):
        text = b"\n".join(lines).decode(label, "replace")
        if "\ufffd" not in text[:-4] and choose_language(text, [language]) == language:
            return label
    return ""


def _looks_like_utf16(body: bytes) -> bool:
    head = body[:200]
    return head.count(0) > len(head) * 0.35
