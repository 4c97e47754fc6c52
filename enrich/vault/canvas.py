"""Canvases of Obsidian: boards whose cards show notes, or hold text with links (https://jsoncanvas.org/spec/1.0)."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from enrich.text.json_text import mend_halves, read_json
from enrich.text.span import Span
from enrich.vault.file import decode_text, read_file
from enrich.vault.wikilink import Link, Wikilink, find_links


class Canvas(Struct, frozen=True):
    """A canvas with its links, to which Obsidian gives the same weight as to those of notes."""

    path: str
    """In the vault."""
    text: str
    """The whole file."""
    links: tuple[Link, ...]
    """Of a card that shows a file, an embed of its path. Spans are of the card, as far as it is found in the text."""
    arrows: tuple[tuple[str, str], ...] = ()
    """The path that an arrow comes from and the one that it leads to, where both its cards show files."""


def read_canvases(root: Path, files: Iterable[str]) -> tuple[Canvas, ...]:
    """The canvases among the ``files`` of the vault at ``root``, by path; what is none inside has no links."""
    return tuple(_read_canvas(root, path) for path in sorted(path for path in files if path[-7:].lower() == ".canvas"))


def _read_canvas(root: Path, path: str) -> Canvas:
    try:
        data = read_file(root / path)
        board = mend_halves(read_json(data))
    except (OSError, ValueError):
        return Canvas(path, "", ())
    text = decode_text(data)
    cards, arrows = _objects(board, "nodes"), _objects(board, "edges")
    links = tuple(link for card in cards for link in _links_of(card, text))
    return Canvas(path, text, links, tuple(_arrows_of(cards, arrows)))


def _objects(board: Any, key: str) -> list[dict[str, Any]]:
    rows = board.get(key) if isinstance(board, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _arrows_of(cards: Iterable[dict[str, Any]], arrows: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """A line without heads leads both ways."""
    shown = (card for card in cards if card.get("type") == "file" and card.get("file"))
    files = {str(card.get("id")): str(card["file"]) for card in shown}
    for arrow in arrows:
        one, other = files.get(str(arrow.get("fromNode"))), files.get(str(arrow.get("toNode")))
        if one is None or other is None or one == other:
            continue
        heads = arrow.get("fromEnd", "none") != "none", arrow.get("toEnd", "arrow") != "none"
        if heads[1] or not any(heads):
            yield one, other
        if heads[0] or not any(heads):
            yield other, one


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
