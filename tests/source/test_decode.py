"""From bytes to text."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrich.source.decode import decode

JAPANESE = "日本語の記事です。新しいモデルが発表されました。"
RUSSIAN = "Компания представила новую модель искусственного интеллекта. " * 3


@pytest.mark.parametrize(
    ("body", "content_type", "text", "origin"),
    [
        (codecs.BOM_UTF8 + "é".encode(), "text/html; charset=shift_jis", "é", "bom"),
        (codecs.BOM_UTF16_LE + "é".encode("utf-16-le"), "", "é", "bom"),
        (codecs.BOM_UTF16_BE + "é".encode("utf-16-be"), "", "é", "bom"),
        ("café 日本".encode(), "text/html; charset=iso-8859-1", "café 日本", "utf-8"),
        ("café".encode("cp1252"), 'text/html; charset="ISO-8859-1"', "café", "header"),
        ("“curly”".encode("cp1252"), "text/html; charset=latin1", "“curly”", "header"),
        (JAPANESE.encode("shift_jis"), "text/html;charset=Shift_JIS", JAPANESE, "header"),
        (JAPANESE.encode("iso2022_jp"), "text/html; charset=ISO-2022-JP", JAPANESE, "header"),
        ("plain".encode("utf-16-le"), "text/html; charset=utf-16", "plain", "header"),
        ("plain text".encode("utf-16-be"), "", "plain text", "detected"),
        ("中国模型".encode("gb18030"), "text/html; charset=gb2312", "中国模型", "header"),
        (RUSSIAN.encode("cp1251"), "", RUSSIAN, "detected"),
        ("à bientôt".encode("cp1252"), "text/html; charset=no-such-label", "à bientôt", "fallback"),
    ],
)
def test_order_of_evidence(body: bytes, content_type: str, text: str, origin: str) -> None:
    """Each kind of evidence is used in its turn, and the one that decided is recorded."""
    decoded = decode(body, content_type)
    assert (decoded.text, decoded.origin) == (text, origin)


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="windows-1251">',
        "<meta charset=cp1251>",
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        '<?xml version="1.0" encoding="windows-1251"?>',
        '<!-- <meta charset="utf-8"> --><meta charset="windows-1251">',
    ],
)
def test_the_page_declares_its_encoding(declaration: str) -> None:
    """Pages on servers that say nothing are read as they declare themselves."""
    page = f"{declaration}<p>Новая модель</p>"
    decoded = decode(page.encode("cp1251"), "text/html")
    assert (decoded.text, decoded.encoding, decoded.origin) == (page, "cp1251", "meta")


def test_a_false_header_gives_way_to_the_page() -> None:
    """A server that calls every page UTF-8 does not spoil those that are not."""
    page = f'<meta charset="windows-1251"><p>{RUSSIAN}</p>'
    assert decode(page.encode("cp1251"), "text/html; charset=utf-8").text == page


def test_one_bad_byte_does_not_spoil_a_page() -> None:
    """A long UTF-8 page with one damaged character stays UTF-8."""
    body = ("Tiếng Việt, chữ có dấu. " * 100).encode() + b"\xff"
    decoded = decode(body, "text/html; charset=utf-8")
    assert decoded.encoding == "utf-8"
    assert decoded.text.startswith("Tiếng Việt")


def test_an_ascii_declaration_of_utf16_is_not_believed() -> None:
    """As in browsers: what was read as ASCII to find the declaration cannot be UTF-16."""
    assert decode(b'<meta charset="utf-16"><p>caf\xe9 ' + b"x" * 999).text.startswith('<meta charset="utf-16"><p>caf')


@given(st.binary(max_size=300), st.text(max_size=20))
def test_decoding_never_fails(body: bytes, label: str) -> None:
    """No page, however damaged, stops the tool with a traceback."""
    assert isinstance(decode(body, f"text/html; charset={label}").text, str)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0\x1b\ufeff")))
def test_utf8_survives(text: str) -> None:
    """UTF-8 is read exactly, whatever the server calls it."""
    assert decode(text.encode(), "text/html; charset=windows-1252").text == text
