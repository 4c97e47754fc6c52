"""What somebody puts into the inbox: addresses, a list of them, a table, a document."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from enrich.errors import SourceError, UsageError
from enrich.source.address import parse_address
from enrich.source.decode import decode
from enrich.source.kind import find_kind
from enrich.source.transcript import read_transcript
from enrich.text.pattern import lazy_pattern
from enrich.text.quoted import quote
from enrich.text.scheme import add_scheme, bare_address

MOST = 100_000
"""Entries of one list."""
_COMMENT = lazy_pattern(r"(?:^|\s)#.*")
_BULLET = lazy_pattern(r"\A\s*(?:[-*+]|\d+[.)])\s+(?:\[.\]\s+)?")
_LINK = lazy_pattern(r"\[([^\[\]]*)\]\((\S+)\)")
_PAGE = lazy_pattern(rb"(?:\xef\xbb\xbf)?\s*<(?!http)", re.IGNORECASE)
"""How a page begins, and no list does: an address may stand in angle brackets."""
_QUOTED = lazy_pattern(r'"((?:[^"]|"")*)"', re.DOTALL)
_SEPARATORS = ",;\t|"
"""Of tables, as programs and countries write them."""
_URL = "url"
"""The column that makes a text a table."""


class Given(Struct, frozen=True):
    """A source as it was named."""

    url: str
    headline: str = ""
    day: date | None = None
    document: bytes = b""
    """The file itself, where it is a PDF or a transcript."""
    fault: str = ""
    """Why it cannot be added."""


def read_given(name: str, data: bytes) -> list[Given]:
    """The sources of a list, a table with a column ``url``, a PDF or a transcript; UsageError for other files.

    A row that cannot be read stands there with its fault.
    """
    kind = find_kind("", data)
    if kind == "PDF":
        return [Given(name, document=data)]
    if kind not in ("text", "html") or _PAGE.match(data):
        raise UsageError(
            f"{name}: is no list of addresses but {kind}; give one address a line, a CSV table with a column {_URL}, "
            "or a feed"
        )
    text = decode(data).text.removeprefix("\ufeff")
    if read_transcript(text) is not None:
        return [Given(name, document=data)]
    rows = list(_read_table(name, text) or _read_lines(name, text))
    if len(rows) > MOST:
        raise UsageError(f"{name}: has {len(rows):,} entries, more than {MOST:,}; give it in parts")
    return rows


def check_given(given: Given, where: str = "") -> Given:
    """The same, with its fault where its address is none; ``where`` it stands."""
    try:
        parse_address(given.url)
    except SourceError as error:
        return replace(given, fault=f"{where}{error}")
    return given


def clean_headline(text: str) -> str:
    """One line of characters that can be seen."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _read_lines(name: str, text: str) -> Iterator[Given]:
    """A list of lines; those of a Markdown list are understood too."""
    for number, line in enumerate(text.splitlines(), 1):
        address, _, headline = _BULLET.sub("", line, count=1).partition("\t")
        address = _COMMENT.sub("", address).strip()
        if link := _LINK.fullmatch(address):
            address, headline = link[2], headline or link[1]
        if address:
            yield _row(f"{name}, line {number}: ", address, headline)


def _row(where: str, address: str, headline: str) -> Given:
    url = add_scheme(bare_address(address))
    quoted = _QUOTED.fullmatch(headline.strip())
    given = Given(url, clean_headline(quoted[1].replace('""', '"') if quoted else headline))
    if len(url.split()) != 1 or "://" not in url:
        fault = f"{where}{quote(address)} is no address; write one a line, a headline after a tab"
        return replace(given, fault=fault)
    return check_given(given, where)


def _read_table(name: str, text: str) -> list[Given]:
    """The rows of a table; none where the first line that says something names no column ``url``."""
    skipped, rest = 0, text
    separators = _SEPARATORS
    for line in text.splitlines(keepends=True):
        said = line.strip()
        if said.lower().startswith("sep=") and len(said) <= len("sep=;"):
            separators = line.rstrip("\r\n")[4:] or "\t"
        elif said and not said.startswith("#"):
            break
        skipped, rest = skipped + 1, rest[len(line) :]
    head = rest.splitlines()[0] if rest else ""
    for separator in separators:
        if _URL in (_key(column) for column in next(csv.reader([head], delimiter=separator), [])):
            return list(_read_rows(name, rest, separator, skipped))
    return []


def _read_rows(name: str, text: str, separator: str, skipped: int) -> Iterator[Given]:
    try:
        table = csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        for row in table:
            values = {_key(column): value for column, value in row.items()}
            where = f"{name}, line {skipped + table.line_num}: "
            if (url := _cell(values, _URL)) and not url.startswith("#"):
                yield _with_day(_row(where, url, _cell(values, "title")), _cell(values, "date"), where)
    except csv.Error as error:
        raise UsageError(f"{name}: is no table that can be read ({error}); save it as CSV with commas") from error


def _key(column: object) -> str:
    return str(column or "").strip().casefold()


def _cell(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    return value.strip() if isinstance(value, str) else ""


def _with_day(given: Given, text: str, where: str) -> Given:
    if not text or given.fault:
        return given
    try:
        return replace(given, day=date.fromisoformat(re.sub(r"[/.]", "-", text[:10]).split("T")[0].split(" ")[0]))
    except ValueError:
        return replace(given, fault=f"{where}{quote(text)} is not a date; write it as 2023-07-18")
