"""Canvases of Obsidian: boards whose cards show notes, or hold text with links (https://jsoncanvas.org/spec/1.0)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from enrich.text.json_text import mend_halves, read_json
from enrich.text.span import Span
from enrich.vault.file import decode_text, read_file
from enrich.vault.vault import Vault
from enrich.vault.wikilink import Link, Wikilink, find_links


class Canvas(Struct, frozen=True):
    """A canvas with its links, to which Obsidian gives the same weight as to those of notes."""

    path: str
    """In the vault."""
    text: str
    """The whole file."""
    links: tuple[Link, ...]
    """Of a card that shows a file, an embed of its path. Spans are of the card, as far as it is found in the text."""


def read_canvases(vault: Vault) -> tuple[Canvas, ...]:
    """The canvases of a vault, by path; what is none inside has no links."""
    paths = sorted(path for path in vault.files if path.lower().endswith(".canvas"))
    return tuple(_read_canvas(vault.root, path) for path in paths)


def _read_canvas(root: Path, path: str) -> Canvas:
    try:
        data = read_file(root / path)
        board = mend_halves(read_json(data))
    except (OSError, ValueError):
        return Canvas(path, "", ())
    text = decode_text(data)
    cards = board.get("nodes") if isinstance(board, dict) else None
    every = cards if isinstance(cards, list) else []
    return Canvas(path, text, tuple(link for card in every if isinstance(card, dict) for link in _links_of(card, text)))


def _links_of(card: dict[str, Any], text: str) -> Iterator[Link]:
    """The links of one card."""
    place = _place_of(card, text)
    match card:
        case {"type": "file", "file": str(file)} if file:
            _, _, part = str(card.get("subpath") or "").partition("#")
            block = part[1:] if part.startswith("^") else ""
            yield Wikilink(file, "" if block else part, "", embed=True, span=place, block=block)
        case {"type": "text", "text": str(words)}:
            yield from (replace(link, span=place) for link in find_links(words))


def _place_of(card: dict[str, Any], text: str) -> Span:
    """Where the card's id stands; the beginning of the file where it is not found."""
    name = f'"{card.get("id")}"'
    at = max(0, text.find(name))
    return Span(at, at + len(name) if at else 0)
