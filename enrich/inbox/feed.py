"""RSS and Atom feeds, whose articles go into the inbox."""

import html
import io
import re
from collections.abc import Iterator
from datetime import date
from email.utils import parsedate
from typing import Any
from urllib.parse import urljoin

from enrich.errors import SourceError, UsageError
from enrich.inbox.given import Given, clean_headline
from enrich.text.pattern import lazy_pattern

_ISO = lazy_pattern(r"\s*(\d{4}-\d\d-\d\d)")


def read_feed(name: str, data: bytes) -> list[Given]:
    """The articles of an RSS or Atom feed; UsageError where none can be read, or the extra is not installed.

    A relative address is one of the feed's own site: of ``name`` where that is an address, else of what the feed calls
    its page.
    """
    try:
        import feedparser
    except ImportError:
        raise UsageError(f"{name}: is a feed; install enrich-notes[feeds] to read it") from None
    headers = {"content-location": name} if "://" in name else {}
    read = feedparser.parse(io.BytesIO(data), sanitize_html=False, response_headers=headers)
    rows = list(_articles(read, name if headers else str(read.feed.get("link") or "")))
    if not rows:
        raise UsageError(f"{name}: is a feed without articles; give the addresses themselves")
    return rows


def _articles(read: Any, base: str) -> Iterator[Given]:
    for item in read.entries:
        link = urljoin(base, str(item.get("link") or "").strip())
        if link.startswith(("http://", "https://")) and link != base:
            title = re.sub(r"<[^>]*>", " ", html.unescape(str(item.get("title") or "")))
            yield Given(link, clean_headline(html.unescape(title)), _day_of(item))


def _day_of(item: Any) -> date | None:
    """The day as the feed writes it: another time zone's moment may be of the day before."""
    name = next((name for name in ("published", "updated") if name in item), "")
    written = str(item.get(name) or "")
    try:
        if found := _ISO.match(written):
            return date.fromisoformat(found[1])
        moment = parsedate(written) or item.get(f"{name}_parsed")
        return date(*moment[:3]) if moment else None
    except (TypeError, ValueError):
        return None


def is_feed(error: SourceError) -> bool:
    """Whether a page was refused because it is a feed."""
    return "is a feed" in str(error)
