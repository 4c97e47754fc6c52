"""What somebody puts into the inbox: a list of addresses, a table, a feed."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from enrich.errors import SourceError, UsageError
from enrich.source.decode import decode
from enrich.source.kind import find_kind
from enrich.source.transcript import read_transcript
from enrich.text.pattern import lazy_pattern
from enrich.text.quoted import quote

_COMMENT = lazy_pattern(r"(?:^|\s)#.*")
MOST = 100_000
"""Entries of one list."""


class Given(Struct, frozen=True):
    """A source as it was named."""

    url: str
    headline: str = ""
    day: date | None = None
    document: bytes = b""
    """The file itself, where it is a PDF or a transcript."""


def read_given(name: str, data: bytes) -> list[Given]:
    """The sources of a list, a table with a column ``url``, a feed, a PDF or a transcript; UsageError for others."""
    kind = find_kind("", data)
    if kind == "PDF":
        return [Given(name, document=data)]
    if kind in ("feed", "XML"):
        return read_feed(name, data)
    text = decode(data).text.removeprefix("\ufeff")
    if read_transcript(text) is not None:
        return [Given(name, document=data)]
    first = text.splitlines()[0] if text.strip() else ""
    columns = [column.strip().casefold() for column in next(csv.reader([first]), [])]
    rows = list(_read_table(name, text) if "url" in columns else _read_lines(text))
    if len(rows) > MOST:
        raise UsageError(f"{name}: has {len(rows):,} entries, more than {MOST:,}; give it in parts")
    return rows


def _read_lines(text: str) -> Iterator[Given]:
    for line in text.splitlines():
        address, _, headline = line.strip("\r\n").partition("\t")
        address = _COMMENT.sub("", address).strip()
        if address:
            yield Given(address, " ".join(headline.split()))


def _read_table(name: str, text: str) -> Iterator[Given]:
    try:
        for number, row in enumerate(csv.DictReader(io.StringIO(text), strict=True), 2):
            values = {str(key or "").strip().casefold(): value for key, value in row.items()}
            if url := _cell(values, "url"):
                yield Given(url, " ".join(_cell(values, "title").split()), _day(name, number, _cell(values, "date")))
    except csv.Error as error:
        raise UsageError(f"{name}: is no table that can be read ({error}); save it as CSV with commas") from error


def _cell(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    return value.strip() if isinstance(value, str) else ""


def _day(name: str, line: int, text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise UsageError(f"{name}, line {line}: {quote(text)} is not a date; write it as 2023-07-18") from None


def read_feed(name: str, data: bytes) -> list[Given]:
    """The articles of an RSS or Atom feed; UsageError where none can be read, or the extra is not installed."""
    try:
        import feedparser
    except ImportError:
        raise UsageError(f"{name}: is a feed; install enrich-notes[feeds] to read it") from None
    read = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=True)
    rows = [row for item in read.entries if (row := _of_feed(item))]
    if not rows:
        raise UsageError(f"{name}: is a feed without articles; give the addresses themselves")
    return rows


def _of_feed(item: Any) -> Given | None:
    moment = item.get("published_parsed") or item.get("updated_parsed")
    link = str(item.get("link") or "")
    if not link.startswith(("http://", "https://")):
        return None
    try:
        day = date(*moment[:3]) if moment else None
    except (TypeError, ValueError):
        day = None
    return Given(link, " ".join(re.sub(r"<[^>]*>", " ", str(item.get("title") or "")).split()), day)


def is_feed(error: SourceError) -> bool:
    """Whether a page was refused because it is a feed."""
    return "is a feed" in str(error)
