"""Links of a note that goes to another folder: those that say the way from where it stands."""

import posixpath
from collections.abc import Container, Iterator

from enrich.links.markdown_form import encode
from enrich.text.span import Span
from enrich.vault.edit import Edit, apply_edits
from enrich.vault.wikilink import Link, MarkdownLink, address_span, find_links


def move_links(text: str, old: str, new: str, files: Container[str]) -> str:
    """``text`` of the note in the folder ``old`` as it must read in ``new`` for such links to lead where they led.

    ``files`` are the paths of the vault. Links that hold a path from the vault's root, or a name alone, stay.
    """
    edits = (_moved(text, link, old, new, files) for link in find_links(text)) if old != new else ()
    return apply_edits(text, [edit for edit in edits if edit is not None])


def _moved(text: str, link: Link, old: str, new: str, files: Container[str]) -> Edit | None:
    there = next((path for path in _paths(link, old) if path in files), None)
    if there is None or there in _paths(link, new):
        return None
    ending = there[len(there) - 3 :]
    way = posixpath.relpath(there, new or ".")
    way = way if link.target.endswith(ending) else way.removesuffix(ending)
    span = address_span(text, link) if isinstance(link, MarkdownLink) else _target_span(text, link.span)
    written = span.of(text)
    if isinstance(link, MarkdownLink) and text[span.start - 1 : span.start] != "<":
        way = encode(way)
    return Edit(span, way + written[len(written.partition("#")[0]) :])


def _paths(link: Link, folder: str) -> Iterator[str]:
    """The files that the link's way leads to from ``folder``; none for one that says no way."""
    if not link.target or link.target.startswith("/"):
        return
    if isinstance(link, MarkdownLink) or link.target.startswith(("./", "../")):
        path = posixpath.normpath(posixpath.join(folder, link.target))
        yield from (path, f"{path}.md")


def _target_span(text: str, link: Span) -> Span:
    """The target of a wikilink with its heading."""
    start = text.index("[[", link.start) + 2
    ends = (at for sign in ("|", "]]") if (at := text.find(sign, start, link.end)) >= 0)
    end = min(ends)
    return Span(start, end - 1 if text[end - 1] == "\\" else end)
