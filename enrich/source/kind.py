"""What kind of thing an address gave us, from what the server says and from the bytes themselves."""

import json
import re

from enrich.errors import SourceError
from enrich.text.pattern import lazy_pattern
from enrich.text.quoted import quote

_MEDIA_TYPE = lazy_pattern(r"\s*([\w.+-]+/[\w.+-]+)")
# Possessive, so that a page of a thousand comments is not read in every possible division.
_ROOT = lazy_pattern(rb"\s*+(?>(?:(?><\?xml[^>]*+>|<!--.*?-->)\s*+)*)<(?:!doctype\s++)?([a-z][\w:.-]*+)", re.I | re.S)
_SNIFFED_BYTES = 4096
"""By hand: WHATWG's MIME Sniffing looks at 1,445, and long comments stand before a root."""

# What the first bytes say (offset, bytes, kind).
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "PDF"),
    (0, b"\x89PNG\r\n\x1a\n", "image"),
    (0, b"\xff\xd8\xff", "image"),
    (0, b"GIF8", "image"),
    (8, b"WEBP", "image"),
    (4, b"ftypavif", "image"),
    (4, b"ftypheic", "image"),
    (4, b"ftyp", "video"),
    (0, b"\x1aE\xdf\xa3", "video"),
    (8, b"AVI ", "video"),
    (0, b"FLV\x01", "video"),
    (0, b"ID3", "audio"),
    (0, b"\xff\xfb", "audio"),
    (0, b"OggS", "audio"),
    (0, b"fLaC", "audio"),
    (8, b"WAVE", "audio"),
    (0, b"PK\x03\x04", "zip"),
    (0, b"PK\x05\x06", "zip"),
    (0, b"\x1f\x8b", "gzip"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office"),
    (0, b"{\\rtf", "office"),
    (0, b"From: <Saved by ", "web archive"),
    (0, b"bplist00", "web archive"),
)

_BY_TYPE = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "text",
    "text/x-markdown": "text",
    "application/pdf": "PDF",
    "application/x-pdf": "PDF",
    "application/json": "JSON",
    "application/ld+json": "JSON",
    "application/feed+json": "feed",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "application/zip": "zip",
    "application/msword": "office",
    "application/rtf": "office",
    "application/epub+zip": "office",
    "text/calendar": "data",
    "text/csv": "data",
    "text/css": "data",
    "text/javascript": "data",
    "application/javascript": "data",
}
_BY_PART = {
    "video/": "video",
    "audio/": "audio",
    "image/": "image",
    "font/": "data",
    "application/vnd.openxmlformats-officedocument": "office",
    "application/vnd.oasis.opendocument": "office",
    "application/vnd.ms-": "office",
    "+json": "JSON",
    "/xml": "XML",
    "+xml": "XML",
}
_FRAGMENT = lazy_pattern(
    rb"\s*<(?:head|body|main|article|section|div|p|h[1-6]|table|ul|ol|meta|title|header)(?:\s[^<>]*)?>", re.I
)
_ROOTS = {b"rss": "feed", b"feed": "feed", b"rdf:rdf": "feed", b"html": "html", b"svg": "image"}

_SAVE_TEXT = "save its text and pass it with --text FILE"
_REFUSALS = {
    "PDF": "is a PDF, not a text; give it by its name: enrich draft FILE --url ADDRESS",
    "video": "is a video; pass its transcript with --text FILE",
    "audio": "is an audio file; pass its transcript with --text FILE",
    "image": "is an image; pass the address of the page that shows it",
    "JSON": "is JSON data, not a page; pass the address of the article that a reader sees",
    "feed": "is a feed; pass the address of one of its articles",
    "XML": "is XML data, not a page; pass the address of the article that a reader sees",
    "data": "is data or code, not a page; pass the address of the article that a reader sees",
    "zip": f"is a zip archive or an office document; {_SAVE_TEXT}",
    "office": f"is an office document; {_SAVE_TEXT}",
    "gzip": "is a compressed file; unpack it and pass its text with --text FILE",
    "7z": "is a compressed file; unpack it and pass its text with --text FILE",
    "rar": "is a compressed file; unpack it and pass its text with --text FILE",
    "web archive": "is a web archive; save the page as plain HTML instead and pass it with --html FILE",
    "binary": f"is binary data of an unknown kind, not a page; {_SAVE_TEXT}",
}


def find_kind(content_type: str, body: bytes) -> str:
    """Name what a body is: ``html`` and ``text`` can be used, every other name is a kind that cannot.

    The bytes win over the header where they are unmistakable: servers send pages as ``application/octet-stream`` and
    PDFs as ``text/html``.
    """
    head = _ascii_head(body)
    sniffed = _sniff(head)
    if sniffed:
        return sniffed
    declared = _declared_kind(content_type)
    if declared not in ("html", "text", ""):
        return declared
    if _is_binary(head):
        return "binary"
    if head.lstrip()[:1] in (b"{", b"[") and _is_json(body):
        return "JSON"
    return declared or _guess_kind(head)


def is_html(body: bytes) -> bool:
    """Whether a file that was given as text is a page or a part of one: it begins with an element that pages have."""
    head = _ascii_head(body)
    return _sniff(head) == "html" or bool(_FRAGMENT.match(head))


def refuse_kind(url: str, kind: str) -> None:
    """Raise `SourceError` with the kind and a remedy unless the kind is one that can be read."""
    if kind in _REFUSALS:
        raise SourceError(f"{quote(url)}: {_REFUSALS[kind]}")


def refuse_declared_kind(url: str, content_type: str) -> None:
    """Raise `SourceError` for a type whose body is not worth waiting for, such as a film."""
    declared = _declared_kind(content_type)
    if declared in ("video", "audio", "image", "office", "zip"):
        refuse_kind(url, declared)


def _declared_kind(content_type: str) -> str:
    match = _MEDIA_TYPE.match(content_type.lower())
    if not match or match[1] == "application/octet-stream":
        return ""
    media_type = match[1]
    if media_type in _BY_TYPE:
        return _BY_TYPE[media_type]
    for mark, kind in _BY_PART.items():
        if media_type.startswith(mark) or media_type.endswith(mark):
            return kind
    return "" if media_type.startswith("text/") else "binary"


def _ascii_head(body: bytes) -> bytes:
    """The first bytes with ASCII letters as ASCII, whatever Unicode form the page is in."""
    head = body[:_SNIFFED_BYTES]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    if head.count(0) > len(head) * 0.35:  # Latin text in UTF-16 without a mark: every other byte is zero
        ending = "le" if head[1::2].count(0) > head[::2].count(0) else "be"
        return head.decode(f"utf-16-{ending}", "ignore").encode("utf-8", "ignore")
    return head.removeprefix(b"\xef\xbb\xbf")


def _sniff(head: bytes) -> str:
    for offset, signature, kind in _SIGNATURES:
        if head.startswith(signature, offset):
            return kind
    root = _ROOT.match(head)
    return _ROOTS.get(root[1].lower(), "") if root else ""


def _guess_kind(head: bytes) -> str:
    """The kind of a text that nobody named."""
    if head.lstrip().startswith(b"<?xml"):
        return "XML"
    return "html" if re.search(rb"<(?:html|head|body|p|div|article)\b", head, re.I) else "text"


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


def _is_binary(head: bytes) -> bool:
    """Whether more than 1 % of the bytes are control characters that no text holds (ISO-2022 has escapes)."""
    odd = sum(byte < 9 or 14 <= byte < 27 or 28 <= byte < 32 for byte in head)
    return odd > len(head) // 100
