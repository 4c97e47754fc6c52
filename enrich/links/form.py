"""What to write between the brackets, as far as the index can tell: `enrich.vault.resolve` knows the whole vault."""

from enrich.links.note_index import WEIGHT_BITS, Entry, NoteIndex
from enrich.vault.link_text import LinkText, link_text
from enrich.vault.resolve import loose


def link_form(entry: Entry, index: NoteIndex) -> LinkText | None:
    """The stem, or ``path/stem|stem`` where several notes have that stem; None where brackets cannot hold the name."""
    path = entry.path[:-3]
    stem = path.rpartition("/")[2]
    is_unique = _notes_called(stem.lower(), index) == 1
    return link_text(stem) if is_unique else link_text(path, stem)


def _notes_called(stem: str, index: NoteIndex) -> int:
    """How many notes have the stem, which is in lower case."""
    packed = index.postings("l" + loose(stem))
    if len(packed) == 1:
        return 1
    entries = index.entries([value >> WEIGHT_BITS for value in packed]).values()
    return sum(entry.path[:-3].lower().rpartition("/")[2] == stem for entry in entries)
