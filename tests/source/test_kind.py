"""What kind of thing a body is."""

import pytest

from enrich.errors import SourceError
from enrich.source.kind import find_kind, refuse_declared_kind, refuse_kind

HTML = b"<!doctype html><html><body><p>Hello</p></body></html>"


@pytest.mark.parametrize(
    ("content_type", "body", "kind"),
    [
        ("text/html; charset=utf-8", HTML, "html"),
        ("", HTML, "html"),
        ("application/octet-stream", HTML, "html"),
        ("text/plain", HTML, "html"),
        ("application/json", HTML, "html"),
        ("application/xml", b"<?xml version='1.0'?>\n<!-- saved -->\n<html xmlns='x'>", "html"),
        ("", "\ufeff<!DOCTYPE html>".encode(), "html"),
        ("", "\ufeff<!DOCTYPE html><p>x</p>".encode("utf-16-le"), "html"),
        ("text/html", HTML.decode().encode("utf-16-be"), "html"),
        ("text/html", b"<p>no doctype</p>", "html"),
        ("", b"some words, then <p>a paragraph</p>", "html"),
        ("text/plain", "just words: \u00e9\u4e2d".encode(), "text"),
        ("", b"just words", "text"),
        ("text/markdown", b"# heading", "text"),
        ("text/plain; charset=iso-2022-jp", "日本語".encode("iso2022_jp"), "text"),
        ("text/html", b"%PDF-1.7 ...", "PDF"),
        ("application/pdf", b"", "PDF"),
        ("video/mp4", b"", "video"),
        ("application/octet-stream", b"\0\0\0\x18ftypmp42", "video"),
        ("text/html", b"\x1aE\xdf\xa3webm", "video"),
        ("audio/mpeg", b"", "audio"),
        ("", b"ID3\x04", "audio"),
        ("", b"RIFF\0\0\0\0WAVEfmt", "audio"),
        ("image/png", b"", "image"),
        ("text/html", b"\x89PNG\r\n\x1a\n", "image"),
        ("", b"RIFF\0\0\0\0WEBPVP8", "image"),
        ("image/svg+xml", b"<svg xmlns='x'>", "image"),
        ("text/xml", b"<?xml version='1.0'?><svg>", "image"),
        ("application/json; charset=utf-8", b"{}", "JSON"),
        ("application/vnd.api+json", b"{}", "JSON"),
        ("text/html", b' {"error": "no"}', "JSON"),
        ("text/plain", b"[1, 2]", "JSON"),
        ("text/plain", b"[1] a footnote first", "text"),
        ("application/rss+xml", b"", "feed"),
        ("text/html", b"<?xml version='1.0'?><rss version='2.0'>", "feed"),
        ("application/xml", b"<feed xmlns='http://www.w3.org/2005/Atom'>", "feed"),
        ("application/xml", b"<?xml version='1.0'?><urlset>", "XML"),
        ("application/zip", b"", "zip"),
        ("", b"PK\x03\x04", "zip"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"", "office"),
        ("", b"\x1f\x8b\x08", "gzip"),
        ("text/css", b"p { color: red }", "data"),
        ("", b"From: <Saved by Blink>\r\nSnapshot-Content-Location: x", "web archive"),
        ("application/x-executable", b"\x7fELF\x02\x01\x01\0\0\0", "binary"),
        ("text/html", b"\x7fELF\x02\x01\x01\0\0\0\0\x03\0>\0", "binary"),
        ("", bytes(range(256)), "binary"),
    ],
)
def test_kinds(content_type: str, body: bytes, kind: str) -> None:
    """Header and bytes together say what a body is; the bytes win where they are unmistakable."""
    assert find_kind(content_type, body) == kind


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("PDF", r"u: is a PDF, not a text; give it by its name: enrich draft FILE --url ADDRESS"),
        ("video", "is a video; pass its transcript with --text FILE"),
        ("audio", "is an audio file; .*--text FILE"),
        ("image", "is an image; "),
        ("JSON", "is JSON data, .*; pass the address of the article"),
        ("feed", "is a feed; pass the address of one of its articles"),
        ("zip", "zip archive"),
        ("binary", "binary data of an unknown kind"),
        ("web archive", "--html FILE"),
    ],
)
def test_what_cannot_be_used_has_a_remedy(kind: str, message: str) -> None:
    """The message names the kind and says what to do instead."""
    with pytest.raises(SourceError, match=message):
        refuse_kind("u", kind)


def test_pages_and_texts_pass() -> None:
    """What can be used is not refused, by its kind or by its header."""
    refuse_kind("u", "html")
    refuse_kind("u", "text")
    refuse_declared_kind("u", "application/octet-stream")


def test_many_comments_are_read_in_one_go() -> None:
    """A page that starts with thousands of comments does not hang the search for its first element."""
    assert find_kind("", b"<!-- -->" * 400 + b"<") == "text"
