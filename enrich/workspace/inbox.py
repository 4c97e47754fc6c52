"""The inbox: what stands in it, and sources that are added."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path

from msgspec import Struct

from enrich.errors import EnrichError, SourceError, UsageError
from enrich.inbox.entry import Entry
from enrich.inbox.feed import read_feed
from enrich.inbox.given import Given, check_given, read_given
from enrich.inbox.store import Store, open_store
from enrich.inbox.story import digest_text
from enrich.source.address import address_key
from enrich.source.extract import extract_source
from enrich.source.kind import find_kind
from enrich.source.saved_page import read_page
from enrich.source.unknown_address import UNKNOWN_ADDRESS
from enrich.vault.walk import plan_name
from enrich.vault.write import create_note, find_place
from enrich.workspace.open_vault import OpenVault
from enrich.workspace.options import Given as File


class Added(Struct, frozen=True):
    """What came of adding sources."""

    new: tuple[str, ...]
    known: tuple[tuple[str, str], ...]
    """Address, and where it is already."""
    refused: tuple[EnrichError, ...] = ()
    """Why a document was not added."""


@contextmanager
def open_inbox(opened: OpenVault) -> Iterator[Store]:
    """The state of the vault's inbox; ExistsError when another process works on it."""
    name = sha256(os.fsencode(opened.folder.resolve())).hexdigest()[:24]
    with open_store(opened.places.state / "inbox" / name, opened.folder) as store:
        yield store


def add_sources(opened: OpenVault, sources: Iterable[Given]) -> Added:
    """Put sources into the inbox that neither it nor the vault has."""
    new, known, refused = [], [], list[EnrichError]()
    cited = {address_key(url): note.path for note in opened.vault.notes for url in note.urls}
    with open_inbox(opened) as store:
        for given in sources:
            if given.fault:
                refused.append(UsageError(given.fault))
                continue
            try:
                url, save = _read_document(given, store) if given.document else (given.url, None)
            except SourceError as error:
                refused.append(error)
                continue
            path = cited.get(address_key(url))
            number, is_new = (0, False) if path else store.add(url, given.headline, given.day)
            if not is_new:
                known.append((given.url, f"{path} cites it" if path else f"is entry {number}"))
                continue
            new.append(url)
            if save is not None:
                save(number)
    return Added(tuple(new), tuple(known), tuple(refused))


def _read_document(given: Given, store: Store) -> tuple[str, Callable[[int], None]]:
    """The address of a file, and how its evidence is kept: it is read at once, because it may be gone later."""
    page = read_page(given.document, UNKNOWN_ADDRESS, given.url)
    source = extract_source(page, date.today(), given.headline or None)
    return source.url, lambda number: store.save_evidence(number, page, source, digest_text(source.text))


def read_lists(urls: Sequence[str], lists: Sequence[File]) -> list[Given]:
    """The addresses, and the sources of each list; UsageError for a list that is none."""
    named = (check_given(Given(url)) for url in urls)
    return [*named, *(row for given in lists for row in _read_list(given.name, given.data))]


def _read_list(name: str, data: bytes) -> list[Given]:
    return read_feed(name, data) if find_kind("", data) in ("feed", "XML") else read_given(name, data)


def list_inbox(opened: OpenVault) -> list[Entry]:
    """Every entry."""
    with open_inbox(opened) as store:
        return store.entries()


def find_airlock(opened: OpenVault) -> Path:
    """The folder of drafts, plans and reports."""
    return find_place(opened.folder, opened.folder / opened.settings.airlock)


def create_file(place: Path, text: str, what: str = "") -> Path:
    """A new plan of today in the folder, or ``what`` else there is of an inbox."""
    number = 1
    while (place / plan_name(date.today(), number, what)).exists():
        number += 1
    return create_note(place, plan_name(date.today(), number, what), text.encode())
