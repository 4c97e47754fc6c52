"""What to write between the brackets, as far as the index can tell: `enrich.vault.resolve` knows the whole vault."""

import posixpath

from enrich.links.note_index import WEIGHT_BITS, Entry, NoteIndex
from enrich.vault.app_settings import LinkFormat
from enrich.vault.link_text import LinkText, link_text, titled_link
from enrich.vault.resolve import loose


def link_form(entry: Entry, index: NoteIndex) -> LinkText | None:
    """The stem, or ``path/stem|title`` where several notes have that stem; None where brackets cannot hold the name."""
    path = entry.path[:-3]
    stem = path.rpartition("/")[2]
    is_unique = _notes_called(stem.lower(), index) == 1
    return link_text(stem) if is_unique else titled_link(path, entry.title, stem)


def with_heading(link: str, heading: str) -> str:
    """``link`` to the note's part below ``heading``, if that is given; the words it shows stay."""
    target, bar, shown = link.partition("|")
    return f"{target}#{heading}{bar}{shown}" if heading else link


def in_format(link: LinkText, path: str, folder: str, wanted: LinkFormat | None) -> LinkText | None:
    """``link`` to the note at ``path`` as Obsidian would write it in a note of ``folder`` under the owner's setting.

    None where brackets cannot hold the path.
    """
    target, _, shown = link.partition("|")
    whole = path[:-3]
    written = posixpath.relpath(whole, folder or ".") if wanted == "relative" else whole
    if wanted not in ("relative", "absolute") or written == target or "/" not in written:
        return link
    return link_text(written, shown or whole.rpartition("/")[2])


def _notes_called(stem: str, index: NoteIndex) -> int:
    """How many notes have the stem, which is in lower case."""
    packed = index.postings("l" + loose(stem))
    if len(packed) == 1:
        return 1
    entries = index.entries([value >> WEIGHT_BITS for value in packed]).values()
    return sum(entry.path[:-3].lower().rpartition("/")[2] == stem for entry in entries)
