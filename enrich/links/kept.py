"""Whether edits leave the links of a note as they are: none lost, none changed but those that they cover."""

from collections.abc import Collection, Iterable

from msgspec.structs import replace

from enrich.text.span import Span
from enrich.vault.edit import Edit
from enrich.vault.wikilink import Link


def find_made(before: Iterable[Link], after: Collection[Link], edits: Collection[Edit]) -> list[Link] | None:
    """The links that the edits made; None when a link that no edit covers was lost or is another one now.

    ``before`` and ``after`` are the links of every form (`enrich.vault.wikilink.find_links`) of the note's two texts.
    """
    kept = {_moved(link, edits) for link in before if not any(_touches(edit.span, link.span) for edit in edits)}
    made = [link for link in after if link not in kept]
    return made if len(after) - len(made) == len(kept) else None


def _touches(edited: Span, link: Span) -> bool:
    return edited.start < link.end and link.start < edited.end


def _moved(link: Link, edits: Iterable[Edit]) -> Link:
    """The link where it stands after the edits before it."""
    shift = sum(
        len(edit.text) - (edit.span.end - edit.span.start) for edit in edits if edit.span.end <= link.span.start
    )
    return replace(link, span=Span(link.span.start + shift, link.span.end + shift))
